import logging

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.collab_fichiers.extraction import extract

from ..passages import split
from ..words import Vector

_logger = logging.getLogger(__name__)

STATES = [
    ("todo", "To be read"),
    ("text", "Read"),
    ("scan", "Digitised: its text cannot be searched"),
    ("empty", "Without a word"),
    ("locked", "Protected by a password"),
    ("failed", "Cannot be read"),
    ("none", "Without text"),
]
# A file that has stopped its reader so many times is left alone.
TRIES_MAX = 3


class CollabSearchFile(models.Model):
    """The words of a file, read once, whatever the number of contents that it is joined to."""

    _name = "collab.search.file"
    _description = "File of the index"
    _log_access = False
    _rec_name = "checksum"

    checksum = fields.Char(required=True, readonly=True, help="SHA-1 of the content.")
    state = fields.Selection(STATES, default="todo", required=True, readonly=True)
    is_cut = fields.Boolean(readonly=True, help="It is too long: only its beginning is searched.")
    tries = fields.Integer(readonly=True)
    size = fields.Integer(readonly=True, help="Of its words, in bytes.")
    link_ids = fields.One2many("collab.search.link", "file_id")

    _checksum_unique = models.UniqueIndex("(checksum)", "This file is known already.")
    _todo_idx = models.Index("(id) WHERE state = 'todo'")

    def init(self):
        self.env.cr.execute("ALTER TABLE collab_search_file ADD COLUMN IF NOT EXISTS vector tsvector")

    @api.model
    def _known(self, files):
        """:param Iterable[FileOf] files:
        :return dict[str, int]: identifiers, by checksum; those that are new wait to be read"""
        checksums = sorted({file.checksum for file in files})
        if not checksums:
            return {}
        self.env.cr.execute(
            SQL(
                "INSERT INTO collab_search_file (checksum, state, tries)"
                " SELECT asked, 'todo', 0 FROM unnest(%s) AS asked"
                " WHERE NOT EXISTS (SELECT FROM collab_search_file known WHERE known.checksum = asked)"
                " ON CONFLICT DO NOTHING",
                checksums,
            )
        )
        if self.env.cr.rowcount:
            self.env.ref("collab_recherche.cron_index")._trigger()
        rows = self.env.execute_query(
            SQL("SELECT checksum, id FROM collab_search_file WHERE checksum IN %s", tuple(checksums))
        )
        return dict(rows)

    @api.model
    def _read_waiting(self):
        """Read the files that wait, each in a transaction of its own, as long as the job may."""
        progress = self.env["ir.cron"]._commit_progress
        waiting, later = Domain("state", "=", "todo"), self.browse()
        progress(remaining=self.search_count(waiting))
        while file := self.search(waiting & Domain("id", "not in", later.ids), order="tries, id", limit=1):
            # Noted first: if this process is killed by it, it is not tried for ever.
            file.tries += 1
            progress()
            try:
                file._read_one()
            except SerializationFailure:
                # Somebody has just changed the same content: once more, with what he has written.
                self.env.cr.rollback()
                self.env.invalidate_all()
                file.tries -= 1
                continue
            # What is out of reach is tried again by another run: all its tries in a second would prove nothing.
            later |= file.exists().filtered_domain(waiting)
            if not progress(1):
                return

    def _read_one(self):
        entries = self.link_ids.entry_id
        found = next((file for entry in entries for file in entry._files() if file.checksum == self.checksum), None)
        if not found:
            # What it was joined to is gone; the entries that still name it are made again without it.
            entries._again()
            self.unlink()
            return
        if self.tries > TRIES_MAX:
            self._keep([], "failed", False)
            return
        try:
            extracted = extract(found.path, found.mimetype, found.name)
        except OSError:
            # Lost by the disk, or out of reach for now: tried again by the next run, a few times.
            _logger.warning("File %s of the index cannot be opened", self.checksum, exc_info=True)
            if self.tries >= TRIES_MAX:
                self._keep([], "failed", False)
            return
        self._keep(*extracted)
        entries._again()

    def _keep(self, pages, state, cut):
        vector, passages = Vector(), []
        for number, page in enumerate(pages, 1):
            vector.add(page)
            for text in split(page):
                passages.append((number if len(pages) > 1 else None, text))
        self.write({"state": state, "is_cut": cut or vector.is_full, "size": vector.size})
        self.flush_recordset()
        self.env.cr.execute(
            SQL("UPDATE collab_search_file SET vector = %s::tsvector WHERE id = %s", str(vector), self.id)
        )
        self.env["collab.search.word"]._learn(vector.words)
        self.env["collab.search.passage"]._replace("file_id", {self.id: [("", *one) for one in passages]})

    @api.autovacuum
    def _gc_left(self):
        """Forget the files that no content has any more."""
        self.search([("link_ids", "=", False)]).unlink()
