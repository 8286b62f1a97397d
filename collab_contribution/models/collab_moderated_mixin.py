from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.collab_courrier.models.collab_notification import Event

# In these states, those to whom a text is addressed read it; in the others, only its author and moderators.
SHOWN_STATES = ("active", "close")
# All the states that ``_case_state`` gives, except the bin.
IN_PLACE = ("active", "close", "pending", "hidden")


# What undoes a decision, whoever does it; and what changes one, when it is another than who has taken it.
UNDOES = {
    "accept": ("refuse",),
    "show": ("hide", "refuse"),
    "restore": ("remove", "merge"),
    "reopen": ("close",),
    "approve": ("unapprove",),
}
# What an author does with his own: the log does not keep the title of what he has deleted.
BY_AUTHOR = ("withdraw", "put_back", "close_own", "reopen_own")
CHANGES = {"correct": ("correct", "refuse_edit"), "accept_edit": ("refuse_edit",), "move": ("move",)}


class CollabModeratedMixin(models.AbstractModel):
    """A text on which moderators act: by these methods only, and with a reason that its author receives."""

    _name = "collab.moderated.mixin"
    _inherit = "collab.author.mixin"
    _description = "What moderators act on"

    @api.model
    def _reason(self, reason):
        """:param str reason: as it was typed
        :return str: cleaned and shortened
        :raises ValidationError: it is empty"""
        return self.env["res.users"]._reason(reason)

    @api.model
    def _short(self, reason):
        """:param str reason: optional, as it was typed
        :return str: cleaned and shortened"""
        return self.env["res.users"]._short(reason)

    def _as_moderator(self):
        """
        :return: these records, in sudo
        :raises MissingError: the current user may not read one of them
        :raises AccessError: he does not moderate them
        """
        self.check_access("read")
        posts = self._post()
        # A moderator who has left a network still reads his own texts there, but does not moderate them any more.
        if not self.env.user.has_group("collab_reseaux.group_moderator") or posts._addressed() != posts:
            raise AccessError(self.env._("Only the federations do this."))
        # sudo: moderators may not write the texts of others, except by the methods that call this one
        return self.sudo()

    def _case_state(self):
        """:return str: the state that moderators see: ``removed``, ``pending``, ``hidden``, ``close`` or ``active``"""
        if not self.active:
            return "removed"
        return self.state if self.state in IN_PLACE else "hidden"

    def _check_applies(self, states, done=(), kinds=()):
        """Check that an action makes sense now. Otherwise it would do nothing, and the moderator would believe it done.

        :param Collection[str] states: the values of ``_case_state`` in which it makes sense
        :param Collection[str] done: the values in which it has been done already
        :param Sequence[str] kinds: of ``collab.action``, the actions that lead to these values
        :raises AlreadyDone: it has been done; the message says by whom
        :raises UserError: it cannot be done; the message says why
        """
        state = self._case_state()
        if state in states:
            return
        if state in done:
            raise self._already_done(kinds)
        raise UserError(
            {
                "removed": self.env._("It is in the bin: put it back first."),
                "pending": self.env._("It waits to be read: let it be read first, or hide it."),
                "hidden": self.env._("It is hidden: show it again first."),
                "close": self.env._("This discussion is closed: open it again first."),
                "active": self.env._("Others read it already: there is nothing to do."),
            }[state]
        )

    def _last_action(self, kinds):
        """:return collab.action: the last one of these kinds on this very text, in sudo"""
        # sudo: the user may not read the whole log; only who has acted, and when, is used
        Action = self.env["collab.action"].sudo()
        return Action.search(Action._naming_domain(self) & Domain("kind", "in", kinds), limit=1)

    def _already_done(self, kinds):
        """
        :param Sequence[str] kinds: of ``collab.action``
        :return AlreadyDone: an error that says who has done it
        """
        return self._last_action(kinds)._already_done()

    def _note_action(self, kind, reason, detail=False, tells=True):
        """Write in the log what has been done, and tell the author of the text.

        :param str kind: of ``collab.action``
        :param str reason: why
        :param str detail: what the text was before
        :param bool tells: also tell its author
        """
        self.ensure_one()
        author = self.create_uid
        # sudo: nobody may write the log otherwise
        Action = self.env["collab.action"].sudo()
        action = Action.create(
            {
                **Action._naming(self),
                "kind": kind,
                "reason": reason,
                "detail": detail,
                "author_id": author.id,
                "title": False if kind in BY_AUTHOR else self._title(),
            }
        )
        self._reverse(kind)
        if tells:
            told, event = author.sudo(False), Event("decided", action)
            self.env["collab.notification"]._notify("moderation", action, event, told, held=kind == "remove")

    def _accept(self, reason=""):
        """Let others read what was waiting.

        :param str reason: optional, because the author has done nothing wrong
        """
        for record in self._as_moderator():
            record._check_applies(["pending"], SHOWN_STATES, ["accept", "show"])
            record.write({"state": "active", "moderator_id": self.env.uid})
            record._note_action("accept", self._short(reason))
            record._announce()

    def _hide(self, reason):
        """Hide this from all but its author and its moderators; when it was waiting for a moderator, refuse it.

        :param str reason: its author reads it
        """
        reason = self._reason(reason)
        for record in self._as_moderator():
            record._check_applies([*SHOWN_STATES, "pending"], ["hidden"], ["hide", "refuse"])
            kind = "refuse" if record.state == "pending" else "hide"
            record.write({"state": "hidden", "moderator_id": self.env.uid})
            record._close_flags("hide")
            record._note_action(kind, reason)

    def _show(self, reason):
        """Let others read again what was hidden.

        :param str reason: its author reads it
        """
        reason = self._reason(reason)
        for record in self._as_moderator():
            record._check_applies(["hidden"], SHOWN_STATES, ["show", "accept"])
            record._check_judges_another(["hide", "refuse"])
            was_read = bool(record.shown_date)
            record.write({"state": record._shown_state(), "moderator_id": self.env.uid})
            record._note_action("show", reason)
            if not was_read:
                record._announce()

    def _shown_state(self):
        """:return str: the value of ``state`` that it takes when it is shown again"""
        return "active"

    def _remove(self, reason):
        """Put this in the bin.

        :param str reason: its author reads it
        """
        reason = self._reason(reason)
        for record in self._as_moderator():
            record._check_applies(IN_PLACE, ["removed"], ["remove"])
            record.write({"active": False, "moderator_id": self.env.uid})
            record._close_flags("remove")
            record._close_flags("remove", "outdated")
            record._note_action("remove", reason)

    def _restore(self, reason=""):
        """Take this out of the bin, in one press.

        :param str reason: optional, because nothing is asked of its author
        """
        for record in self._as_moderator():
            record._check_applies(["removed"], IN_PLACE, ["restore"])
            record._check_judges_another(["remove", "merge"])
            record.write({"active": True, "moderator_id": self.env.uid})
            undone = record._last_action(["remove", "merge", "withdraw"])
            # What is put back at once has never been removed, for its author and for who has flagged it.
            is_recalled = undone.kind == "remove" and self.env["collab.notification"]._recall(Event("decided", undone))
            if is_recalled:
                record._reopen_flags("remove", undone.create_date)
            record._note_action("restore", self._short(reason), tells=not is_recalled)

    def _correct(self, vals, reason, without=()):
        """Change what another has written.

        :param dict vals: new values, for fields that its author may write
        :param str reason: its author reads it
        :param Iterable[int] without: attached files to remove
        :raises AccessError: there are other fields in the values
        :raises AlreadyDone: nothing changes, because a moderator has corrected it already
        :raises UserError: nothing changes
        """
        reason = self._reason(reason)
        for record in self._as_moderator():
            self._only(vals, record._author_fields())
            record._check_applies(IN_PLACE)
            taken, was = record._take_files_away(without), [record[name] for name in vals]
            before = "\n".join([record._before(vals), *taken])
            record.write({**vals, "corrected_date": fields.Datetime.now(), "moderator_id": self.env.uid})
            if not taken and was == [record[name] for name in vals]:
                if record._last_action(["correct"]):
                    raise record._already_done(["correct"])
                raise UserError(self.env._("You have changed nothing: correct it first."))
            record._close_flags("correct")
            record._note_action("correct", reason, before)

    def _take_files_away(self, numbers):
        """Remove files that are attached to this text.

        :param Iterable[int] numbers: their identifiers
        :return list[str]: their names, which the log keeps
        """
        return []

    def _before(self, vals):
        """:param dict vals: what is about to be written
        :return str: the text as it is now, as the log keeps it"""
        return self._text()

    def _accept_edit(self, reason, stamp):
        """Let others read what its author has corrected.

        :param str reason: optional
        :param str stamp: the fingerprint of the correction that the moderator has read
        :raises UserError: its author has changed it since, or no correction waits any more
        """
        for record in self._as_moderator():
            edit = record._waiting_edit()
            record._check_applies(IN_PLACE)
            edit._check_seen(stamp)
            before = record._text()
            record.write({**edit._vals(), "corrected_date": fields.Datetime.now(), "moderator_id": self.env.uid})
            edit._publish_files()
            edit.unlink()
            record._note_action("accept_edit", self._short(reason), before)
            record._tell_corrected()

    def _refuse_edit(self, reason, stamp):
        """Refuse the correction of the author: others go on reading the text as it is.

        :param str reason: its author reads it
        :param str stamp: the fingerprint of the correction that the moderator has read
        :raises UserError: its author has changed it since, or no correction waits any more
        """
        reason = self._reason(reason)
        for record in self._as_moderator():
            edit = record._waiting_edit()
            edit._check_seen(stamp)
            refused = edit._plain()
            edit.unlink()
            record._note_action("refuse_edit", reason, refused)

    def _waiting_edit(self):
        """:return collab.edit: the correction of this text that waits, in sudo
        :raises UserError: none does any more"""
        edit = self.env["collab.edit"]._of(self)
        if not edit:
            if done := self._last_action(["accept_edit", "refuse_edit"]):
                raise done._already_done()
            raise UserError(self.env._("No correction waits here: its author has gone back to what others read."))
        return edit

    def _reverse(self, kind):
        """Answer what contests a decision about this text, once it has been undone, or changed by another.

        :param str kind: of ``collab.action``: what has just been done
        """

        def is_reversed(flag):
            decided = flag.action_id.kind
            by_another = flag.action_id.create_uid != self.env.user
            return decided in UNDOES.get(kind, ()) or (by_another and decided in CHANGES.get(kind, ()))

        self._contests().filtered(is_reversed)._close("reverse")

    def _uphold(self, reason):
        """Answer what contests the decisions about these texts: they stand.

        :param str reason: the author of the text reads it
        :raises AccessError: the current user has taken the decision, or contests it, and another can look at it
        :raises UserError: nobody contests any
        """
        reason = self._reason(reason)
        for record in self._as_moderator():
            contests = record._contests()
            if not contests:
                if record._last_action(["uphold"]):
                    raise record._already_done(["uphold"])
                raise UserError(self.env._("Nobody contests what has been decided here."))
            mine = contests.filtered(lambda flag: flag.sudo(False)._may_answer())
            if not mine:
                raise AccessError(self.env._("Its author contests what you have decided: another person answers."))
            mine._close("keep")
            record._note_action("uphold", reason)

    def _check_judges_another(self, kinds):
        """Check that nobody undoes by himself what another moderator has decided about his own text.

        :param Sequence[str] kinds: of ``collab.action``: what would be undone
        :raises AccessError: he would, and somebody else can look at it
        """
        last = self._last_action(kinds)
        if self.create_uid == self.env.user and last and last.create_uid != self.env.user:
            if self._post()._deciders() - self.env.user:
                raise AccessError(self.env._("You have written this: another moderator answers. Contest the decision."))

    def _contests(self):
        """:return collab.flag: what the author of this text contests, and nobody has answered, in sudo"""
        # sudo: the caller moderates this text
        Flag = self.env["collab.flag"].sudo()
        contested = Domain("purpose", "=", "contest") & Domain("is_closed", "=", False)
        return Flag.search(contested & Flag._naming_domain(self))

    def _applicable(self):
        """:return list[str]: what a moderator may do to this now, by the names of kinds of ``collab.action``;
        without the actions that need more than a reason"""
        self.ensure_one()
        contests = self._contests()
        upheld = ["uphold"] if contests.filtered(lambda flag: flag.sudo(False)._may_answer()) else []
        if not self.active:
            return ["restore", *upheld]
        flagged = any(not flag.is_closed for flag in self._flags("rules"))
        found = ["accept"] if self.state == "pending" else ["keep"] if flagged else []
        found += upheld
        if self.env["collab.edit"]._of(self):
            found += ["accept_edit", "refuse_edit"]
        return [*found, "hide" if self.state != "hidden" else "show", "remove"]

    def _case_url(self):
        """:return str: the path of the page where a moderator decides about this text"""
        raise NotImplementedError

    def _case(self):
        """Give all that a moderator needs to decide about this text.

        :return dict: ``state`` (removed, pending, hidden, close, active), ``url``, ``title``, ``author``,
            ``organisation``, ``when``, ``audience``, ``nature``, ``rich`` and ``plain`` (as ``_rich`` and ``_plain``),
            ``others`` (labels and words), ``files``, ``files_url``, ``edit`` (the correction that waits, as ``_row``;
            or ``None``), ``can`` as ``_applicable``, ``flags`` (``reason``, ``author``, ``when``, ``is_closed``,
            ``outcome``, ``is_contest``, and ``is_mine``: against a decision of the reader), ``log`` as
            ``collab.action._rows``
        :raises MissingError: the current user may not read it
        :raises AccessError: he does not moderate it
        """
        self._as_moderator()
        Action, flags = self.env["collab.action"], self._flags()
        # Whoever keeps a document answers those who say that it is out of date.
        flags = flags.filtered(lambda flag: flag.purpose != "outdated")
        authors = self._authors(self.create_uid | flags.create_uid)
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        outcomes = dict(flags._fields["outcome"]._description_selection(self.env))
        author, organisation = authors[self.create_uid.id]
        edit = self.env["collab.edit"]._of(self)
        return {
            "edit": edit._row() if edit else None,
            "state": self._case_state(),
            "url": self._read_url(),
            "title": self._title(),
            "author": author,
            "organisation": organisation,
            "when": say_when(self.create_date, {}),
            "audience": self.env["collab.audience"]._html(self._post().audience_id.id),
            "nature": self._nature(),
            "rich": self._rich(),
            "plain": self._plain(),
            "others": self._case_facts(),
            "files": self._files(),
            "files_url": self._files_url(),
            "can": self._applicable(),
            "flags": [
                {
                    "reason": flag.reason,
                    "author": authors[flag.create_uid.id][0],
                    "when": say_when(flag.create_date, {}),
                    "is_closed": flag.is_closed,
                    "outcome": outcomes.get(flag.outcome, ""),
                    "is_contest": flag.purpose == "contest",
                    "is_mine": flag.action_id.create_uid == self.env.user,
                }
                for flag in flags
            ],
            "log": Action.search(Action._naming_domain(self))._rows(),
        }

    def _files(self):
        """:return list[dict]: its attached files, as ``collab.attachment.mixin._rows_by_content``"""
        return []
