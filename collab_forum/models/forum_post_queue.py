from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.collab_contribution.models.collab_contribution_mixin import BIN_DAYS
from odoo.addons.collab_reseaux.models.res_users import AudienceScope

QUEUE_MAX = 100
# What may hurt somebody comes first, then what somebody waits for.
URGENCY = ("flag", "pending", "edit", "unanswered")


class ForumPost(models.Model):
    """What awaits a moderator in the forum, and what lies in its bin."""

    _inherit = "forum.post"

    @api.model
    def _own_audiences(self):
        """:return Domain: on posts, what is addressed to everyone or to a network of the moderator, even when a setting
        lets him read the others"""
        if self.env.user.has_group("collab_reseaux.group_administrator"):
            return Domain.TRUE
        # sudo: his own memberships
        networks = frozenset(self.env.user.sudo().partner_id.scope_network_ids.ids)
        return Domain("audience_id", "in", self.env["collab.audience"]._visible_ids(AudienceScope(networks, None)))

    @api.model
    def _queue(self, limit=QUEUE_MAX):
        """List what awaits the current moderator: what has been flagged, what waits, what nobody has answered.

        :param int limit: of each
        :return list[dict]: ``what`` (flag, pending, edit, unanswered), ``model``, ``id``, ``case_url``, ``nature`` (as
            ``_nature``), ``answer_url``, ``title``, ``url``, ``text``, ``shown`` (the same, with its form), ``author``,
            ``organisation``, ``when``, ``reasons``, ``files``, ``edit`` (as ``collab.edit.mixin._row``, or ``None``);
            what is flagged before what is unanswered, and the oldest first
        :raises AccessError: he does not moderate
        """
        items = self._queue_items(limit)
        files = self.env["collab.forum.attachment"]._rows_by_content(
            self.union(*(item[1] for item in items if item[1]._name == self._name))
        )
        authors = self._authors(self.env["res.users"].union(*(item[1].create_uid for item in items)))
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        rows, edits = [], self.env["collab.forum.edit"]
        for what, record, date, flags in items:
            post = record._post()
            question = post._question()
            author, organisation = authors[record.create_uid.id]
            rows.append(
                {
                    "what": what,
                    "model": record._name,
                    "id": record.id,
                    "case_url": record._case_url(),
                    "nature": record._nature(),
                    "answer_url": f"/forum/{question.id}#repondre",
                    "title": question.name,
                    "url": post._url(),
                    "text": (post.plain_content if record == post else record.body) or "",
                    "shown": post.content if record == post else record.body,
                    "edit": edits._of(record)._row() if what == "edit" else None,
                    "author": author,
                    "organisation": organisation,
                    "when": say_when(date, {}),
                    "reasons": flags.mapped("reason"),
                    "files": files.get(record.id, []) if record == post else [],
                }
            )
        return rows

    @api.model
    def _queue_items(self, limit=QUEUE_MAX):
        """:param int limit: of each
        :return list[tuple]: what, text, date since when, flags; by urgency, and the oldest first
        :raises AccessError: the current user does not moderate"""
        if not self.env.user.has_group("collab_reseaux.group_moderator"):
            raise AccessError(self.env._("Only the federations do this."))
        mine = self._own_audiences()
        under = Domain("post_id", "any", mine)
        Flag, Comment = self.env["collab.forum.flag"], self.env["collab.forum.comment"]
        flagged = {}
        for flag in Flag.search(Domain("is_closed", "=", False) & under, limit=limit, order="id"):
            flagged.setdefault(flag._about(), Flag)
            flagged[flag._about()] |= flag
        pending = Domain("state", "=", "pending")
        items = [("flag", record, flags[0].create_date, flags) for record, flags in flagged.items()]
        for records in (
            self.search(pending & mine, limit=limit, order="create_date"),
            Comment.search(pending & under, limit=limit, order="create_date"),
        ):
            items += [("pending", record, record.create_date, Flag) for record in records]
        in_place = Domain("post_id.active", "=", True) & (
            Domain("comment_id", "=", False) | Domain("comment_id.active", "=", True)
        )
        edits = self.env["collab.forum.edit"].search(under & in_place, limit=limit)
        items += [("edit", edit._about(), edit.create_date, Flag) for edit in edits]
        unanswered = self.search(self._waiting_domain() & mine, limit=limit, order="shown_date")
        items += [("unanswered", record, record.shown_date, Flag) for record in unanswered]
        return sorted(items, key=lambda item: (URGENCY.index(item[0]), item[2]))

    @api.model
    def _queue_sentence(self, items=None):
        """:param list[tuple] | None items: as ``_queue_items``, if they are known already
        :return str: how much awaits the current moderator, and for how long; empty: nothing does"""
        items = self._queue_items() if items is None else items
        if not items:
            return ""
        age = self._age(items[0][2])
        if len(items) == 1:
            return self.env._("1 thing awaits you in the forum, for %s", age)
        return self.env._(
            "%(number)s things await you in the forum, the oldest for %(age)s", number=len(items), age=age
        )

    @api.model
    def _age(self, date):
        """:param datetime date: in the past
        :return str: for how long, as one says it"""
        hours = max(0, int((fields.Datetime.now() - date).total_seconds())) // 3600
        days = hours // 24
        if days:
            return self.env._("1 day") if days == 1 else self.env._("%s days", days)
        if hours:
            return self.env._("1 hour") if hours == 1 else self.env._("%s hours", hours)
        return self.env._("less than an hour")

    @api.model
    def _bin(self, limit=QUEUE_MAX):
        """List what lies in the bin of the networks of the current moderator.

        :param int limit: of questions and answers, and of comments
        :return list[dict]: ``model``, ``case_url``, ``nature``, ``title``, ``text``, ``author``, ``when``, ``left``
            (days until it is gone for good), ``by`` (the moderator; empty: its author) and ``reason``; the latest first
        :raises AccessError: he does not moderate
        """
        if not self.env.user.has_group("collab_reseaux.group_moderator"):
            raise AccessError(self.env._("Only the federations do this."))
        removed = Domain("active", "=", False) & Domain("removed_date", "!=", False)
        Post = self.with_context(active_test=False)
        Comment = Post.env["collab.forum.comment"]
        mine = Post._own_audiences()
        found = [
            *Post.search(removed & mine, limit=limit, order="removed_date desc"),
            *Comment.search(removed & Domain("post_id", "any", mine), limit=limit, order="removed_date desc"),
        ]
        found.sort(key=lambda record: record.removed_date, reverse=True)
        last = {}
        for action in self.env["collab.forum.action"].search(
            Domain("kind", "in", ("remove", "restore")) & Domain("post_id", "in", [part._post().id for part in found]),
            order="id",
        ):
            last[action._about()] = action
        authors = self._authors(
            self.env["res.users"].union(
                *(record.create_uid for record in found), *(action.create_uid for action in last.values())
            )
        )
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        now, rows = fields.Datetime.now(), []
        for record in found:
            post, action = record._post(), last.get(record)
            by_moderator = action and action.kind == "remove"
            rows.append(
                {
                    "model": record._name,
                    "case_url": record._case_url(),
                    "nature": record._nature(),
                    "title": post._question().name,
                    "text": (post.plain_content if record == post else record.body) or "",
                    "author": authors[record.create_uid.id][0],
                    "when": say_when(record.removed_date, {}),
                    "left": max(0, BIN_DAYS - (now - record.removed_date).days),
                    "by": authors[action.create_uid.id][0] if by_moderator else "",
                    "reason": action.reason if by_moderator else "",
                }
            )
        return rows
