from odoo import api, models, tools

from odoo.addons.collab_courrier.models.collab_notification import Kind
from odoo.addons.collab_suivi.content import Content


class DmsFile(models.Model):
    _inherit = "dms.file"

    @api.model
    @tools.ormcache("self.env.lang")
    def _content(self):
        return Content(
            address="/ressources",
            name=self.env._("Resources"),
            icon="M5 4h6l2 2h6v14H5zM8 11h8M8 15h8",
            sequence=20,
            nature=self.env._("Document"),
            plural=self.env._("Documents"),
            latest=self.env._("Latest documents for you"),
            everything=self.env._("All resources"),
            empty=self.env._("The library is waiting for its first document"),
            invitation=self.env._("Grids, booklets, minutes: what helps you every day will help your colleagues."),
            one_new=self.env._("One document is new to you."),
            many_new=self.env._("%s documents are new to you."),
            shown=6,
            news_address="/ressources/nouveautes",
            row_template="collab_ressources.document_row",
            kinds={
                "change": Kind(self.env._("A new version of a document that I follow"), "daily"),
                "deposit": Kind(self.env._("A new document in a folder that I follow"), "daily"),
                "care": Kind(self.env._("One of my documents is out of date, or to be reviewed"), "each"),
            },
            title="title",
            one=self.env._("A document"),
            theme="theme_id",
            comments="collab.document.comment",
        )
