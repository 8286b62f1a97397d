from odoo.addons.collab_charte.tests.common import CharterCase


class AccountCase(CharterCase):
    """alice is of the blue network and of the green one, chloe of the green one alone. maud moderates the blue network,
    gus the green one; ada and abel are administrators of no network."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alice = cls._user("alice", networks=[cls.blue, cls.green])
        cls.chloe = cls._user("chloe", networks=[cls.green])
        cls.maud = cls._user("maud", "moderator", networks=[cls.blue])
        cls.gus = cls._user("gus", "moderator", networks=[cls.green])
        cls.ada = cls._user("ada", "administrator")
        cls.abel = cls._user("abel", "administrator")
        for person in cls.alice | cls.chloe | cls.maud | cls.gus | cls.ada | cls.abel:
            person.write({"email": f"{person.login}@example.org", "lang": "fr_FR"})
        cls.blue.write({"contact_name": "Marie Bleue", "contact_email": "marie@blue.example"})

    def setUp(self):
        super().setUp()
        self.env["collab.notification"].search([]).unlink()

    def _by(self, doer, person):
        """:return res.users: somebody, in the hands of somebody else"""
        return person.with_env(self.env(user=doer, su=False, context={"lang": "fr_FR"}))

    def _events(self, person):
        return self.env["collab.account.event"].search([("user_id", "=", person.id)], order="id").mapped("kind")

    def _letters(self):
        """:return list[tuple]: to whom, the subject and what is said of what waits to leave"""
        rows = self.env["collab.notification"].search([("state", "=", "waiting")], order="id")
        items = [(row.user_id.login, row._item()) for row in rows]
        return [
            (login, item["subject"].replace("\N{NO-BREAK SPACE}", " "), item["said"].replace("\N{NO-BREAK SPACE}", " "))
            for login, item in items
            if item
        ]
