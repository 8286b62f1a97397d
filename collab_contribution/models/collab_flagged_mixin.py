from odoo import models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.collab_courrier.models.collab_notification import Event

from .collab_moderated_mixin import IN_PLACE


class CollabFlaggedMixin(models.AbstractModel):
    """A text that its readers may flag, for those who moderate it to look at."""

    _name = "collab.flagged.mixin"
    _description = "What readers may flag"
    # The model of its flags, which inherits ``collab.flag.mixin``.
    _flag_model = None

    def _report(self, reason):
        """Flag this text for its moderators. Others go on reading it until a moderator decides.

        :param str reason: in a few words
        :raises ValidationError: no reason is given, or the current user has flagged it already
        """
        self.ensure_one()
        self.check_access("read")
        self.env.user._check_may_write()
        reason = self._reason(reason)
        # sudo: members may not write flags
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
        """Answer the flags on these texts: a moderator has looked, and they may stay.

        :param str reason: why, for the log; the author of the text is not told
        """
        reason = self._reason(reason)
        for record in self._as_moderator():
            record._check_applies(IN_PLACE)
            if not record._close_flags("keep"):
                # sudo: only to know whether it has been flagged before, even if this moderator may not read the flag
                if record.sudo()._flags():
                    raise record._already_done(["keep", "correct", "hide", "remove", "close"])
                raise UserError(self.env._("Nobody has flagged it: there is nothing to answer."))
            record._note_action("keep", reason, tells=False)

    def _flags(self):
        """:return collab.flag.mixin: the flags on this very text that the current user may read, the latest first"""
        Flag = self.env[self._flag_model]
        return Flag.search(Flag._naming_domain(self))

    def _close_flags(self, outcome):
        """Answer the open flags on these texts, and tell the people who have put them what has been done.

        :param str outcome: as ``collab.flag.mixin._close``
        :return collab.flag.mixin: the flags that were open
        """
        closed = self.env[self._flag_model]
        for record in self:
            # sudo: nobody may write flags otherwise
            flags = record.sudo()._flags().filtered(lambda flag: not flag.is_closed)
            flags._close(outcome)
            closed |= flags
        return closed
