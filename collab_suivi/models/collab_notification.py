from odoo import api, models


class CollabNotification(models.Model):
    _inherit = "collab.notification"

    @api.model
    def _kinds(self):
        """Add what each content has declared.

        :raises ValueError: two of them use the same name: what a person chooses for one would also apply to the other
        """
        kinds = super()._kinds()
        for contents in self.env["collab.contents"]._all():
            said = contents._content()
            for name, kind in said.kinds.items():
                if name in kinds:
                    raise ValueError(f"Two kinds of notification are called {name}")
                kinds[name] = kind._replace(section=kind.section or said.name)
        return kinds
