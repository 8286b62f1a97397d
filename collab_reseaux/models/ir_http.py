from odoo import api, models

# The module whose translations replace those of Odoo's own sentences (static/src/backend/words.js).
OURS = "collab_reseaux"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @api.model
    def _get_translations_for_webclient(self, modules, lang):
        """Replace Odoo's French by ours: when our module translates the same English sentence, its translation wins."""
        found, parameters = super()._get_translations_for_webclient(modules, lang)
        ours, _parameters = super()._get_translations_for_webclient([OURS], lang)
        our_strings = {message["id"]: message["string"] for message in ours[OURS]["messages"]}
        told = {
            module: {
                "messages": tuple(
                    {"id": message["id"], "string": our_strings.get(message["id"], message["string"])}
                    for message in translations["messages"]
                )
            }
            for module, translations in found.items()
        }
        return told, parameters
