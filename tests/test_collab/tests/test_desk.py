from odoo.tests import TransactionCase, tagged

from .world import World


@tagged("post_install", "-at_install")
class TestDesk(World, TransactionCase):
    """The first page of the federations counts what its reader sees, and leads to where he acts."""

    def _waiting(self, person):
        """:return dict[str, int]: the figures that this person reads, by the filter or the screen to which they lead"""
        lines = self.env["collab.desk"].with_user(person).sudo(False).waiting()
        return {line["filter"] or line["action"]: line["number"] for line in lines}

    def test_each_figure_is_of_what_its_reader_sees(self):
        before = {person: self._waiting(person) for person in (self.bea, self.gus, self.ada)}
        invited = self._user("invited", organisation=self.houses[self.blue])
        invited.invited_date = "2026-11-01"
        leaflet = self.env["test.collab.leaflet"].with_user(self.wanda).sudo(False)
        leaflet = leaflet.create({"name": "Nom d’une personne", "audience_network_ids": self.blue.ids})
        colleague = self._user("bob", organisation=self.houses[self.blue])
        colleague._accept_charter(self.env["collab.charter"].browse(self.env["collab.charter"]._current_id()), "::1")
        leaflet.with_user(colleague)._report("On reconnaît la personne")
        self.env.flush_all()

        def gained(person):
            now = self._waiting(person)
            return {
                name: now[name] - before[person].get(name, 0) for name in now if now[name] != before[person].get(name)
            }

        seen = {"invited": 1, "collab_contribution.queue_action": 1}
        self.assertEqual([gained(person) for person in (self.bea, self.gus, self.ada)], [seen, {}, seen])

    def test_a_figure_is_that_of_the_screen_to_which_it_leads(self):
        invited = self._user("invited", organisation=self.houses[self.blue])
        invited.invited_date = "2026-11-01"
        for line in self.env["collab.desk"].with_user(self.ada).sudo(False).waiting():
            action = self.env.ref(line["action"]).sudo()
            if action._name == "ir.actions.act_window":
                view = self.env[action.res_model].get_view(action.search_view_id.id, "search")["arch"]
                self.assertIn(f'name="{line["filter"]}"', view, line)

    def test_only_administrators_are_told_of_letters_that_have_not_left(self):
        self.env["collab.notification"].create(
            {
                **{"user_id": self.wanda.id, "kind": "comment", "res_model": "res.users", "res_id": 1, "what": "x"},
                **{"about_model": "res.users", "about_id": 1, "rhythm": "each", "state": "refused", "tries": 1},
                **{"wanted": "2026-11-01", "due": "2026-11-01"},
            }
        )
        self.assertIn("unsent", self._waiting(self.ada))
        self.assertNotIn("unsent", self._waiting(self.bea))

    def test_members_have_no_desk(self):
        self.assertFalse(self.env["collab.desk"].with_user(self.wanda)._may_call("waiting"))
