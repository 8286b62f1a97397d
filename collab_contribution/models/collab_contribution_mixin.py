from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .collab_moderated_mixin import SHOWN_STATES

BIN_DAYS = 30
TEXTS = frozenset({"name", "content", "body"})


class CollabContributionMixin(models.AbstractModel):
    """What members write: a content, or a text under it. Others read it at once, or once a moderator has accepted it;
    they may flag it; moderators act on it.

    A model that inherits this mixin has the fields ``active`` and ``state``, and sets ``_flag_model``,
    ``_action_model`` and ``_edit_model``. The content that ``_post()`` returns has an audience (``_addressed``), and
    defines how it is locked (``_lock``) and how its moderators are told (``_tell_moderators``).
    """

    _name = "collab.contribution.mixin"
    _inherit = ["collab.flagged.mixin", "collab.moderated.mixin", "collab.stamped.mixin"]
    _description = "Contribution"

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

    # What each model defines

    def _post(self):
        """:return: this content itself; for a text under a content, that content"""
        raise NotImplementedError

    def _title(self):
        """:return str: its title, as its readers know it; for a text under a content, the title of that content"""
        raise NotImplementedError

    def _nature(self):
        """:return str: what this is, in a word or two, with its article"""
        raise NotImplementedError

    def _read_url(self):
        """:return str: the path of the page where it is read, with the anchor of its place there"""
        raise NotImplementedError

    def _text(self):
        """:return str: all that its author has written, without formatting"""
        raise NotImplementedError

    def _author_fields(self):
        """:return frozenset[str]: the fields that the author of this record, and nobody else, may write"""
        raise NotImplementedError

    def _announce(self):
        """Notify the people concerned, once others may read this text."""
        raise NotImplementedError

    @api.model
    def _is_reviewed(self):
        """:return bool: a moderator must accept what the current user writes before others read it"""
        raise NotImplementedError

    def _check_rewritable(self):
        """:raises UserError: this text may not be corrected any more"""
        raise NotImplementedError

    # Writing

    @api.model
    def _only(self, vals, allowed):
        """:param dict vals: what somebody asks to write
        :param frozenset[str] allowed: the fields that he may write
        :raises AccessError: there are others
        """
        if foreign := sorted(vals.keys() - allowed):
            raise AccessError(self.env._("This is not yours to write: %s.", ", ".join(foreign)))

    def _check_own(self):
        """:raises AccessError: somebody else has written one of these texts"""
        self.check_access("read")
        if any(record.create_uid != self.env.user for record in self):
            raise AccessError(self.env._("Another person has written this."))

    def _stamp(self, waiting=None):
        """:param str | None waiting: the stamp of the author's correction that waits, empty when there is none; None:
        it is read here"""
        if waiting is None:
            edit = self.env[self._edit_model]._of(self)
            waiting = edit._stamp() if edit else ""
        return self._fingerprint([*self._stamped(), waiting])

    def _stamped(self):
        return [*(self[name] for name in sorted(self._text_fields())), self.corrected_date]

    def _lock_stamp(self):
        self._post()._lock()

    def _text_fields(self):
        """:return frozenset[str]: among the fields that the author may write, those that hold words for others"""
        return self._author_fields() & TEXTS

    def _waits_for_review(self):
        """:return bool: a moderator must accept what the author changes here. So it is when others read this text, and
        either the author's texts are still reviewed, or somebody else has corrected this one since"""
        self.ensure_one()
        if not self.is_shown:
            return False
        last = self._last_action(["correct", "accept_edit"])
        corrected = last.kind == "correct" and last.create_uid != self.env.user
        return corrected or self._is_reviewed()

    def _take_from_author(self, vals):
        """Write what the author changes; if his words must wait for a moderator, keep them as a correction.

        :param dict vals: the new values, cleaned
        """
        self.ensure_one()
        Edit = self.env[self._edit_model]
        texts = {name: vals[name] for name in vals.keys() & self._text_fields()}
        if texts and self._waits_for_review():
            # A form sends all of its texts: when none differs, there is nothing to read, and nobody is told.
            if Edit._of(self) or any(self[name] != text for name, text in texts.items()):
                Edit._propose(self, texts)
            vals = {name: vals[name] for name in vals.keys() - texts.keys()}
        elif texts:
            Edit._of(self).unlink()
        said = vals.keys() & self._text_fields()
        if vals:
            # The date is that of his words: whom they are for, and where they are classed, is no correction of them.
            # sudo: the author may not write that date himself
            self.sudo().write({**vals, **({"corrected_date": fields.Datetime.now()} if said else {})})
        if said:
            self._tell_corrected()

    def _tell_corrected(self):
        """Notify the people whom a correction mentions. Does nothing unless a model redefines it."""

    def _withdraw(self):
        """Take back one's own texts; they stay in the bin for thirty days.

        :raises AccessError: somebody else has written one of them
        """
        self._check_own()
        # sudo: members may not write ``active``, which puts a text in the bin
        own = self.sudo()
        own.write({"active": False})
        own._close_flags("withdraw")

    # The bin

    @api.autovacuum
    def _gc_bin(self):
        """Delete what has been in the bin for thirty days."""
        if self._abstract:
            # Core calls the method on abstract models too.
            return
        limit = fields.Datetime.now() - timedelta(days=BIN_DAYS)
        self.search([("active", "=", False), ("removed_date", "<", limit)])._purge()

    def _purge(self):
        self.unlink()
