from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.collab_comptes.models.res_users import REASON_MAX_CHARS

BIN_DAYS = 30
# What those to whom a discussion is addressed may read; the rest is for its author, and for those who moderate.
SHOWN_STATES = ("active", "close")
TEXTS = frozenset({"name", "content", "body"})
# As a moderator is told them, but for the bin.
IN_PLACE = ("active", "close", "pending", "hidden")


class CollabContributionMixin(models.AbstractModel):
    """What members write in the forum, and what moderators do with it: by these methods only, and with a reason that
    its author receives.

    A model that inherits this mixin has ``active`` and ``state``, and tells by ``_post()`` where it lies.
    """

    _name = "collab.contribution.mixin"
    _description = "Contribution to the forum"

    is_shown = fields.Boolean(
        string="Shown",
        compute="_compute_is_shown",
        store=True,
        precompute=True,
        help="Neither waiting, nor hidden, nor in the bin.",
    )
    shown_date = fields.Datetime(string="Shown on", readonly=True, copy=False, help="When others could first read it.")
    corrected_date = fields.Datetime(string="Corrected on", readonly=True, copy=False)
    removed_date = fields.Datetime(string="Removed on", readonly=True, copy=False, help="In the bin, for thirty days.")

    @api.depends("state", "active")
    def _compute_is_shown(self):
        for record in self:
            record.is_shown = record.active and record.state in SHOWN_STATES

    def _post(self):
        """:return forum.post: the question or answer that this is, or lies under"""
        raise NotImplementedError

    def _name_of_part(self):
        """:return dict: what names this record in a row of the log, or of the flags"""
        return {"post_id": self._post().id, "comment_id": self.id if self._post() != self else False}

    def _text(self):
        """:return str: all that its author has written, without its form"""
        raise NotImplementedError

    # Writing

    @api.model
    def _only(self, vals, allowed):
        """:param dict vals: what somebody asks to write
        :raises AccessError: there is more than what an author writes
        """
        if foreign := sorted(vals.keys() - allowed):
            raise AccessError(self.env._("This is not yours to write: %s.", ", ".join(foreign)))

    @api.model
    def _is_reviewed(self):
        """:return bool: what the current user writes waits for a moderator"""
        if self.env.user._is_internal():
            return False
        # sudo: a setting, and all that he has written
        limit = int(self.env["ir.config_parameter"].sudo().get_param("collab_forum.reviewed") or 0)
        accepted = Domain("create_uid", "=", self.env.uid) & Domain("is_shown", "=", True)
        number = 0
        for model in ("forum.post", "collab.forum.comment"):
            if number < limit:
                number += self.env[model].sudo().search_count(accepted, limit=limit)
        return number < limit

    def _check_own(self):
        """:raises AccessError: another has written this"""
        self.check_access("read")
        if any(record.create_uid != self.env.user for record in self):
            raise AccessError(self.env._("Another person has written this."))

    def _text_fields(self):
        """:return frozenset[str]: what its author says here, and others read"""
        return self._author_fields() & TEXTS

    def _check_rewritable(self):
        """:raises UserError: what has been said here does not change any more"""
        for record in self:
            post = record._post()
            # sudo: what has become of it meanwhile, whoever has written it
            question = post._question().sudo()
            question._lock()
            if question.state == "close" or question.closed_date:
                raise UserError(
                    self.env._("This discussion has been closed: what was said in it does not change any more.")
                )
            if not (record.active and post.active and question.active):
                raise UserError(self.env._("This is in the bin: it does not change any more."))

    def _waits_for_review(self):
        """:return bool: others read this, and what its author changes in it waits for a moderator: his texts are still
        read before the others, or a moderator has corrected this one"""
        self.ensure_one()
        if not self.is_shown:
            return False
        last = self._last_action(["correct", "accept_edit"])
        corrected = last.kind == "correct" and last.create_uid != self.env.user
        return corrected or self._is_reviewed()

    def _take_from_author(self, vals):
        """Write what its author changes; or let it wait for a moderator.

        :param dict vals: cleaned
        """
        self.ensure_one()
        Edit = self.env["collab.forum.edit"]
        texts = {name: vals[name] for name in vals.keys() & self._text_fields()}
        if texts and self._waits_for_review():
            Edit._propose(self, texts)
            vals = {name: vals[name] for name in vals.keys() - texts.keys()}
        elif texts:
            Edit._of(self).unlink()
        if vals:
            # sudo: the date of a correction is not a field that its author writes
            self.sudo().write({**vals, "corrected_date": fields.Datetime.now()})
        if vals.keys() & self._text_fields():
            self._tell_corrected()

    def _tell_corrected(self):
        """Tell those whom a correction names, in the name of its author."""

    def _withdraw(self):
        """Take back what one has written oneself; it stays thirty days in the bin.

        :raises AccessError: another has written this
        """
        self._check_own()
        # sudo: whether something is in the bin is not a field that members write
        own = self.sudo()
        own.write({"active": False})
        own._close_flags("withdraw")

    # Flags

    def _report(self, reason):
        """Tell those who moderate that something is wrong here. It goes on being read until one of them has looked.

        :param str reason: in a few words
        :raises ValidationError: nothing is said, or it has been already
        """
        self.ensure_one()
        self.check_access("read")
        self.env.user._check_may_write()
        reason = self._reason(reason)
        # sudo: members write no flag, and read none
        Flag = self.env["collab.forum.flag"].sudo()
        named = self._name_of_part()
        # One after the other: the second finds what the first has said.
        self._post()._lock()
        own = Domain("create_uid", "=", self.env.uid) & Domain("is_closed", "=", False)
        if Flag.search_count(own & Domain([(name, "=", value) for name, value in named.items()]), limit=1):
            raise ValidationError(self.env._("You have already said so: the federations have not answered yet."))
        self.env["collab.daily.count"]._take("flag")
        title = self._post()._question().name
        flag = Flag.create({**named, "reason": reason, "title": title})
        self._post()._tell_moderators(f"flag,{flag.id}")

    def _answer_flags(self, reason):
        """Say that one has looked, and that this may stay.

        :param str reason: why, for the log; its author is not troubled
        """
        reason = self._reason(reason)
        for record in self._as_moderator():
            record._check_applies(IN_PLACE)
            if not record._close_flags("keep"):
                # sudo: whether somebody has flagged it before, whoever may read the flag now
                if record.sudo()._flags():
                    raise record._already_done(["keep", "correct", "hide", "remove", "close"])
                raise UserError(self.env._("Nobody has flagged it: there is nothing to answer."))
            record._note_action("keep", reason, tells=False)

    def _flags(self):
        """:return collab.forum.flag: those on this very text that the current user reads, the latest first"""
        named = Domain([(name, "=", value) for name, value in self._name_of_part().items()])
        return self.env["collab.forum.flag"].search(named)

    def _close_flags(self, outcome):
        """Answer the flags on these texts, and tell who has put them what has become of it.

        :param str outcome: of ``collab.forum.flag``
        :return collab.forum.flag: those that were open
        """
        closed = self.env["collab.forum.flag"]
        for record in self:
            # sudo: written by these methods only
            flags = record.sudo()._flags().filtered(lambda flag: not flag.is_closed)
            flags.write({"is_closed": True, "closed_uid": self.env.uid, "outcome": outcome})
            for flag in flags:
                author = flag.create_uid.sudo(False)
                self.env["collab.notification"]._notify("forum_flag", flag, f"outcome,{flag.id}", author)
            closed |= flags
        return closed

    # What moderators do

    @api.model
    def _reason(self, reason):
        """:param str reason: as it was typed
        :return str: what is kept of it
        :raises ValidationError: nothing is said"""
        return self.env["res.users"]._reason(reason)

    def _as_moderator(self):
        """
        :return: these records, with all rights
        :raises MissingError: the current user does not read one of them
        :raises AccessError: he does not moderate
        """
        self.check_access("read")
        posts = self._post()
        # One reads one's own words in a network that one has left, and does not moderate them any more.
        if not self.env.user.has_group("collab_reseaux.group_moderator") or posts._addressed() != posts:
            raise AccessError(self.env._("Only the federations do this."))
        # sudo: moderators do to what others have written what these methods do, and nothing else
        return self.sudo()

    def _case_state(self):
        """:return str: ``removed``, ``pending``, ``hidden``, ``close`` or ``active``, as a moderator is told it"""
        if not self.active:
            return "removed"
        return self.state if self.state in IN_PLACE else "hidden"

    def _check_applies(self, states, done=(), kinds=()):
        """Do not let a moderator believe that something has been done.

        :param Collection[str] states: those in which it is done, of ``_case_state``
        :param Collection[str] done: those in which it has been
        :param Sequence[str] kinds: of ``collab.forum.action``, that lead there
        :raises AlreadyDone: it has been, and by whom
        :raises UserError: why it cannot be
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
        """:return collab.forum.action: the last one of these kinds on this very text, in sudo"""
        named = Domain([(name, "=", value) for name, value in self._name_of_part().items()])
        # sudo: who has done what, for the one sentence that says so
        return self.env["collab.forum.action"].sudo().search(named & Domain("kind", "in", kinds), limit=1)

    def _already_done(self, kinds):
        """
        :param Sequence[str] kinds: of ``collab.forum.action``
        :return AlreadyDone: that says by whom
        """
        return self._last_action(kinds)._already_done()

    def _note_action(self, kind, reason, detail=False, tells=True):
        """Write in the log what has been done, and tell the author of the text.

        :param str kind: of ``collab.forum.action``
        :param str reason: why
        :param str detail: what it was before
        """
        self.ensure_one()
        author = self.create_uid
        # sudo: the log is written here only
        action = (
            self.env["collab.forum.action"]
            .sudo()
            .create(
                {
                    **self._name_of_part(),
                    "kind": kind,
                    "reason": reason,
                    "detail": detail,
                    "author_id": author.id,
                    "title": self._post()._question().name,
                }
            )
        )
        if tells:
            self.env["collab.notification"]._notify("moderation", action, f"action,{action.id}", author.sudo(False))

    def _accept(self, reason=""):
        """Let others read what was waiting.

        :param str reason: optional: nothing is held against its author
        """
        for record in self._as_moderator():
            record._check_applies(["pending"], SHOWN_STATES, ["accept", "show"])
            record.write({"state": "active", "moderator_id": self.env.uid})
            record._note_action("accept", " ".join((reason or "").split())[:REASON_MAX_CHARS])
            record._announce()

    def _hide(self, reason):
        """Leave this to its author and to those who moderate; or refuse what was waiting.

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
            was_read = bool(record.shown_date)
            record.write({"state": record._shown_state(), "moderator_id": self.env.uid})
            record._note_action("show", reason)
            if not was_read:
                record._announce()

    def _shown_state(self):
        """:return str: the state in which others read it"""
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
            record._note_action("remove", reason)

    def _restore(self, reason):
        """Take this out of the bin.

        :param str reason: its author reads it
        """
        reason = self._reason(reason)
        for record in self._as_moderator():
            record._check_applies(["removed"], IN_PLACE, ["restore"])
            record.write({"active": True, "moderator_id": self.env.uid})
            record._note_action("restore", reason)

    def _correct(self, vals, reason, without=()):
        """Change what another has written.

        :param dict vals: those of its fields that its author may write
        :param str reason: its author reads it
        :param Iterable[int] without: files that are joined to it, to take away
        :raises AccessError: another field is asked for
        :raises AlreadyDone: it says this already
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

    def _accept_edit(self, reason, stamp):
        """Let others read what its author has corrected.

        :param str reason: optional
        :param str stamp: of what the moderator has read
        :raises UserError: it is not what waits
        """
        for record in self._as_moderator():
            edit = record._waiting_edit()
            record._check_applies(IN_PLACE)
            edit._check_seen(stamp)
            before = record._text()
            record.write({**edit._vals(), "corrected_date": fields.Datetime.now(), "moderator_id": self.env.uid})
            edit.attachment_ids.edit_id = False
            # Read again: they are not of this correction any more, and stay.
            edit.invalidate_recordset(["attachment_ids"])
            edit.unlink()
            record._note_action("accept_edit", " ".join((reason or "").split())[:REASON_MAX_CHARS], before)
            record._tell_corrected()

    def _refuse_edit(self, reason, stamp):
        """Leave this as others read it.

        :param str reason: its author reads it
        :param str stamp: of what the moderator has read
        :raises UserError: it is not what waits
        """
        reason = self._reason(reason)
        for record in self._as_moderator():
            edit = record._waiting_edit()
            edit._check_seen(stamp)
            refused = edit._plain()
            edit.unlink()
            record._note_action("refuse_edit", reason, refused)

    def _waiting_edit(self):
        """:return collab.forum.edit: what waits for this text
        :raises UserError: nothing does any more"""
        edit = self.env["collab.forum.edit"]._of(self)
        if not edit:
            if done := self._last_action(["accept_edit", "refuse_edit"]):
                raise done._already_done()
            raise UserError(self.env._("No correction waits here: its author has gone back to what others read."))
        return edit

    def _take_files_away(self, numbers):
        """:param Iterable[int] numbers: of files that are joined to this
        :return list[str]: their names, which the log keeps"""
        return []

    def _before(self, vals):
        """:param dict vals: what is about to be written
        :return str: what the log keeps of what was there"""
        return self._text()

    def _author_fields(self):
        """:return frozenset[str]: what its author, and nobody else, writes of this record"""
        raise NotImplementedError

    def _announce(self):
        """Tell those whom it concerns that there is something to read, once it may be read."""
        raise NotImplementedError

    @api.model
    def _check_open(self, question):
        """:param forum.post question: in sudo, locked
        :raises UserError: nothing is written there any more"""
        if question.state == "close":
            raise UserError(self.env._("This discussion has been closed: nothing is added to it any more."))
        if not question.is_shown:
            raise UserError(self.env._("This discussion is not open: nothing is added to it for now."))
        if not question._addressed():
            raise UserError(
                self.env._("This discussion is for a network or a territory that is not yours any more: write nothing.")
            )

    # What moderators see

    def _applicable(self):
        """:return list[str]: what a moderator may do to this now, as ``collab.forum.action`` names it, but for what
        takes more than a reason"""
        self.ensure_one()
        if not self.active:
            return ["restore"]
        flagged = any(not flag.is_closed for flag in self._flags())
        found = ["accept"] if self.state == "pending" else ["keep"] if flagged else []
        if self.env["collab.forum.edit"]._of(self):
            found += ["accept_edit", "refuse_edit"]
        return [*found, "hide" if self.state != "hidden" else "show", "remove"]

    def _case_url(self):
        """:return str: the path of the page where a moderator decides about this text"""
        return f"/forum/moderation/{'discussion' if self._post() == self else 'commentaire'}/{self.id}"

    def _case(self):
        """Say all that a moderator needs to decide about this text.

        :return dict: ``state`` (removed, pending, hidden, close, active), ``url``, ``title``, ``author``,
            ``organisation``, ``when``, ``audience``, ``files``, ``edit`` (what waits, as
            ``collab.forum.edit._row``, or ``None``), ``can`` as ``_applicable``, ``flags`` (``reason``, ``author``,
            ``when``, ``outcome``), ``log`` as the rows of ``collab.forum.action``
        :raises AccessError: the current user does not read it, or does not moderate
        """
        self._as_moderator()
        post, Flag, Action = self._post(), self.env["collab.forum.flag"], self.env["collab.forum.action"]
        flags = self._flags()
        named = Domain([(name, "=", value) for name, value in self._name_of_part().items()])
        authors = post._authors(self.create_uid | flags.create_uid)
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        outcomes = dict(Flag._fields["outcome"]._description_selection(self.env))
        author, organisation = authors[self.create_uid.id]
        edit = self.env["collab.forum.edit"]._of(self)
        return {
            "edit": edit._row() if edit else None,
            "state": self._case_state(),
            "url": post._url() if post == self else f"/forum/{post._question().id}#commentaire-{self.id}",
            "title": post._question().name,
            "author": author,
            "organisation": organisation,
            "when": say_when(self.create_date, {}),
            "audience": self.env["collab.audience"]._html(post.audience_id.id),
            "files": self._files(),
            "can": self._applicable(),
            "flags": [
                {
                    "reason": flag.reason,
                    "author": authors[flag.create_uid.id][0],
                    "when": say_when(flag.create_date, {}),
                    "is_closed": flag.is_closed,
                    "outcome": outcomes.get(flag.outcome, ""),
                }
                for flag in flags
            ],
            "log": Action.search(named)._rows(),
        }

    def _files(self):
        """:return list[dict]: the files that are joined to this, as ``collab.attachment.mixin._rows_by_whole``"""
        return []

    @api.autovacuum
    def _gc_bin(self):
        """Empty the bin of what has lain there for thirty days."""
        if self._abstract:
            # Core calls this on the mixin too.
            return
        limit = fields.Datetime.now() - timedelta(days=BIN_DAYS)
        self.search([("active", "=", False), ("removed_date", "<", limit)])._purge()

    def _purge(self):
        self.unlink()
