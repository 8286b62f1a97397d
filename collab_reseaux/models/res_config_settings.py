from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..calls import READ, WRITE, opened


class ResConfigSettings(models.TransientModel):  # pylint: disable=no-wizard-in-models
    """Only the settings of the platform: each module names its own in ``_creates``. The operator changes those of Odoo
    by the command line."""

    # This is core's model: it must not move to wizards/.
    _name = "res.config.settings"
    _inherit = ["collab.written.mixin", "res.config.settings"]
    _written_by_platform = True
    _calls = opened("administrator", *READ, *WRITE, "execute")
    _creates = _writes = opened(
        "administrator", "collab_moderators_read_all", "default_is_listed", "default_shows_photo"
    )

    collab_moderators_read_all = fields.Boolean(
        string="Moderators read all networks",
        config_parameter="collab_reseaux.moderators_read_all",
        help="By default, a moderator reads what is addressed to everyone and to his own network.",
    )

    # Core writes them as default values of the contact: they hold when somebody is created, and for nobody else.
    default_is_listed = fields.Boolean(string="In the directory", default_model="res.partner", default=True)
    default_shows_photo = fields.Boolean(string="Photo shown", default_model="res.partner", default=True)

    def onchange(self, values, field_names, fields_spec):
        """Answer only for the settings of the platform: core would read many others, which need rights of its own."""
        if self.env.su:
            return super().onchange(values, field_names, fields_spec)
        self.check_access("write")
        ours = self._written_fields("_writes")
        kept = {name: value for name, value in values.items() if name in ours}
        changed = [name for name in field_names if name in ours]
        # sudo: as in ``execute``
        return super(ResConfigSettings, self.sudo()).onchange(kept, changed, self._ours_among(fields_spec))

    def web_read(self, specification):
        """As ``onchange``."""
        if self.env.su:
            return super().web_read(specification)
        self.check_access("read")
        # sudo: as in ``execute``
        return super(ResConfigSettings, self.sudo()).web_read(self._ours_among(specification))

    @api.model
    def _ours_among(self, specification):
        """:return dict: the part of a form's request that is about the settings of the platform, without the fields of
        the records that they lead to"""
        ours = self._written_fields("_writes") | {"display_name"}
        return {name: {} for name in specification if name in ours}

    def execute(self):
        if not self.env.su:
            self.check_access("write")
        # sudo: the fields were checked when they were written; core asks for a group that nobody has here
        return super(ResConfigSettings, self.sudo()).execute()

    @api.model
    def _daily_fields(self):
        """:return list[str]: the settings of ``collab.daily.count``"""
        return [name for name in self._fields if name.startswith("collab_daily_")]

    @api.constrains(lambda settings: settings._daily_fields())
    def _check_daily(self):
        for settings in self:
            if any(settings[name] < 1 for name in self._daily_fields()):
                raise ValidationError(self.env._("The most that a person does in a day is one thing at least."))
