from odoo import fields, models

from odoo.addons.collab_reseaux.calls import opened

from ..ground import PARAMETER, TILES


class ResConfigSettings(models.TransientModel):  # pylint: disable=no-wizard-in-models
    # This is core's model: it must not move to wizards/.
    _inherit = "res.config.settings"
    _creates = _writes = opened("administrator", "collab_geocoder", "collab_tiles")

    collab_geocoder = fields.Boolean(
        string="Find organisations by their addresses",
        config_parameter="collab_annuaire.geocoder",
        help="By the French address service (Géoplateforme, IGN). The addresses of organisations are sent to it, never "
        "those of people.",
    )
    collab_tiles = fields.Selection(
        [(name, tiles.label) for name, tiles in TILES.items()],
        string="Background of the maps",
        config_parameter=PARAMETER,
        help="Without any, maps show outlines and names of communes, and ask nothing of anybody.",
    )
