from odoo import models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.collab_courrier.models.collab_notification import Event

from .collab_moderated_mixin import IN_PLACE


class CollabFlaggedMixin(models.AbstractModel):
    """A text that its readers may flag, for those who moderate it to look at."""

    _name = "collab.flagged.mixin"
    _description = "What readers may flag"

    def _report(self, reason, purpose="rules"):
        """Flag this text. Others go on reading it until somebody decides.

        :param str reason: in a few words
        :param str purpose: of ``collab.flag``: for its moderators (rules), or whoever keeps it up to date (outdated)
        :raises ValidationError: no reason is given, or the current user has flagged it already
        """
        self.ensure_one()
        self.check_access("read")
        self.env.user._check_may_write()
        reason = self._reason(reason)
        # sudo: members may not write flags
        Flag = self.env["collab.flag"].sudo()
        # Locked first: of two flags sent at once, the second sees the first, and is refused.
        self._post()._lock()
        own = Domain("create_uid", "=", self.env.uid) & Domain("is_closed", "=", False)
        if Flag.search_count(own & Domain("purpose", "=", purpose) & Flag._naming_domain(self), limit=1):
            raise ValidationError(self.env._("You have already said so, and nobody has answered yet."))
        self.env["collab.daily.count"]._take("flag")
        flag = Flag.create({**Flag._naming(self), "reason": reason, "title": self._title(), "purpose": purpose})
        self._tell_flagged(flag)

    def _tell_flagged(self, flag):
        """Notify those who answer a flag.

        :param collab.flag flag: on this text, in sudo
        """
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
                if record.sudo()._flags("rules"):
                    raise record._already_done(["keep", "correct", "hide", "remove", "close"])
                raise UserError(self.env._("Nobody has flagged it: there is nothing to answer."))
            record._note_action("keep", reason, tells=False)

    def _flags(self, purpose=None):
        """:param str | None purpose: of ``collab.flag``; None: any
        :return collab.flag: the flags on this very text that the current user may read, the latest first"""
        Flag = self.env["collab.flag"]
        of = Domain("purpose", "=", purpose) if purpose else Domain.TRUE
        return Flag.search(Flag._naming_domain(self) & of)

    def _close_flags(self, outcome, purpose="rules"):
        """Answer the open flags on these texts, and tell the people who have put them what has been done.

        :param str outcome: as ``collab.flag._close``
        :param str purpose: of ``collab.flag``: the others stay open
        :return collab.flag: the flags that were open
        """
        closed = self.env["collab.flag"]
        for record in self:
            # sudo: nobody may write flags otherwise
            flags = record.sudo()._flags(purpose).filtered(lambda flag: not flag.is_closed)
            flags._close(outcome)
            closed |= flags
        return closed
