from odoo import fields, models

from ..calls import READ, WRITE, opened


class ResConfigSettings(models.TransientModel):
    """The settings of the platform, and only those: each module names its own in ``_creates``. Odoo's are the
    operator's."""

    _name = "res.config.settings"
    _inherit = ["collab.written.mixin", "res.config.settings"]
    _calls = opened("administrator", *READ, *WRITE, "execute")
    _creates = _writes = opened("administrator", "collab_moderators_read_all")

    collab_moderators_read_all = fields.Boolean(
        string="Moderators read all networks",
        config_parameter="collab_reseaux.moderators_read_all",
        help="By default, a moderator reads what is addressed to everyone and to his own network.",
    )

    def execute(self):
        if not self.env.su:
            self.check_access("write")
        # sudo: what an administrator may set has been asked when it was written; core wants its own settings rights
        return super(ResConfigSettings, self.sudo()).execute()
