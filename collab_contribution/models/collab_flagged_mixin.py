from odoo import models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.collab_courrier.models.collab_notification import Event

from .collab_moderated_mixin import IN_PLACE


class CollabFlaggedMixin(models.AbstractModel):
    """A text that its readers may flag, for those who moderate it to look at."""

    _name = "collab.flagged.mixin"
    _description = "What readers may flag"
    # Of its flags: a model of ``collab.flag.mixin``.
    _flag_model = None

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
        Flag = self.env[self._flag_model].sudo()
        # Locked first: of two flags sent at once, the second sees the first, and is refused.
        self._post()._lock()
        own = Domain("create_uid", "=", self.env.uid) & Domain("is_closed", "=", False)
        if Flag.search_count(own & Flag._naming_domain(self), limit=1):
            raise ValidationError(self.env._("You have already said so: the federations have not answered yet."))
        self.env["collab.daily.count"]._take("flag")
        flag = Flag.create({**Flag._naming(self), "reason": reason, "title": self._title()})
        self._post()._tell_moderators(Event("flagged", flag))

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
        """:return collab.flag.mixin: those on this very text that the current user reads, the latest first"""
        Flag = self.env[self._flag_model]
        return Flag.search(Flag._naming_domain(self))

    def _close_flags(self, outcome):
        """Answer the flags on these texts, and tell who has put them what has become of it.

        :param str outcome: of ``collab.flag.mixin``
        :return collab.flag.mixin: those that were open
        """
        closed = self.env[self._flag_model]
        for record in self:
            # sudo: written by these methods only
            flags = record.sudo()._flags().filtered(lambda flag: not flag.is_closed)
            flags._close(outcome)
            closed |= flags
        return closed
