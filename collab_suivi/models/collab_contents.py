from odoo import api, models, tools

from ..content import Entry

LISTED_MAX = 50


class CollabContents(models.AbstractModel):
    """All the kinds of content that the installed modules declare."""

    _name = "collab.contents"
    _description = "All contents"

    @api.model
    @tools.ormcache()
    def _names(self):
        """:return tuple[str]: models of the contents, in the order of the menu"""
        found = self.env.registry.descendants(["collab.content.mixin"], "_inherit")
        contents = [self.env[name] for name in found if not self.env.registry[name]._abstract]
        return tuple(model._name for model in sorted(contents, key=lambda model: model._content().sequence))

    @api.model
    def _all(self):
        """:return list[Model]: the contents, in the order of the menu"""
        return [self.env[name] for name in self._names()]

    @api.model
    @tools.ormcache("slug")
    def _name_of(self, slug):
        """:param str slug: a name in addresses
        :return str | None: the model that has this ``_slug``; None when there is none"""
        marked = self.env.registry.descendants(["collab.bookmark.mixin"], "_inherit")
        found = [name for name in marked if not self.env.registry[name]._abstract and self.env[name]._slug == slug]
        return found[0] if found else None

    @api.model
    def _note_renamed(self, classes):
        """Note that a search finds other words in the contents that are classed by these.

        :param Model classes: themes, types, territories…: their names have changed
        """
        for contents in self._all():
            # sudo: whoever renames a theme does not read all that is about it; an archived one classes contents too
            everything = contents.sudo().with_context(active_test=False)
            for path in contents._classed_by():
                if contents._path_model(path) == classes._name:
                    everything.search([(path, "in", classes.ids)])._searched_in()._note_searched()

    # What pages show of all of them

    @api.model
    def _menu(self):
        """:return tuple[Entry]: one for each section, with how many contents of it are new to the reader"""
        return tuple(
            entry._replace(count=self.env[name]._count_new()) if name else entry for name, entry in self._menu_entries()
        )

    @api.model
    @tools.ormcache("self.env.lang")
    def _menu_entries(self):
        """:return tuple[tuple[str | None, Entry]]: what the menu says of each section to any reader, in its order, with
        the model of its contents"""
        entries = [
            (said.sequence, contents._name, Entry(contents._slug, said.address, said.name, said.icon))
            for contents in self._all()
            for said in [contents._content()]
        ]
        entries += [(sequence, None, entry) for sequence, entry in self._sections()]
        return tuple((name, entry) for _sequence, name, entry in sorted(entries, key=lambda one: one[0]))

    @api.model
    def _sections(self):
        """A hook for modules whose section of the menu holds no content: a directory, a map.

        :return list[tuple[int, Entry]]: the place of each in the menu, as ``Content.sequence``, and what it says to any
            reader
        """
        return []

    @api.model
    def _first_page(self):
        """
        :return dict: what the first page shows: ``answered`` (what others have added to what the reader has written)
            and ``helped`` (what awaits somebody like him), lists of ``template`` and ``row``; ``blocks``, a list of
            ``said`` (a ``Content``), ``rows`` (the latest ones), and ``count`` of what is new to the reader
        """
        found = [contents._first(contents._content().shown) for contents in self._all()]
        self._name_all(records for lists in found for records in lists)
        page = {"answered": [], "helped": [], "blocks": []}
        for answered, helped, latest in found:
            said = latest._content()
            for name, rows in (("answered", answered._answered_rows(answered)), ("helped", helped._rows(helped))):
                page[name] += [{"template": said.row_template, "row": row} for row in rows]
            page["blocks"].append({"said": said, "rows": latest._rows(latest), "count": latest._count_new()})
        return page

    @api.model
    def _name_all(self, lists):
        """Look up together, in one query, those who have signed what several lists are about to show.

        :param Iterable[Model] lists: contents
        """
        self.env["collab.member"]._named_by_account({one for shown in lists for one in shown._signers().ids})

    @api.model
    def _new(self, limit=LISTED_MAX):
        """:return list[dict]: what is new to the reader, the latest first, as ``_rows_of``"""
        found = []
        for contents in self._all():
            new = contents._latest(contents._new_domain(), limit=limit)
            found += [(one.content_date, contents._name, one.id) for one in new]
        return self._rows_of(sorted(found, reverse=True)[:limit])

    @api.model
    def _marked(self, kind, limit=LISTED_MAX):
        """
        :param str kind: of ``collab.mark``
        :return list[dict]: the contents on which the reader has put this mark, the last ones first, as ``_rows_of``
        """
        found = []
        for contents in self._all():
            dates = self.env["collab.mark"]._of(contents._name, kinds=(kind,)).get(kind, {})
            if dates:
                readable = contents._latest([("id", "in", list(dates))])
                found += [(dates[one.id], contents._name, one.id) for one in readable]
        return self._rows_of(sorted(found, reverse=True)[:limit])

    @api.model
    def _published_by(self, people, limit):
        """
        :param res.users people: a person, or those of an organisation
        :return list[dict]: what they have published and the reader may read, the latest first, as ``_rows_of``
        """
        found = []
        for contents in self._all():
            own = contents._latest([("create_uid", "in", people.ids)], limit=limit)
            found += [(one.content_date, contents._name, one.id) for one in own]
        return self._rows_of(sorted(found, reverse=True)[:limit])

    @api.model
    def _rows_of(self, found):
        """
        :param list[tuple] found: date, model and identifier of contents that ``_latest`` has given: the reader may read
            them, and all that their rows show is in the cache
        :return list[dict]: in the same order, ``template`` (which shows it) and ``row`` of each
        """
        rows, lists = {}, {}
        for _date, name, number in found:
            lists[name] = lists.get(name, self.env[name]) | self.env[name].browse(number)
        self._name_all(lists.values())
        for name, contents in lists.items():
            template = contents._content().row_template
            for row in contents._rows(contents):
                rows[name, row["id"]] = {"template": template, "row": row}
        return [rows[name, number] for _date, name, number in found if (name, number) in rows]

    @api.model
    def _followed_places(self):
        """:return list[dict]: the themes, territories and folders that the reader follows, by name: ``slug``, ``id``,
        ``name``"""
        contents, registry, found = set(self._names()), self.env.registry, []
        for name in registry.descendants(["collab.bookmark.mixin"], "_inherit"):
            marked = self.env[name]
            if name not in contents and not marked._abstract and "follow" in marked._marks:
                for place in marked.search([("is_followed", "=", True)]):
                    found.append({"slug": marked._slug, "id": place.id, "name": place.display_name})
        return sorted(found, key=lambda place: place["name"])
