"""Two people who tidy up the library at the same moment; in an Odoo shell, as ``forum_race``."""

from .forum_race import Race, each_way


class LibraryRace(Race):
    def _folder(self, name, parent_id=None):
        def create(env):
            library = env.ref("collab_ressources.directory_library").id
            return env["dms.directory"].create({"name": name, "parent_id": parent_id or library}).id

        return self._alone("admin", create)

    @each_way
    def test_two_folders_are_not_moved_into_each_other(self, way):
        one, two = self._folder(f"Un, {way}"), self._folder(f"Deux, {way}")
        below_one, below_two = self._folder("Sous un", one), self._folder("Sous deux", two)
        for moved, into, other, other_into in ((one, two, two, one), (one, below_two, two, below_one)):
            acts = ("moderation.fnars", moving(moved, into)), ("moderation.coorace", moving(other, other_into))
            outcome = self._at_once(way, *acts)
            self.assertEqual(outcome.tries, 2)
            self.assertTrue(outcome.refusal)
            self._alone("admin", moving(moved, None))


def moving(folder, into):
    """:param int | None into: the folder where it goes; none for the first level of the library"""
    library = "collab_ressources.directory_library"
    return lambda env: env["dms.directory"].browse(folder).write({"parent_id": into or env.ref(library).id})
