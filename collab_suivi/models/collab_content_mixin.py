import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..content import Reading
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
            ``when``, ``author``, ``audience``, ``slug``, ``is_new`` and ``is_favourite``
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
        return records

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & self._counted_fields():
            self._note_change()
        return result

    def unlink(self):
        result = super().unlink()
        self._note_change()
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
