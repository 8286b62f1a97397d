from odoo.addons.collab_reseaux.tests.common import CollabCase


class CharterCase(CollabCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.charter = cls.env["collab.charter"].browse(cls.env["collab.charter"]._current_id())

    @classmethod
    def _user(cls, login, role="member", accepts=True, **belonging):
        user = super()._user(login, role, **belonging)
        if accepts:
            user._accept_charter(cls.charter, "127.0.0.1")
        return user
