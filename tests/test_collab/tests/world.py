from datetime import timedelta

from odoo import fields

from odoo.addons.collab_reseaux.models.base import Base
from odoo.addons.collab_reseaux.tests.common import CollabCase


class OpenLists:
    """Tests that ask as if every method of every model were on the list: what it holds back is not let through."""

    def setUp(self):
        super().setUp()
        self.patch(Base, "_may_call", lambda model, method: True)


class World(CollabCase):
    """Two networks, and on each side of the line somebody of each kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        charter = cls.env["collab.charter"].browse(cls.env["collab.charter"]._current_id())
        cls.policy_installed = cls.env["ir.config_parameter"].get_param("auth_totp.policy")
        cls.env["ir.config_parameter"].set_param("auth_totp.policy", False)
        cls.houses = houses = {
            network: cls._organisation(f"House {network.code}", networks=network) for network in (cls.blue, cls.green)
        }
        # wanda wrote what the others must not see; bea may see it, as a moderator of the same network.
        cls.wanda = cls._user("wanda", organisation=houses[cls.blue])
        cls.bea = cls._user("bea", "moderator", networks=cls.blue)
        # nadia is of the same network, but has not accepted the charter; greta and gus are of another.
        cls.nadia = cls._user("nadia", organisation=houses[cls.blue])
        cls.greta = cls._user("greta", organisation=houses[cls.green])
        cls.gus = cls._user("gus", "moderator", networks=cls.green)
        cls.ada = cls._user("ada", "administrator")
        for person in (cls.wanda, cls.bea, cls.greta, cls.gus, cls.ada):
            person._accept_charter(charter, "127.0.0.1")

    @classmethod
    def _planned(cls, env, **vals):
        """:param Environment env: of its author
        :return calendar.event: tomorrow, not so late that it would end the day after"""
        kind = cls.env.ref("collab_agenda.type_meeting").id
        start = fields.Datetime.now().replace(hour=11) + timedelta(days=1)
        vals = {"name": "x", "type_id": kind, "start": start, "stop": start + timedelta(hours=1), **vals}
        return env["calendar.event"].create(vals)

    @classmethod
    def _let_members_plan(cls):
        """Let what members write in the agenda be read at once."""
        cls.env["ir.config_parameter"].set_param("collab_agenda.proposals", "open")
