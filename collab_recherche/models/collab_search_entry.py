from functools import partial

from odoo import SUPERUSER_ID, api, fields, models, tools
from odoo.tools import SQL, split_every

from ..passages import split
from ..words import Vector

# A tsvector holds one megabyte of words.
ALL_WORDS_MAX_BYTES = 900_000
# Contents indexed together: in the same statements, and in one transaction when the whole index is made.
BATCH = 100
LANG = "fr_FR"
# How many contents are recent, the latest ones; and with how many it is time to say again which. Where there are fewer,
# all of them are recent.
RECENT, RECENT_MOST = 12_000, 16_000
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
    day = fields.Datetime(readonly=True, help="That of the content, when it was indexed.")
    is_recent = fields.Boolean(
        string="Recent", readonly=True, help="Among the latest contents, which a search reads first."
    )
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
        self.env.cr.execute("UPDATE collab_search_entry SET is_recent = TRUE WHERE is_recent IS NULL")
        for column in ("vector", "title_vector"):
            for suffix, condition in (("idx", SQL("")), ("recent_idx", SQL("WHERE is_recent"))):
                self.env.cr.execute(
                    SQL(
                        "CREATE INDEX IF NOT EXISTS %s ON collab_search_entry USING gin (%s) %s",
                        SQL.identifier(f"collab_search_entry_{column}_{suffix}"),
                        SQL.identifier(column),
                        condition,
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
    def _index(self, contents, is_recent=True):
        """Make the entries of some contents anew; what others do not read has none.

        :param collab.content.mixin contents: of one model
        :param bool is_recent: they have just changed; otherwise, new entries are not, and others stay as they are
        """
        for numbers in split_every(BATCH, contents.ids):
            self._index_some(contents.browse(numbers), is_recent)

    @api.model
    def _index_some(self, contents, is_recent):
        # What is gone leaves its entry behind.
        numbers = set(contents.ids)
        everything = contents.sudo()  # sudo: who may read what is found is decided by each search
        said, files = everything._searched_with_files()
        days = {content.id: content.content_date for content in everything.browse(said)}
        known = self.env["collab.search.file"]._known(file for number in said for file in files.get(number, ()))
        is_joined = bool(contents._content().files)
        links = {
            number: {known[file.checksum]: file.name if is_joined else None for file in files.get(number, ())}
            for number in said
        }
        self._put(contents._name, said, days, links, is_recent)
        self._remove(contents._name, numbers - said.keys())

    @api.model
    def _put(self, name, said, days, links, is_recent):
        """Write entries, all in the same few statements: there may be a hundred thousand to make.

        :param str name: model of the contents
        :param dict[int, Searched] said: what each says, by its identifier
        :param dict[int, datetime] days: of each
        :param dict[int, dict[int, str | None]] links: the files of each, and what is said of each beside its words
        :param bool is_recent: as ``_index``
        """
        if not said:
            return
        rows, words = [], {}
        # What is needed of all the files, at once.
        self.env["collab.search.file"].browse({file for own in links.values() for file in own}).fetch(["size", "state"])
        for number, searched in said.items():
            title, vector = self._vectors(searched)
            whole = self._with_files(vector, links[number])
            entry = name, number, searched.title, days[number], is_recent, str(title), whole
            rows.append(SQL("(%s, %s, %s, %s, %s, %s::tsvector, %s)", *entry))
            for word, written in vector.words.items():
                words.setdefault(word, written)
        entries = dict(
            self.env.execute_query(
                SQL(
                    "INSERT INTO collab_search_entry AS entry"
                    " (res_model, res_id, title, day, is_recent, title_vector, vector) VALUES %s"
                    " ON CONFLICT (res_model, res_id) DO UPDATE SET title = excluded.title, day = excluded.day,"
                    " is_recent = entry.is_recent OR excluded.is_recent,"
                    " title_vector = excluded.title_vector, vector = excluded.vector"
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
            self._index(self.env[name].browse(entries.mapped("res_id")), is_recent=False)

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
                self._index(contents, is_recent=False)
                number = contents[-1].id
                parameters.set_param(PROGRESS, f"{name}:{number}")
                self.env["ir.cron"]._commit_progress()
                self.env.invalidate_all()
        self._drop_lost()
        self._age()
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
        if self.search_count([("is_recent", "=", True)], limit=RECENT_MOST + 1) > RECENT_MOST:
            self._age()
        self.env["collab.search.word"]._count()

    @api.model
    @tools.ormcache()
    def _is_long(self):
        """:return bool: there are so many contents that some are not recent; if it does not know it yet, a search reads
        them all"""
        [(is_long,)] = self.env.execute_query(
            SQL("SELECT EXISTS (SELECT FROM collab_search_entry WHERE NOT is_recent)")
        )
        return is_long

    @api.model
    def _age(self):
        """Say again which contents are recent."""
        self.env.cr.execute(
            SQL(
                "WITH latest AS (SELECT id FROM collab_search_entry ORDER BY day DESC NULLS LAST, id DESC LIMIT %s),"
                " aged AS (SELECT id, id IN (SELECT id FROM latest) AS is_recent FROM collab_search_entry)"
                " UPDATE collab_search_entry entry SET is_recent = aged.is_recent FROM aged"
                "  WHERE aged.id = entry.id AND aged.is_recent IS DISTINCT FROM entry.is_recent",
                RECENT,
            )
        )
        self.invalidate_model(["is_recent"])
        self.env.registry.clear_cache()

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
