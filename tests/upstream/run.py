"""The tests of dms, on a database where our modules are installed; in an Odoo shell."""

from unittest.mock import patch

from odoo.tests.shell import run_tests

from odoo.addons.collab_reseaux.models.res_users import AudienceScope

PERSON = "odoo.addons.{}.models.res_users.ResUsers.{}"


def run_dms_tests(env):
    """Run them all, dms's own measures included: what they read, they read through our modules.

    Three laws of the platform, which our own tests hold, are lifted. Otherwise nothing would be tested at all, or only
    that a stranger reads nothing.

    :param odoo.api.Environment env: that of the shell
    """
    with (
        # The password of each of their people is his login.
        patch(PERSON.format("collab_charte", "_check_password_policy")),
        # None of them has accepted the charter…
        patch(PERSON.format("collab_charte", "_charter_accepted"), lambda self: True),
        # … nor belongs to a network.
        patch(PERSON.format("collab_reseaux", "_audience_scope"), lambda self: AudienceScope(None, None)),
    ):
        run_tests(env, "/dms,benchmark/dms", modules=["dms"])
