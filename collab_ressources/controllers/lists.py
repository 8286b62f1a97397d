import functools

from odoo.fields import Domain
from odoo.http import Controller, request, route

from odoo.addons.collab_contribution.controllers.forms import ITEM
from odoo.addons.collab_contribution.controllers.pages import Pages
from odoo.addons.collab_habillage.paging import Paging, address_of

from ..models.dms_file_lists import ORDERS

PAGE_SIZE = 20
# How addresses name the filters.
FILTERS = {"theme": "theme", "category": "type", "territory": "territoire"}
# A list of choices that is longer is found by typing.
LONG = 8


class Lists(Pages, Controller):
    """The lists of the library: all of it, by folder and filter; what is new; what the reader keeps and follows."""

    @route("/ressources", methods=["GET"], **ITEM)
    def library(self, dossier=None, page=1, tri="latest", **kw):
        """List the documents that the reader may read, filtered as he wants."""
        Document, Directory, Mark = (request.env[name] for name in ("dms.file", "dms.directory", "collab.mark"))
        reading, folders = Document._reading(), Directory._folders()
        folder = self._known(dossier, reading.folders)
        names = self._names()
        chosen = {name: self._known(kw.get(FILTERS[name]), names[name]) for name in FILTERS}
        order = tri if tri in ORDERS else "latest"
        below = Directory._below(folder) if folder else None
        facets = Document._facets(reading, below, **chosen)
        asked = {"dossier": folder, **{FILTERS[name]: value for name, value in chosen.items()}}
        asked["tri"] = order if order != "latest" else None

        def address(**changes):
            return address_of("/ressources", **{**asked, **changes})

        paging = Paging(page, facets["total"], PAGE_SIZE, address)
        domain = self._domain(below, chosen)
        documents = Document._latest(domain, paging.size, paging.offset, order, paging.total)
        count_all = sum(facets["folder"].values())
        path = [(step, folders[step][0]) for step in folders[folder][2]] if folder else []
        filters = self._filters(facets, names, chosen, address)
        said = [name[-1] for name in path[-1:]] + [one["value"] for one in filters if one.get("address")]
        return request.render(
            "collab_ressources.library",
            {
                "documents": Document._rows(documents, reading.marks),
                "folder": folder,
                "marks": Mark._of("dms.directory", [folder]) if folder else {},
                "path": path,
                "tree": Directory._tree(reading.folders, folder, Directory._totals(facets["folder"])),
                "count_all": count_all,
                "total": facets["total"],
                "said": said,
                "filters": [self._folder_chip(path), *filters, self._order(order, address)],
                "clear": "/ressources" if any(chosen.values()) else None,
                "beside": self._beside(reading, below, chosen, filters) if documents.ids == [] else None,
                "new_count": Document._count_new(reading),
                "address": address,
                "paging": paging,
            },
        )

    def _domain(self, below, chosen):
        """:return Domain: the documents of these folders (None: all of them) that have all that is chosen"""
        domain = Domain.TRUE if below is None else Domain("directory_id", "in", below)
        for name, field in (("theme", "theme_id"), ("category", "category_id")):
            if chosen[name]:
                domain &= Domain(field, "=", chosen[name])
        if chosen["territory"]:
            domain &= Domain("audience_territory_ids", "in", [chosen["territory"]])
        return domain

    def _labels(self):
        """:return dict[str, dict[int, str]]: what one may choose, to classify a document"""
        env = request.env
        return {"theme": env["collab.theme"]._labels(), "category": env["dms.category"]._labels()}

    def _names(self):
        """:return dict[str, dict[int, str]]: what documents are classified by, what is archived too, which says so"""
        models = {"theme": "collab.theme", "category": "dms.category", "territory": "collab.territory"}
        return {name: request.env[model]._names() for name, model in models.items()}

    # The line of filters

    def _filters(self, facets, names, chosen, address):
        """:return list[dict]: the chips of the filters, as ``collab_habillage.chips`` shows them"""
        env = request.env
        words = {
            "theme": (env._("Theme"), env._("Find a theme")),
            "category": (env._("Type"), env._("Find a type")),
            "territory": (env._("Territory"), env._("Find a territory")),
        }
        filters = []
        for name, (label, find) in words.items():
            key, value = FILTERS[name], chosen[name]
            if value:
                filters.append({"label": label, "value": names[name][value], "address": address(**{key: None})})
                continue
            choices = [
                {"label": said, "count": facets[name][one], "address": address(**{key: one})}
                for one, said in names[name].items()
                if facets[name].get(one)
            ]
            if choices:
                filters.append({"label": label, "choices": choices, "find": len(choices) > LONG and find})
        return filters

    def _folder_chip(self, path):
        """:return dict: the chip that opens the folders on a phone; on a desk, they stand beside the list"""
        return {"label": request.env._("Folders"), "value": path[-1][1] if path else None, "opens": "dossiers"}

    def _order(self, order, address):
        """:return dict: the chip that says how the list is sorted"""
        env = request.env
        words = {"latest": env._("Latest first"), "title": env._("By title"), "use": env._("Most used first")}
        choices = [
            {"label": said, "address": address(tri=one if one != "latest" else None), "on": one == order}
            for one, said in words.items()
        ]
        return {"label": env._("Sort"), "value": words[order], "choices": choices}

    def _beside(self, reading, below, chosen, filters):
        """:return str | None: how many documents there would be without one of the filters: the one that hides most"""
        counts = []
        on = [name for name, value in chosen.items() if value]
        for name, chip in zip(on, [one for one in filters if one.get("address")], strict=True):
            others = {**chosen, name: None}
            counts.append((request.env["dms.file"]._facets(reading, below, **others)["total"], chip["value"]))
        number, value = max(counts, default=(0, None))
        if number == 1:
            return request.env._("Without “%s”, there is 1 document.", value)
        several = request.env._("Without “%(value)s”, there are %(number)s documents.", value=value, number=number)
        return several if number else None

    # What concerns the reader

    @route("/ressources/nouveautes", methods=["GET"], **ITEM)
    def news(self, page=1, **kw):
        """List what is new to the reader, folders forgotten."""
        Document = request.env["dms.file"]
        reading = Document._reading()
        count = Document._count_new(reading)
        paging = Paging(page, count, PAGE_SIZE, functools.partial(address_of, "/ressources/nouveautes"))
        documents = Document._latest(Document._new_domain(), limit=paging.size, offset=paging.offset)
        return request.render(
            "collab_ressources.news",
            {
                "documents": Document._rows(documents, reading.marks),
                "new_count": count,
                "paging": paging,
            },
        )

    @route("/ressources/favoris", methods=["GET"], **ITEM)
    def favourites(self, page=1, **kw):
        """List what the reader keeps at hand."""
        return self._kept("favourites", "is_favourite", "/ressources/favoris", page)

    @route("/ressources/suivis", methods=["GET"], **ITEM)
    def followed(self, page=1, **kw):
        """List what the reader is told of by mail."""
        return self._kept("followed", "is_followed", "/ressources/suivis", page)

    def _kept(self, view, mark, path, page):
        """List the folders and the documents that bear a mark of the reader.

        :param str view: favourites or followed
        :param str mark: the field that says so
        """
        Document, Directory = request.env["dms.file"], request.env["dms.directory"]
        mine, reading = Domain(mark, "=", True), Document._reading()
        total = Document.search_count(mine & Document._listed_domain())
        paging = Paging(page, total, PAGE_SIZE, functools.partial(address_of, path))
        documents = Document._latest(mine, limit=paging.size, offset=paging.offset, order="title")
        return request.render(
            "collab_ressources.kept",
            {
                "view": view,
                "documents": Document._rows(documents, reading.marks),
                "folders": Directory.search_fetch(mine, ["name"], order="name"),
                "new_count": Document._count_new(reading),
                "paging": paging,
            },
        )
