import json
from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.fields import Domain
from odoo.tools import SQL

from ..content import Part, Reading, Searched
from ..words import words_said
from .collab_mark import NEW_DAYS

# When one of these fields changes, what is new to each reader may change.
COUNTED = frozenset({"active", "content_date", "audience_network_ids", "audience_territory_ids"})
# It is useless to count further: pages show "99+".
COUNT_MAX = 100


class CollabContentMixin(models.AbstractModel):
    """What members write for each other: it has an audience, a date, and is new to each of them until he opens it."""

    _name = "collab.content.mixin"
    _inherit = ["collab.audience.mixin", "collab.bookmark.mixin", "collab.change.mixin"]
    _description = "Content"
    # The field that holds who has set the content date: the content is not new to him.
    _changed_by = "create_uid"

    content_date = fields.Datetime(
        string="Added or changed",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        default=fields.Datetime.now,
        help="When there was something to read for the last time: its creation, or a new version.",
    )
    is_new = fields.Boolean(string="New to me", compute="_compute_is_new", search="_search_is_new", compute_sudo=True)

    @api.model
    def _content(self):
        """:return Content: the declaration of this kind of content, for the current user"""
        raise NotImplementedError

    @api.model
    def _latest(self, domain=(), limit=None, offset=0):
        """:return: the contents that the current user may read, the latest first. A module that has its own lists
        extends this method, to read all the fields that ``_rows`` shows in one query"""
        return self.search(Domain(domain), order="content_date desc, id desc", limit=limit, offset=offset)

    def _signers(self):
        """:return res.users: those whom ``_rows`` names for these records"""
        return self.create_uid

    @api.model
    def _rows(self, records, marks=None):
        """
        :param records: of this model, as given by ``_latest``
        :param dict | None marks: those of the reader, by kind, if they are known already
        :return list[dict]: what lists show of each record: at least ``id``; this method also gives ``title``, ``url``,
            ``when``, ``author``, ``audience``, ``slug``, ``icon``, ``is_new`` and ``is_favourite``. A search, which
            finds several kinds, adds ``nature`` (as ``Content.nature``) and ``extract`` (HTML), and marks words in
            ``title``: the row template shows them
        """
        said = self._content()
        marks = self.env["collab.mark"]._of(self._name, kinds=("seen", "favourite")) if marks is None else marks
        authors = self.env["collab.member"]._named_by_account(records._signers().ids)
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        new = records._new_among(marks)
        return [
            {
                "id": record.id,
                "slug": self._slug,
                "icon": said.icon,
                "title": record[said.title],
                "url": f"{said.address}/{record.id}",
                "when": say_when(record.content_date, {}),
                "author": authors.get(record.create_uid.id, (None,))[0],
                "audience": self.env["collab.audience"]._html(record.audience_id.id),
                "is_new": record.id in new,
                "is_favourite": record.id in marks.get("favourite", {}),
            }
            for record in records
        ]

    @api.model
    def _archive_own(self, person, archive):
        """Write what a person has published in the archive of his own data.

        :param res.users person: the one who asks for it
        :param zipfile.ZipFile archive: open, for writing
        """
        # sudo: all that he has published is his own data, even in a network that he has left, and even in the bin
        contents = self.sudo().with_context(active_test=False)
        own = contents.search([("create_uid", "=", person.id)], order="id")
        exported = self._content().exported
        listed = [{word: one._said(name) for word, name in exported.items()} for one in own]
        archive.writestr(f"{self._slug}.json", json.dumps(listed, ensure_ascii=False, indent=2, default=str))

    def _said(self, name):
        """:return: the value of a field as the archive shows it; for a relational field, the names of its records"""
        field, value = self._fields[name], self[name]
        if not field.relational:
            return value
        return value.mapped("display_name") if field.type.endswith("2many") else value.display_name

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env["collab.fact"]._note("write", self._slug)
        self._note_change()
        records._searched_in()._note_searched()
        return records

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & self._counted_fields():
            self._note_change()
        if vals.keys() & self._searched_from():
            self._searched_in()._note_searched()
        return result

    def unlink(self):
        contents = self._searched_in()
        result = super().unlink()
        self._note_change()
        contents._note_searched()
        return result

    @api.model
    def _note_change(self):
        """Note that the numbers counted before, for this kind of content, may be wrong now."""
        self.env["collab.change"]._note(self._name)

    @api.model
    def _counted_fields(self):
        """:return frozenset[str]: the fields on which the numbers counted for this kind of content depend"""
        return COUNTED

    @api.model
    def _seen_until(self, marks=None):
        """:param dict | None marks: those of the current user, by kind, when they have been read already
        :return datetime: contents of this date, or older, are not new to the current user"""
        if marks is None:
            marks = self.env["collab.mark"]._of(self._name, [0], ("seen",))
        marked = marks.get("seen", {}).get(0)
        # sudo: the creation date of his own account
        since = marked or self.env.user.sudo().create_date
        return max(since, fields.Datetime.now() - timedelta(days=NEW_DAYS))

    def _new_among(self, marks):
        """:param dict marks: those of the current user on these records, by kind; under 0, when he has seen them all
        :return set[int]: those of these records that are new to him"""
        since, seen = self._seen_until(marks), marks.get("seen", {})
        return {
            record.id
            for record in self
            if (date := record.content_date)
            and date > since
            and record[self._changed_by] != self.env.user
            and not seen.get(record.id, since) >= date
        }

    @api.depends_context("uid")
    @api.depends("content_date")
    def _compute_is_new(self):
        new = self._new_among(self.env["collab.mark"]._of(self._name, [0, *self.ids], ("seen",)))
        for record in self:
            record.is_new = record.id in new

    @api.model
    def _search_is_new(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._new_domain()

    @api.model
    def _new_domain(self):
        """:return Domain: what others have added or changed, and the current user has not opened since"""
        uid = self.env.uid

        def not_seen(model, alias, query):
            return SQL(
                "NOT EXISTS (SELECT FROM collab_mark mark WHERE mark.user_id = %s AND mark.kind = 'seen'"
                " AND mark.res_model = %s AND mark.res_id = %s AND mark.date >= %s)",
                uid,
                model._name,
                SQL.identifier(alias, "id"),
                SQL.identifier(alias, "content_date"),
            )

        recent = Domain("content_date", ">", self._seen_until()) & Domain(self._changed_by, "!=", uid)
        return recent & Domain.custom(to_sql=not_seen)

    @api.model
    def _first(self, limit):
        """
        :param int limit: how many of the latest ones
        :return tuple[Model, Model, Model]: what the first page shows of these contents: those of the reader to which
            others have added something that he has not seen, those that await somebody like him, the latest others;
            each as given by ``_latest``
        """
        return self.browse(), self.browse(), self._latest(limit=limit)

    @api.model
    def _answered_rows(self, records):
        """:return list[dict]: as ``_rows``, with ``said``, the beginning of what has been added"""
        return self._rows(records)

    @api.model
    def _count_new(self):
        """Count in memory, among the contents of the last weeks, which are kept until one of them changes. Every page
        shows this number; it only needs the queries that read the marks and the states of all kinds of content.

        :return int: how many are new to the current user, COUNT_MAX at most
        """
        reading = self._reading()
        if reading.audiences == ():
            return 0
        since, seen, uid = self._seen_until(reading.marks), reading.marks.get("seen", {}), self.env.uid
        number = 0
        for date, content, audience, author in self._since_last_change("recent", reading.state, self._recent):
            if date <= since or number == COUNT_MAX:
                break
            if author != uid and reading.is_for(audience):
                number += not seen.get(content, since) >= date
        return number

    @api.model
    def _reading(self):
        """:return Reading: of the current user"""
        scope = self.env.user._audience_scope()
        if scope is None:
            return Reading((), None, {})
        everything = scope.network_ids is None and scope.territory_ids is None
        # Before the state, which the same query reads.
        marks = self.env["collab.mark"]._of(self._name, kinds=("seen", *self._marks))
        return Reading(
            None if everything else self.env["collab.audience"]._visible_ids(scope),
            self.env["collab.change"]._state(self._name),
            marks,
        )

    @api.model
    def _recent(self):
        """:return list[tuple]: date, identifier, audience and author of contents that may be new, the latest first"""
        self.flush_model()
        return self.env.execute_query(
            SQL(
                "SELECT content_date, id, audience_id, %s FROM %s WHERE content_date > %s AND %s"
                " ORDER BY content_date DESC, id DESC",
                SQL.identifier(self._changed_by),
                SQL.identifier(self._table),
                fields.Datetime.now() - timedelta(days=NEW_DAYS),
                self._recent_condition(),
            )
        )

    @api.model
    def _recent_condition(self):
        """:return SQL: a condition: people other than the author may read the content, if they are in its audience"""
        return SQL("active IS TRUE") if "active" in self._fields else SQL("TRUE")

    # What a search finds

    def _note_searched(self):
        """A hook for whatever finds these contents by their words: what ``_searched`` or ``_searched_files`` gives of
        them may have changed, in this transaction, or is about to. Some of them may be gone. It does nothing by itself,
        and is not the place to read them: what comes next may change them again."""

    @api.model
    @tools.ormcache()
    def _searched_from(self):
        """:return frozenset[str]: the fields of which a search reads something: when one of them changes, what it finds
        may change"""
        said = self._content()
        named = (path.partition(".")[0] for path in self._classed_by())
        return frozenset({"active", said.title, *([said.text] if said.text else ()), *named})

    @api.model
    def _classed_by(self):
        """:return tuple[str, ...]: the many2one fields, or the paths to them, of what these contents are classed by: a
        search finds its name too"""
        said = self._content()
        return tuple(filter(None, (said.theme, said.territory)))

    @api.model
    def _path_model(self, path):
        """:param str path: one of ``_classed_by``
        :return str: the model to which it leads"""
        model = self
        for name in path.split("."):
            model = self.env[model._fields[name].comodel_name]
        return model._name

    def _searched_in(self):
        """:return: the contents in which a search finds these texts: themselves"""
        return self

    def _searched(self):
        """Give what a search reads of these contents: what all those who may read them read, and nothing else. The
        platform asks for it, in sudo; the names of types are in the language of the environment. Whom a content is
        shown to is asked at each search.

        :return dict[int, Searched]: of those that others than their authors and their moderators read; the others are
            not in it
        """
        return self._searchable()._searched_by_content()

    def _searched_with_files(self):
        """:return tuple[dict, dict]: as ``_searched`` and ``_searched_files``, where what both need is read once"""
        found = self._searchable()
        return found._searched_by_content(), found._searched_files_by_content()

    def _searched_by_content(self):
        """:return dict[int, Searched]: as ``_searched``, for contents that a search finds"""
        said, parts = self._content(), self._searched_parts()
        return {
            one.id: Searched(
                one[said.title] or "", "\n".join(filter(None, one._searched_words())), tuple(parts[one.id])
            )
            for one in self
        }

    def _searchable(self):
        """:return: those of these texts that a search finds, with what it reads of them"""
        found = Domain("id", "in", self.ids) & self._searched_domain()
        return self.search_fetch(found, sorted(self._searched_from()))

    @api.model
    def _searched_domain(self):
        """:return Domain: what all those who are addressed read"""
        return Domain("active", "=", True) if "active" in self._fields else Domain.TRUE

    def _searched_words(self):
        """:return list[str | bool]: what else describes this content, in words; those that are not said are empty"""
        return [one[one._rec_name] for path in self._classed_by() for one in self.mapped(path)]

    def _searched_parts(self):
        """:return dict[int, list[Part]]: what is written in each of these contents, beside their titles"""
        return {one.id: [Part(words)] if (words := one._plain_words()) else [] for one in self}

    def _plain_words(self):
        """:return str: its text, without tags"""
        text = self._content().text
        if not text:
            return ""
        return words_said(self[text]) if self._fields[text].type == "html" else self[text] or ""

    def _searched_files(self):
        """:return dict[int, list[FileOf]]: as ``_searched``, the files whose words are found with each content"""
        return self._searchable()._searched_files_by_content()

    def _searched_files_by_content(self):
        """:return dict[int, list[FileOf]]: as ``_searched_files``, for contents that a search finds"""
        return {one.id: [] for one in self}

    @api.model
    def _search_filter(self, network=None, territory=None, theme=None, author=None, since=None):
        """
        :param int | None network: to which contents are addressed by name
        :param int | None territory: what lies in it counts
        :param int | None theme: of ``collab.theme``
        :param int | None author: of ``res.users``
        :param datetime | None since: UTC, naive
        :return Domain: what these leave of what lists show, as the list of these contents means them; nothing, where
            one of them has no sense
        """
        domain = Domain.TRUE
        if network:
            domain &= self._search_by_network(network)
        if territory:
            domain &= self._search_by_territory(territory)
        if theme:
            domain &= self._search_by_theme(theme)
        if author:
            domain &= Domain("create_uid", "=", author)
        if since:
            domain &= Domain("content_date", ">=", since)
        return domain

    @api.model
    def _search_by_network(self, network):
        """:return Domain: what is addressed to this network by name"""
        sides = self.env["collab.audience"]._all_sides()
        return Domain("audience_id", "in", [one for one, (networks, _where) in sides.items() if network in networks])

    @api.model
    def _search_by_territory(self, territory):
        """:return Domain: what is in this territory, or else what is addressed to it; what lies in it counts"""
        within, sides = self.env["collab.territory"]._within({territory}), self.env["collab.audience"]._all_sides()
        there = [one for one, (_networks, where) in sides.items() if not within.isdisjoint(where)]
        addressed, place = Domain("audience_id", "in", there), self._content().territory
        if not place:
            return addressed
        return Domain(place, "in", list(within)) | (Domain(place, "=", False) & addressed)

    @api.model
    def _search_by_theme(self, theme):
        """:return Domain: what is about this theme"""
        about = self._content().theme
        return Domain(about, "=", theme) if about else Domain.FALSE

    def _mark_seen(self):
        """Note that the current user has opened these contents."""
        self.env["collab.fact"]._note("read", self._slug)
        if any(record.is_new for record in self):
            self.env["collab.mark"]._put("seen", self._name, self.ids)
            self.invalidate_recordset(["is_new"], flush=False)

    @api.model
    def _mark_all_seen(self):
        """Nothing is new to the current user any more."""
        Mark = self.env["collab.mark"]
        Mark._put("seen", self._name, [0])
        # sudo: members may not delete marks. The marks of single contents add nothing to this date.
        one_by_one = Domain("user_id", "=", self.env.uid) & Domain("kind", "=", "seen")
        Mark.sudo().search(one_by_one & Domain("res_model", "=", self._name) & Domain("res_id", "!=", 0)).unlink()
        self.env[self._name].invalidate_model(["is_new"], flush=False)

    def _notification(self, kind, event):
        """Give what a mail says of this content to the current user, with his rights.

        :param str kind: one of ``collab.notification._kinds()``
        :param Event event: what has happened
        :return dict | None: ``subject``, ``title``, ``said`` (a text), ``url`` (a path) and, for what else it offers,
            ``links`` (words and paths); None: nothing for him any more
        """
        return None
