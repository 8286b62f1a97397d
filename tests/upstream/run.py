"""The tests that others wrote for what we extend, on a database where our modules are installed; in an Odoo shell."""

from unittest.mock import patch

from odoo.tests.shell import run_tests

from odoo.addons.collab_reseaux.models.res_users import AudienceScope

PERSON = "odoo.addons.{}.models.res_users.ResUsers.{}"
# By module, what Odoo's runner is asked for. Those of dms with its measures: what they read, they read through our own.
SUITES = {"dms": "/dms,benchmark/dms", "website_forum": "/website_forum"}
FORUM = {"module": "website_forum", "name": "forum_help", "model": "forum.forum", "noupdate": True}


def run_upstream_tests(env, module):
    """Run them all.

    Three laws of the platform, which our own tests hold, are lifted. Otherwise nothing would be tested at all, or only
    that a stranger reads nothing.

    :param odoo.api.Environment env: that of the shell
    :param str module: of SUITES
    """
    if module == "website_forum":
        _give_its_forum_back(env)
    with (
        # The password of each of their people is his login.
        patch(PERSON.format("collab_charte", "_check_password_policy")),
        # None of them has accepted the charter…
        patch(PERSON.format("collab_charte", "_charter_accepted"), lambda self: True),
        # … nor belongs to a network.
        patch(PERSON.format("collab_reseaux", "_audience_scope"), lambda self: AudienceScope(None, None)),
    ):
        run_tests(env, SUITES[module], modules=[module])


def _give_its_forum_back(env):
    """Each test of website_forum begins by looking for the forum that it brings, and that we take away."""
    forum = env["forum.forum"].create({"name": "Help"})
    env["ir.model.data"].create({**FORUM, "res_id": forum.id})
    # The tests have a connection of their own.
    env.cr.commit()
