"""How many documents a reader would find in each folder, theme, type and territory."""

from collections import Counter
from typing import NamedTuple

from odoo.addons.collab_suivi.facets import Facets


class Choice(NamedTuple):
    """What a reader has filtered by; None where he has not."""

    folders: frozenset | None = None
    theme: int | None = None
    category: int | None = None
    territory: int | None = None


class DocumentFacets(Facets):
    """All the documents, counted by audience, folder, theme and type.

    A page would read tens of thousands of numbers: sums that do not depend on folders, or on themes and types, are made
    beforehand.
    """

    def __init__(self, rows, territories_of):
        """
        :param rows: audience, folder, theme, type, number
        :param territories_of: gives the territories of an audience
        """
        super().__init__()
        self.folders, self.classes, self.territories = {}, {}, {}
        # By account, what its owner has written: as rows.
        self.written = {}
        for audience, folder, theme, category, number in rows:
            if audience not in self.cells:
                self.territories[audience] = territories_of(audience)
                self.cells[audience], self.folders[audience], self.classes[audience] = {}, Counter(), Counter()
            self.cells[audience].setdefault(folder, {})[theme, category] = number
            self.folders[audience][folder] += number
            self.classes[audience][theme, category] += number

    def _count(self, audiences, folders, choice):
        """
        :param frozenset[int] folders: the folders that are open to him
        :param Choice choice: what he has filtered by
        """
        total, facets = 0, {name: Counter() for name in ("folder", "theme", "category", "territory")}
        for audience in audiences:
            territories = self.territories[audience]
            here = choice.territory is None or choice.territory in territories
            if here:
                for folder, number in self._by_folder(audience, choice):
                    if folder in folders:
                        facets["folder"][folder] += number
            for (theme, category), number in self._by_class(audience, folders, choice).items():
                theme_fits = choice.theme is None or choice.theme == theme
                category_fits = choice.category is None or choice.category == category
                if here and category_fits:
                    facets["theme"][theme] += number
                if here and theme_fits:
                    facets["category"][category] += number
                if theme_fits and category_fits:
                    total += number if here else 0
                    for territory in territories:
                        facets["territory"][territory] += number
        return {"total": total, **facets}

    def _by_folder(self, audience, choice):
        """:return: folders of the documents of an audience, of the theme and type that are chosen, with numbers"""
        if choice.theme is None and choice.category is None:
            return self.folders[audience].items()
        return (
            (folder, number)
            for folder, cell in self.cells[audience].items()
            for (theme, category), number in cell.items()
            if choice.theme in (None, theme) and choice.category in (None, category)
        )

    def _by_class(self, audience, folders, choice):
        """:return Counter: the documents of an audience in the folders that are open, and chosen, by theme and type"""
        cells = self.cells[audience]
        if choice.folders is not None:
            found = Counter()
            for folder in cells.keys() & folders & choice.folders:
                found.update(cells[folder])
            return found
        found = self.classes[audience].copy()
        # Few folders are closed to a reader.
        for folder in cells.keys() - folders:
            found.subtract(cells[folder])
        return found
