from odoo import fields, models


class CollabNetwork(models.Model):
    """One of the federations whose members share the platform."""

    _name = "collab.network"
    _description = "Network"
    _order = "sequence, id"

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="Short and stable: it names the network in files and styles.")
    full_name = fields.Char(help="The name written out, shown on the home page.")
    sequence = fields.Integer(default=10)
    logo = fields.Image(max_width=512, max_height=512)
    color = fields.Char(
        required=True,
        default="#3b4a5a",
        help="Accent of the network, as #rrggbb. Dark enough to be read on white.",
    )
    shape = fields.Selection(
        [("square", "Square"), ("round", "Round"), ("triangle", "Triangle"), ("diamond", "Diamond")],
        required=True,
        default="diamond",
        help="A network is told by a colour, a shape and a word, never by the colour alone.",
    )
    website = fields.Char()

    _code_unique = models.UniqueIndex("(code)", "Two networks cannot have the same code.")
