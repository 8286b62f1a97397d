import contextlib

from odoo.tests import HttpCase, TransactionCase, new_test_user

# What never comes is late, whatever else the machine does: core gives up while it compiles, runs the other tests and a
# browser.
PATIENCE = 60  # seconds


class CollabCase(TransactionCase):
    """A small world of its own: two networks, and a tree where the area "Rives" lies on both sides of a boundary.

    région > (Nord > (Port, Rives), Sud > (Coteaux, Rives))
    """

    test_cursor_lock_timeout = PATIENCE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Network, Territory = cls.env["collab.network"], cls.env["collab.territory"]
        cls.blue = Network.create({"name": "Blue", "code": "blue"})
        cls.green = Network.create({"name": "Green", "code": "green"})

        def place(kind, code, name, parent):
            return Territory.create({"kind": kind, "code": code, "name": name, "parent_id": parent.id})

        cls.region = place("region", "T", "Test region", Territory)
        cls.north = place("department", "TN", "North", cls.region)
        cls.south = place("department", "TS", "South", cls.region)
        cls.port = place("employment_area", "T1", "Port", cls.north)
        cls.rives_north = place("employment_area", "T2", "Rives", cls.north)
        cls.rives_south = place("employment_area", "T2", "Rives", cls.south)
        cls.hills = place("employment_area", "T3", "Hills", cls.south)
        cls.territories = cls.region | cls.north | cls.south | cls.port | cls.rives_north | cls.rives_south | cls.hills

    def url_open(self, *arguments, timeout=PATIENCE, **named):
        return super().url_open(*arguments, timeout=timeout, **named)

    def make_jsonrpc_request(self, *arguments, timeout=PATIENCE, **named):
        return super().make_jsonrpc_request(*arguments, timeout=timeout, **named)

    def _job_mode(self):
        """:return: a context in which a job commits as it goes, on a cursor of its own, whose commits are savepoints"""
        # An HttpCase is in that mode from its first line.
        return contextlib.nullcontext() if isinstance(self, HttpCase) else self.enter_registry_test_mode()

    @classmethod
    def _organisation(cls, name, networks=(), territories=()):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "network_ids": [network.id for network in networks],
                "territory_ids": [territory.id for territory in territories],
            }
        )

    @classmethod
    def _user(cls, login, role="member", organisation=None, networks=(), territories=()):
        user = new_test_user(
            cls.env,
            login,
            f"collab_reseaux.group_{role}",
            password=f"{login}-password-2026",
            firstname=login,
            context={"no_reset_password": True},
            parent_id=organisation.id if organisation else False,
            network_ids=[network.id for network in networks],
            territory_ids=[territory.id for territory in territories],
        )
        return user
