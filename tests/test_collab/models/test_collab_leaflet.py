from odoo import api, fields, models

from odoo.addons.collab_courrier.models.collab_notification import Kind
from odoo.addons.collab_reseaux.calls import READ, opened
from odoo.addons.collab_suivi.content import Content


class TestCollabLeaflet(models.Model):
    """A content that only declares itself: all that is asked of contents must show it, without a line elsewhere."""

    _name = "test.collab.leaflet"
    _description = "Leaflet"
    _inherit = "collab.publication.mixin"
    _slug = "feuillet"
    _calls = opened("moderator", *READ)

    name = fields.Char(required=True)
    body = fields.Text()

    @api.model
    def _content(self):
        return Content(
            address="/feuillets",
            name="Feuillets",
            icon="M6 3h9l4 4v14H6z",
            sequence=90,
            nature="Feuillet",
            plural="Feuillets",
            latest="Derniers feuillets",
            everything="Tous les feuillets",
            empty="Aucun feuillet",
            invitation="Écrivez le premier.",
            one_new="Un feuillet est nouveau pour vous.",
            many_new="%s feuillets sont nouveaux pour vous.",
            kinds={"leaflet": Kind("Un nouveau feuillet", "daily")},
            text="body",
            one="Un feuillet",
            exported={"titre": "name", "texte": "body", "reseaux": "audience_network_ids", "le": "create_date"},
        )

    def _notification(self, kind, event):
        return {"title": self.name, "subject": self.name, "said": self.body or "", "url": f"/feuillets/{self.id}"}
