from functools import partial

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL, split_every

from ..passages import split
from ..words import Vector

# A tsvector holds one megabyte of words.
ALL_WORDS_MAX_BYTES = 900_000
# Contents indexed together: in the same statements, and in one transaction when the whole index is made.
BATCH = 100
LANG = "fr_FR"
# Where the making of the whole index has come to: a model, and the last identifier.
PROGRESS, START = "collab_recherche.rebuild", ":0"


class CollabSearchEntry(models.Model):
    """The index: the words of each content. It says nothing of who may read it: a search asks the rules of the content
    each time, so that a change of membership acts at once."""

    _name = "collab.search.entry"
    _description = "Entry of the search index"
    _log_access = False
    _rec_name = "title"

    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Integer(string="Content", required=True, readonly=True)
    title = fields.Char(readonly=True)
    link_ids = fields.One2many("collab.search.link", "entry_id")

    _content_unique = models.UniqueIndex("(res_model, res_id)", "This content is indexed already.")

    def init(self):
        # Not fields: the ORM has no such type, and would read them with the rest.
        self.env.cr.execute(
            "ALTER TABLE collab_search_entry ADD COLUMN IF NOT EXISTS vector tsvector NOT NULL DEFAULT '',"
            " ADD COLUMN IF NOT EXISTS title_vector tsvector NOT NULL DEFAULT ''"
        )
        # Ranking reads many of them: uncompressed, they are there at once; and apart from the rest, of which a frequent
        # word reads nearly all.
        self.env.cr.execute(
            "ALTER TABLE collab_search_entry ALTER COLUMN vector SET STORAGE EXTERNAL, SET (toast_tuple_target = 128)"
        )
        for column in ("vector", "title_vector"):
            self.env.cr.execute(
                SQL(
                    "CREATE INDEX IF NOT EXISTS %s ON collab_search_entry USING gin (%s)",
                    SQL.identifier(f"collab_search_entry_{column}_idx"),
                    SQL.identifier(column),
                )
            )

    # What has changed is indexed in the same transaction

    @api.model
    def _note(self, contents):
        """:param collab.content.mixin contents: whose words may have changed"""
        noted = self.env.cr.precommit.data.setdefault(self._name, {})
        if not noted:
            # Once, before the commit: an act changes the same content several times.
            index = self.with_user(SUPERUSER_ID).with_context(lang=LANG, active_test=False)
            self.env.cr.precommit.add(partial(index._index_noted, noted))
        noted.setdefault(contents._name, set()).update(contents.ids)

    @api.model
    def _index_noted(self, noted):
        """:param dict[str, set[int]] noted: contents, by model"""
        while noted:
            name, numbers = noted.popitem()
            self._index(self.env[name].browse(sorted(numbers)))

    @api.model
    def _index(self, contents):
        """Make the entries of some contents anew; what others do not read has none.

        :param collab.content.mixin contents: of one model
        """
        for numbers in split_every(BATCH, contents.ids):
            self._index_some(contents.browse(numbers))

    @api.model
    def _index_some(self, contents):
        # What is gone leaves its entry behind.
        numbers = set(contents.ids)
        # sudo: who may read what is found is decided by each search
        said, files = contents.sudo()._searched_with_files()
        known = self.env["collab.search.file"]._known(file for number in said for file in files.get(number, ()))
        is_joined = bool(contents._content().files)
        links = {
            number: {known[file.checksum]: file.name if is_joined else None for file in files.get(number, ())}
            for number in said
        }
        self._put(contents._name, said, links)
        self._remove(contents._name, numbers - said.keys())

    @api.model
    def _put(self, name, said, links):
        """Write entries, all in the same few statements: there may be a hundred thousand to make.

        :param str name: model of the contents
        :param dict[int, Searched] said: what each says, by its identifier
        :param dict[int, dict[int, str | None]] links: the files of each, and what is said of each beside its words
        """
        if not said:
            return
        rows, words = [], {}
        # What is needed of all the files, at once.
        self.env["collab.search.file"].browse({file for own in links.values() for file in own}).fetch(["size", "state"])
        for number, searched in said.items():
            title, vector = self._vectors(searched)
            whole = self._with_files(vector, links[number])
            rows.append(SQL("(%s, %s, %s, %s::tsvector, %s)", name, number, searched.title, str(title), whole))
            for word, written in vector.words.items():
                words.setdefault(word, written)
        entries = dict(
            self.env.execute_query(
                SQL(
                    "INSERT INTO collab_search_entry (res_model, res_id, title, title_vector, vector) VALUES %s"
                    " ON CONFLICT (res_model, res_id) DO UPDATE"
                    " SET title = excluded.title, title_vector = excluded.title_vector, vector = excluded.vector"
                    " RETURNING res_id, id",
                    SQL(", ").join(rows),
                )
            )
        )
        self.env["collab.search.word"]._learn(words)
        passages = {
            entries[number]: [(part.label, part.page, text) for part in searched.parts for text in split(part.text)]
            for number, searched in said.items()
        }
        self.env["collab.search.passage"]._replace("entry_id", passages)
        self._link({entries[number]: own for number, own in links.items()})

    @api.model
    def _vectors(self, searched):
        """:return tuple[Vector, Vector]: the words of the title of a content, and all its words"""
        title, vector = Vector(), Vector()
        title.add(searched.title)
        vector.add(searched.title, "A")
        vector.add(searched.said, "B")
        for part in searched.parts:
            vector.add(part.text, "C")
        return title, vector

    @api.model
    def _with_files(self, vector, links):
        """:return SQL: the words of a content, and those of its files"""
        whole, size = SQL("%s::tsvector", str(vector)), vector.size
        for file in self.env["collab.search.file"].browse(links):
            size += file.size
            if size < ALL_WORDS_MAX_BYTES and file.state == "text":
                whole = SQL("%s || (SELECT vector FROM collab_search_file WHERE id = %s)", whole, file.id)
        return whole

    @api.model
    def _link(self, links):
        """:param dict[int, dict[int, str | None]] links: the files of each entry, and what is said of each"""
        Link = self.env["collab.search.link"]
        known = {(link.entry_id.id, link.file_id.id): link for link in Link.search([("entry_id", "in", list(links))])}
        wanted = {(entry, file): label for entry, own in links.items() for file, label in own.items()}
        Link.union(*(link for pair, link in known.items() if pair not in wanted)).unlink()
        for pair, label in wanted.items():
            if pair in known:
                known[pair].label = label
        new = [pair for pair in wanted if pair not in known]
        Link.create([{"entry_id": entry, "file_id": file, "label": wanted[entry, file]} for entry, file in new])

    @api.model
    def _remove(self, name, numbers):
        if numbers:
            self.search([("res_model", "=", name), ("res_id", "in", list(numbers))]).unlink()

    def _files(self):
        """:return list[FileOf]: those of this content"""
        self.ensure_one()
        content = self.env[self.res_model].browse(self.res_id).sudo().exists()  # sudo: as in _index
        return content._searched_files().get(self.res_id, []) if content else []

    def _again(self):
        """Make these entries anew."""
        for name, entries in self.grouped("res_model").items():
            self._index(self.env[name].browse(entries.mapped("res_id")))

    # The whole

    @api.model
    def _rebuild(self):
        """Make the whole index anew, a few contents at a time; searches go on meanwhile. Whoever starts it again after
        it was stopped goes on where it was."""
        self = self.with_context(lang=LANG, active_test=False)
        parameters = self.env["ir.config_parameter"].sudo()  # sudo: how far it has come
        names = self.env["collab.contents"]._names()
        at, _, last = (parameters.get_param(PROGRESS) or START).partition(":")
        for name in names[names.index(at) if at in names else 0 :]:
            number = int(last) if name == at else 0
            while contents := self.env[name].sudo().search([("id", ">", number)], order="id", limit=BATCH):
                self._index(contents)
                number = contents[-1].id
                parameters.set_param(PROGRESS, f"{name}:{number}")
                self.env["ir.cron"]._commit_progress()
                self.env.invalidate_all()
        self._drop_lost()
        parameters.set_param(PROGRESS, False)
        self.env["collab.search.word"]._count()
        self.env["ir.cron"]._commit_progress()

    @api.model
    def _go_on(self):
        """Index what is left to do: the whole, if it has been asked for, then the files that wait."""
        if self.env["ir.config_parameter"].sudo().get_param(PROGRESS):  # sudo: as in _rebuild
            self._rebuild()
        self.env["collab.search.file"]._read_waiting()

    @api.model
    def _tidy(self):
        """Forget what is gone, and count the words of what is there."""
        self._drop_lost()
        self.env["collab.search.word"]._count()

    @api.model
    def _drop_lost(self):
        """Forget the entries of contents that are gone without a word."""
        for name in self.env["collab.contents"]._names():
            self.env.cr.execute(
                SQL(
                    "DELETE FROM collab_search_entry entry WHERE res_model = %s"
                    " AND NOT EXISTS (SELECT FROM %s content WHERE content.id = entry.res_id)",
                    name,
                    SQL.identifier(self.env[name]._table),
                )
            )
        self.env.cr.execute(
            SQL("DELETE FROM collab_search_entry WHERE res_model NOT IN %s", self.env["collab.contents"]._names())
        )
        self.invalidate_model()
