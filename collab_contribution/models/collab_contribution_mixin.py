from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .collab_moderated_mixin import SHOWN_STATES

BIN_DAYS = 30
TEXTS = frozenset({"name", "content", "body"})


class CollabContributionMixin(models.AbstractModel):
    """What members write: a content, or what is said under it. Others read it at once, or once a moderator has; they
    flag it; moderators act on it.

    A model that inherits this mixin has ``active`` and ``state``, and names its flags, log and corrections. The content
    that ``_post()`` gives has an audience (``_addressed``), and says how it is locked (``_lock``) and how those who
    moderate it are told (``_tell_moderators``).
    """

    _name = "collab.contribution.mixin"
    _inherit = ["collab.flagged.mixin", "collab.moderated.mixin"]
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

    # What each model says of itself

    def _post(self):
        """:return: the content that this is, or under which it is said"""
        raise NotImplementedError

    def _title(self):
        """:return str: under which its readers know it, or what it is said under"""
        raise NotImplementedError

    def _nature(self):
        """:return str: what this is, in a word or two, with its article"""
        raise NotImplementedError

    def _read_url(self):
        """:return str: the path of the page where it is read, at its place"""
        raise NotImplementedError

    def _text(self):
        """:return str: all that its author has written, without its form"""
        raise NotImplementedError

    def _author_fields(self):
        """:return frozenset[str]: what its author, and nobody else, writes of this record"""
        raise NotImplementedError

    def _announce(self):
        """Tell those whom it concerns that there is something to read, once it may be read."""
        raise NotImplementedError

    @api.model
    def _is_reviewed(self):
        """:return bool: what the current user writes waits for a moderator"""
        raise NotImplementedError

    def _check_rewritable(self):
        """:raises UserError: what has been said here does not change any more"""
        raise NotImplementedError

    # Writing

    @api.model
    def _only(self, vals, allowed):
        """:param dict vals: what somebody asks to write
        :raises AccessError: there is more than what an author writes
        """
        if foreign := sorted(vals.keys() - allowed):
            raise AccessError(self.env._("This is not yours to write: %s.", ", ".join(foreign)))

    def _check_own(self):
        """:raises AccessError: another has written this"""
        self.check_access("read")
        if any(record.create_uid != self.env.user for record in self):
            raise AccessError(self.env._("Another person has written this."))

    def _text_fields(self):
        """:return frozenset[str]: what its author says here, and others read"""
        return self._author_fields() & TEXTS

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
        Edit = self.env[self._edit_model]
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

    # The bin

    @api.autovacuum
    def _gc_bin(self):
        """Empty the bin of what has lain there for thirty days."""
        if self._abstract:
            # Core calls the method on abstract models too.
            return
        limit = fields.Datetime.now() - timedelta(days=BIN_DAYS)
        self.search([("active", "=", False), ("removed_date", "<", limit)])._purge()

    def _purge(self):
        self.unlink()
