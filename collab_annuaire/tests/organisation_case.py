from odoo.addons.collab_charte.tests.common import CharterCase


class OrganisationCase(CharterCase):
    """The Anchor, of the blue network, in Nantes, has a site in Rezé. rita is a referent of it, alice works there too;
    bruno is of another organisation, of the green network. maud moderates the blue network, gus the green one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anchor = cls._organisation("L'Ancre", [cls.blue])
        cls.anchor.write({"street": "12 quai de la Fosse", "zip": "44000", "city": "Nantes"})
        cls.site = cls.env["res.partner"].create(
            {"name": "Rezé", "type": "site", "parent_id": cls.anchor.id, "zip": "44400", "city": "Rezé"}
        )
        cls.quay = cls._organisation("Le Quai", [cls.green], [cls.port])
        cls.rita = cls._user("rita", organisation=cls.anchor)
        cls.alice = cls._user("alice", organisation=cls.anchor)
        cls.bruno = cls._user("bruno", organisation=cls.quay)
        cls.maud = cls._user("maud", "moderator", networks=[cls.blue])
        cls.milo = cls._user("milo", "moderator", networks=[cls.blue])
        cls.gus = cls._user("gus", "moderator", networks=[cls.green])
        cls.ada = cls._user("ada", "administrator")
        cls.people = cls.rita | cls.alice | cls.bruno | cls.maud | cls.milo | cls.gus | cls.ada
        for person in cls.people:
            person.write({"email": f"{person.login}@example.org", "lang": "fr_FR"})
        cls.anchor.referent_ids = cls.rita.partner_id

    def setUp(self):
        super().setUp()
        self.env["collab.notification"].search([]).unlink()

    def _by(self, person, record):
        return record.with_env(self.env(user=person, su=False, context={"lang": "fr_FR"}))

    def _suggest(self, person=None, organisation=None, note="", **typed):
        """:param typed: values of the card, by field; ``sites``, ``removed``, ``added`` as ``_changes_asked``"""
        parts = {name: typed.pop(name) for name in ("sites", "removed", "added") if name in typed}
        organisation = self._by(person or self.bruno, organisation or self.anchor)
        return organisation._suggest({"own": typed, **parts}, note).sudo()

    def _update(self, person=None, organisation=None, note="", **typed):
        parts = {name: typed.pop(name) for name in ("sites", "removed", "added") if name in typed}
        organisation = self._by(person or self.rita, organisation or self.anchor)
        return organisation._update_as_referent({"own": typed, **parts}, note).sudo()

    def _letters(self):
        """:return list[tuple[str, str]]: to whom, and the subject of what waits to leave"""
        rows = self.env["collab.notification"].search([("state", "=", "waiting")], order="id")
        items = [(row.user_id.login, row._item()) for row in rows]
        return [(login, item["subject"].replace("\N{NO-BREAK SPACE}", " ")) for login, item in items if item]
