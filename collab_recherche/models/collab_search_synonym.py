from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.collab_reseaux.calls import READ, WRITE, opened

from ..query import Synonyms

LETTERS_MAX = 500


class CollabSearchSynonym(models.Model):
    """Several ways of saying the same thing: whoever types one of them finds the others too."""

    _name = "collab.search.synonym"
    _inherit = "collab.written.mixin"
    _description = "Synonyms"
    _order = "name, id"
    _calls = opened("administrator", *READ, *WRITE, "unlink")
    _creates = _writes = opened("administrator", "name")

    name = fields.Char(
        string="Ways of saying the same thing",
        required=True,
        size=LETTERS_MAX,
        help="Parted by commas: CIP, conseiller en insertion professionnelle",
    )

    @api.constrains("name")
    def _check_several(self):
        for synonym in self:
            if not Synonyms([synonym.name or ""]).groups:
                raise ValidationError(self.env._("Write two ways at least, parted by a comma."))

    @api.model
    @tools.ormcache()
    def _known(self):
        """:return Synonyms: all of them"""
        # sudo: whoever searches has their help; as records, they are the administrators'
        return Synonyms(self.sudo().search(Domain.TRUE).mapped("name"))

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
