from odoo.http import request, route

from odoo.addons.collab_charte.controllers.profile import Profile


class OwnCard(Profile):
    @route(members=True)
    def profile(self, **kw):
        """Whoever opens his card sees what the others see of him: the directory does not tell him any more."""
        request.env.user._know_directory()
        return super().profile(**kw)
