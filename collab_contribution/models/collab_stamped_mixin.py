from odoo import models
from odoo.exceptions import UserError


class CollabStampedMixin(models.AbstractModel):
    """What several people may correct. Each form of correction carries the stamp of what it was opened on, so that
    nobody undoes, without having seen it, what another has just corrected."""

    _name = "collab.stamped.mixin"
    _description = "What is corrected by a form"

    def _stamp(self):
        """:return str: another one as soon as somebody has corrected this"""
        raise NotImplementedError

    def _lock_stamp(self):
        """Keep others who correct this waiting: their request is then replayed, and finds what has been corrected."""
        raise NotImplementedError

    def _check_stamp(self, known):
        """
        :param str | None known: the stamp that a form carries; None: it comes from no form of ours
        :raises UserError: somebody has corrected this since; the page then shows both texts
        """
        self.ensure_one()
        self._lock_stamp()
        if known is not None and known != self._stamp():
            raise UserError(
                self.env._(
                    "Somebody has just corrected this. What you have written is still in the form: compare the two "
                    "texts, then save again."
                )
            )
