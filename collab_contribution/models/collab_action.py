from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.collab_comptes.exceptions import AlreadyDone
from odoo.addons.collab_courrier.models.collab_notification import Event
from odoo.addons.collab_reseaux.calls import CHOOSE, READ, opened

from .collab_moderated_mixin import UNDOES

# Actions on a person, and not on a text: the mails about his account tell him.
ABOUT_PEOPLE = ("suspend", "resume")
# What an author may contest: what has been decided against what he wrote, and can still be changed.
CONTESTABLE = ("refuse", "correct", "refuse_edit", "hide", "remove", "close", "move", "unapprove")


class CollabAction(models.Model):
    """The log of what moderators have done, to what, and why. Rows are added to it, and never changed. The author of a
    text reads what has been done to it, and may contest it."""

    _name = "collab.action"
    _inherit = "collab.note.mixin"
    _description = "Action of a moderator"
    _order = "id desc"
    _rec_name = "title"
    _calls = opened("moderator", *READ, *CHOOSE, "action_open_page")

    kind = fields.Selection(
        [
            ("accept", "Accepted"),
            ("refuse", "Refused"),
            ("keep", "Looked at, and left as it is"),
            ("correct", "Corrected"),
            ("accept_edit", "Correction accepted"),
            ("refuse_edit", "Correction refused"),
            ("tidy", "Put in its place"),
            ("move", "Moved to another theme"),
            ("merge", "Merged with another one"),
            ("close", "Closed"),
            ("reopen", "Opened again"),
            ("hide", "Hidden"),
            ("show", "Shown again"),
            ("remove", "Put in the bin"),
            ("restore", "Taken out of the bin"),
            ("withdraw", "Deleted by its author"),
            ("put_back", "Put back by its author"),
            ("close_own", "Closed by its author"),
            ("reopen_own", "Opened again by its author"),
            ("approve", "Answer approved"),
            ("unapprove", "Answer not approved any more"),
            ("pin", "Pinned at the top"),
            ("unpin", "Pinned no more"),
            ("contest", "Contested by its author"),
            ("uphold", "Decision upheld"),
            ("suspend", "Suspended from writing"),
            ("resume", "May write again"),
        ],
        required=True,
        readonly=True,
    )
    title = fields.Char(readonly=True, help="Of its content at that moment.")
    author_id = fields.Many2one("res.users", string="Author of the text", readonly=True, index="btree_not_null")
    reason = fields.Text(readonly=True)
    detail = fields.Text(string="Before", readonly=True)

    _text_idx = models.Index("(res_model, res_id)")

    @api.model
    def _audience_domain(self):
        scope = self.env.user._audience_scope()
        if scope is None:
            return Domain.FALSE
        own = Domain("author_id", "=", self.env.uid)
        if not self.env.user.has_group("collab_reseaux.group_moderator"):
            return own
        others = self._moderated_domain()
        domain = own | Domain("create_uid", "=", self.env.uid)
        if others.is_true():
            return others
        # Why a person is suspended is for moderators who share a network with this person, and with whoever did it. The
        # others only know that this person is suspended.
        decided = Domain("kind", "in", ABOUT_PEOPLE)
        near = Domain("partner_id.scope_network_ids", "in", self.env.user._networks().ids)
        # sudo: memberships are compared, and not shown
        people = self.env["res.users"].sudo()._search(near, active_test=False)
        told = Domain("author_id", "in", people) & Domain("create_uid", "in", people)
        alone = Domain("res_model", "=", False)
        return domain | (others & ~decided) | (decided & told & (others | alone))

    def _rows(self):
        """:return list[dict]: what a page shows of these actions: ``id``, ``kind``, ``what`` (its label), ``nature``
        (of the text, in a word), ``is_about_person`` (and not about a text), ``title``, ``url`` of the page of that
        text (``None``: it does not exist any more, or the reader may not read it), ``reason``, ``before``, ``by``,
        ``author``, ``when``"""
        labels = dict(self._fields["kind"]._description_selection(self.env))
        readable = self._readable_texts()
        people = self._authors(self.create_uid | self.author_id)
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        rows = []
        for action in self:
            text = (action.res_model, action.res_id)
            text = self.env[action.res_model].browse(action.res_id) if text in readable else None
            rows.append(
                {
                    "id": action.id,
                    "kind": action.kind,
                    "what": labels[action.kind],
                    "nature": text._nature() if text else "",
                    "is_about_person": action.kind in ABOUT_PEOPLE,
                    "title": action.title or "",
                    "url": text._case_url() if text else None,
                    "reason": action.reason or "",
                    "before": action.detail or "",
                    "by": people[action.create_uid.id][0],
                    "author": people[action.author_id.id][0] if action.author_id else "",
                    "when": say_when(action.create_date, {}),
                }
            )
        return rows

    def _already_done(self):
        """:return AlreadyDone: an error that says who has done this, and when; without a name when the log has no such
        action (``self`` is empty)"""
        if self.create_uid == self.env.user:
            return AlreadyDone(self.env._("You have already done it."))
        if self:
            return AlreadyDone(self.env._("%(person)s has already done it, %(when)s.", **self._who_and_when()))
        return AlreadyDone(self.env._("It is done already."))

    def _who_and_when(self):
        """:return dict: ``person`` and ``when``, for a sentence"""
        people = self._authors(self.create_uid)
        return {
            "person": people[self.create_uid.id][0],
            "when": self.env["ir.qweb.field.collab_when"]._said(self.create_date),
        }

    def action_open_page(self):
        """:return dict: the action that opens, from a screen of the federations, the page of the text that it was about
        :raises UserError: the text does not exist any more, or the current user may not read it
        """
        return self._open_case()

    # What its author is told, and may answer

    def _notice_url(self):
        """:return str: the path of the page where the author of the text reads this decision, and may contest it"""
        return f"/moderation/avis/{self.id}"

    def _decided(self):
        """:return str | None: a sentence for the author of the text: what has been done with it; None when this kind of
        action is not told"""
        theirs = self._what_he_wrote()
        return {
            "accept": self.env._("A moderator has accepted %s", theirs),
            "refuse": self.env._("A moderator has not accepted %s", theirs),
            "correct": self.env._("A moderator has corrected %s", theirs),
            "accept_edit": self.env._("A moderator has accepted your correction of %s", theirs),
            "refuse_edit": self.env._("A moderator has not accepted your correction of %s", theirs),
            "move": self.env._("A moderator has moved %s to another theme", theirs),
            "merge": self.env._("A moderator has merged %s with another one", theirs),
            "close": self.env._("A moderator has closed %s", theirs),
            "reopen": self.env._("A moderator has opened %s again", theirs),
            "hide": self.env._("A moderator has hidden %s", theirs),
            "show": self.env._("A moderator has shown %s again", theirs),
            "remove": self.env._("A moderator has removed %s", theirs),
            "restore": self.env._("A moderator has put back %s", theirs),
            "approve": self.env._("A federation has approved %s", theirs),
            "unapprove": self.env._("A federation does not approve %s any more", theirs),
            "uphold": self.env._("The decision about %s is upheld", theirs),
        }.get(self.kind)

    def _what_he_wrote(self):
        """:return str: what this action is about, for its author; without the title, if he may not read it"""
        # sudo: the text may be closed to its author now
        text = self.sudo()._about()
        title = text._titles_for(self.env.user).get(text) if text else None
        return text._yours(title) if text else self.env._("what you wrote")

    def _notification(self, kind, event):
        if kind != "moderation" or self.author_id != self.env.user:
            return None
        subject = self._decided()
        if not subject:
            return None
        said = self.reason or ""
        if self.kind == "refuse_edit":
            # Others go on reading the text of before: his is nowhere else.
            said = "\n".join([said, self.env._("You had written: %s", self.detail)])
        if self.kind == "merge":
            said = "\n\n".join([said, self.env._("You do not agree? Write to your federation.")])
        elif self._may_be_contested():
            contest = self.env._("You do not agree? Open this page and say why: another person decides.")
            said = "\n\n".join([said, contest])
        return {"title": subject, "subject": subject, "said": said, "url": self._notice_url()}

    def _may_be_contested(self):
        """:return bool: the current user may contest this decision: it is about what he wrote, and he has not yet"""
        if self.kind not in CONTESTABLE or self.author_id != self.env.user:
            return False
        # sudo: the text may be closed to its author now, and the log is not his
        action = self.sudo()
        text = action._about()
        return bool(text) and not action._contestation() and not action._is_undone(text)

    def _is_undone(self, text):
        """:param collab.contribution.mixin text: that this action is about
        :return bool: it has been undone since"""
        contrary = [kind for kind, kinds in UNDOES.items() if self.kind in kinds]
        since = Domain("id", ">", self.id) & Domain("kind", "in", contrary)
        return bool(self.search_count(since & self._naming_domain(text), limit=1))

    def _contestation(self):
        """:return collab.flag: what the author has said against this decision, in sudo; empty: nothing"""
        # sudo: read by the page of the decision, which the current user may read
        return self.env["collab.flag"].sudo().search([("action_id", "=", self.id)])

    def _contest(self, reason):
        """Say that one does not agree with what has been decided. Another moderator than the one who has decided, or an
        administrator, looks at it again.

        :param str reason: why
        :raises AccessError: the current user has not written the text
        :raises AlreadyDone: he has contested this already
        :raises UserError: this cannot be contested
        :raises ValidationError: no reason is given
        """
        self.check_access("read")
        if self.author_id != self.env.user:
            raise AccessError(self.env._("Another person has written this."))
        reason = self.env["res.users"]._reason(reason)
        # sudo: members write neither flags nor the log; the text may be closed to its author now
        action = self.sudo()
        text = action._about()
        if not text or self.kind not in CONTESTABLE or action._is_undone(text):
            raise UserError(self.env._("This cannot be contested any more. Write to your federation."))
        text._post()._lock()
        if action._contestation():
            raise AlreadyDone(self.env._("You have already contested this decision."))
        self.env["collab.daily.count"]._take("flag")
        # sudo: as above
        flag = (
            self.env["collab.flag"]
            .sudo()
            .create(
                {
                    **self._naming(text),
                    "purpose": "contest",
                    "action_id": self.id,
                    "reason": reason,
                    "title": self.title,
                }
            )
        )
        text._note_action("contest", reason, tells=False)
        told = flag._others() or self.create_uid
        self.env["collab.notification"]._notify("queue", flag, Event("flagged", flag), told.sudo(False))

    def write(self, vals):
        # The only change: when a person is erased, the row stays, but the words about him (the reason) are removed.
        if not self.env.su or vals != {"reason": False}:
            raise UserError(self.env._("The log of the moderators does not change."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The log of the moderators is kept."))
