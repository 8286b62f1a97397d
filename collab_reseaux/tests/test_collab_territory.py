from .common import CollabCase


class TestTerritory(CollabCase):
    def _reach(self, *territories):
        return self.territories.browse(self.env["collab.territory"]._reach(tuple(t.id for t in territories)))

    def test_one_reads_what_is_addressed_above_and_below(self):
        self.assertEqual(self._reach(self.port), self.port | self.north | self.region)
        self.assertEqual(self._reach(self.region), self.territories)
        self.assertFalse(self._reach())

    def test_two_areas_of_a_departement_do_not_see_each_other(self):
        self.assertNotIn(self.rives_north, self._reach(self.port))

    def test_an_area_on_a_boundary_is_one_area_but_not_one_departement(self):
        reach = self._reach(self.rives_south)
        self.assertIn(self.rives_north, reach)
        self.assertNotIn(self.north, reach)
        self.assertIn(self.south, reach)

    def test_reaching_and_being_reached_are_two_sides_of_one_relation(self):
        Territory = self.env["collab.territory"]
        for member in self.territories:
            for addressed in self.territories:
                with self.subTest(member=member.display_name, addressed=addressed.display_name):
                    self.assertEqual(
                        addressed.id in Territory._reach((member.id,)),
                        member.id in Territory._reached_by([addressed.id]),
                    )

    def test_a_territory_that_moves_takes_its_readers_along(self):
        self.assertNotIn(self.port, self._reach(self.south))
        self.port.parent_id = self.south
        self.assertIn(self.port, self._reach(self.south))

    def test_the_region_has_its_official_areas(self):
        Territory = self.env["collab.territory"]
        region = self.env.ref("collab_reseaux.territory_r52")
        departments = Territory.search([("parent_id", "=", region.id)])
        self.assertEqual(sorted(departments.mapped("code")), ["44", "49", "53", "72", "85"])
        areas = Territory.search([("parent_id", "in", departments.ids)])
        self.assertEqual(len(set(areas.mapped("code"))), 23)
