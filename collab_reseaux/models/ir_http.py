from odoo import api, models

# The module whose translations hold our words for Odoo's sentences (static/src/backend/words.js).
OURS = "collab_reseaux"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @api.model
    def _get_translations_for_webclient(self, modules, lang):
        """Say in our words what Odoo's screens say in theirs: a sentence that we have translated too is ours."""
        found, parameters = super()._get_translations_for_webclient(modules, lang)
        ours, _parameters = super()._get_translations_for_webclient([OURS], lang)
        words = {message["id"]: message["string"] for message in ours[OURS]["messages"]}
        told = {
            module: {
                "messages": tuple(
                    {"id": message["id"], "string": words.get(message["id"], message["string"])}
                    for message in translations["messages"]
                )
            }
            for module, translations in found.items()
        }
        return told, parameters
