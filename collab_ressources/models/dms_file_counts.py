from dataclasses import dataclass
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.collab_suivi.content import Reading
from odoo.addons.collab_suivi.models.collab_content_mixin import COUNT_MAX
from odoo.addons.collab_suivi.models.collab_mark import NEW_DAYS

from ..document_facets import Choice, DocumentFacets


@dataclass(frozen=True)
class LibraryReading(Reading):
    folders: tuple[int, ...]  # of the library, that he may open


class DmsFile(models.Model):
    """How many documents a reader finds, and how many are new to him."""

    _inherit = "dms.file"

    @api.model
    def _count_rows(self, condition):
        """:return list[tuple]: audience, folder, theme, type, number, of the documents that meet a condition"""
        self.flush_model()
        # "active IS TRUE", as the ORM writes it: the planner ignores the partial indexes otherwise.
        return self.env.execute_query(
            SQL(
                """SELECT audience_id, directory_id, theme_id, category_id, count(*)
                     FROM dms_file WHERE active IS TRUE AND %s GROUP BY 1, 2, 3, 4""",
                condition,
            )
        )

    @api.model
    def _reading(self):
        reading = super()._reading()
        folders = () if reading.audiences == () else self.env["dms.directory"]._open_ids()
        return LibraryReading(**vars(reading), folders=folders)

    @api.model
    def _facets(self, reading, folders=None, **chosen):
        """Count the documents that the reader may read, as he has filtered them.

        :param LibraryReading reading: his
        :param tuple[int] | None folders: all of them unless told
        :param int | None chosen: ``theme``, ``category``, ``territory``
        :return dict: as ``Facets.of``: ``folder``, ``theme``, ``category`` and ``territory``
        """
        choice = Choice(None if folders is None else frozenset(folders), **chosen)
        territories_of = self.env["collab.audience"]._territories_of
        counted = self._since_last_change(
            "facets", reading.state, lambda: DocumentFacets(self._count_rows(SQL("is_shown IS TRUE")), territories_of)
        )
        open_folders = frozenset(reading.folders)
        facets = counted.of(reading.audiences, open_folders, choice)
        if reading.audiences is None or not reading.audiences:
            return facets
        # Authors keep reading what they have written for other audiences, in a folder that is closed to them now, or
        # that others do not read (yet): it is counted apart.
        mine = counted.written
        if self.env.uid not in mine:
            own = SQL("create_uid = %s", self.env.uid)
            mine[self.env.uid] = [
                self._count_rows(SQL("%s AND is_shown IS %s", own, SQL(shown))) for shown in ("TRUE", "NOT TRUE")
            ]
        shown, hidden = mine[self.env.uid]
        own = [row for row in shown if row[0] not in reading.audiences or row[1] not in open_folders] + hidden
        if own:
            beyond = DocumentFacets(own, territories_of).of(None, frozenset(row[1] for row in own), choice)
            facets = {name: number + beyond[name] for name, number in facets.items()}
        return facets

    @api.model
    def _count_new(self, reading=None):
        """Count among the documents of the last weeks, which are kept: every page says how many are new.

        :param LibraryReading | None reading: of the current user, if it is known already
        """
        reading = reading or self._reading()
        if not reading.folders:
            return 0
        recent = self._since_last_change("recent", reading.state, self._recent)
        since, seen, folders = (
            self._seen_until(reading.marks),
            reading.marks.get("seen", {}),
            frozenset(reading.folders),
        )
        number = 0
        for date, document, audience, folder, author in recent:
            if date <= since or number == COUNT_MAX:
                break
            if folder in folders and author != self.env.uid and reading.is_for(audience):
                number += not seen.get(document, since) >= date
        return number

    @api.model
    def _recent(self):
        """:return list[tuple]: date, identifier, audience, folder, author of what may be new, the latest first"""
        self.flush_model()
        return self.env.execute_query(
            SQL(
                """SELECT content_date, id, audience_id, directory_id, create_uid FROM dms_file
                    WHERE active IS TRUE AND is_shown IS TRUE AND content_date > %s
                    ORDER BY content_date DESC, id DESC""",
                fields.Datetime.now() - timedelta(days=NEW_DAYS),
            )
        )
