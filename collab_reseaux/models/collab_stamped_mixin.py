import hashlib

from odoo import api, models
from odoo.exceptions import UserError

from ..refusals import beside


class CollabStampedMixin(models.AbstractModel):
    """What may be corrected from several places. Each form of correction carries the stamp of what it was opened on, so
    that nobody undoes, without having seen it, what has just been corrected elsewhere."""

    _name = "collab.stamped.mixin"
    _description = "What is corrected by a form"

    def _stamp(self):
        """:return str: another one as soon as this has been corrected"""
        return self._fingerprint(self._stamped())

    def _stamped(self):
        """:return list: all that a form of correction shows of this"""
        raise NotImplementedError

    @api.model
    def _fingerprint(self, said):
        """:param Iterable said: values that ``str`` writes the same way each time
        :return str:"""
        return hashlib.sha256("\0".join(map(str, said)).encode()).hexdigest()[:16]

    def _lock_stamp(self):
        """Keep others who correct this waiting: their request is then replayed, and finds what has been corrected."""
        raise NotImplementedError

    def _check_stamp(self, known):
        """
        :param str | None known: the stamp that a form carries; None: it comes from no form of ours
        :raises UserError: this has been corrected since; the page then shows what is saved beside what was typed
        """
        self.ensure_one()
        self._lock_stamp()
        self._check_same(known, self._stamp())

    @api.model
    def _check_same(self, known, stamp):
        """As ``_check_stamp``, for what is no record.

        :param str stamp: of today
        """
        if known is not None and known != stamp:
            stale = self.env._(
                "Somebody has just corrected this. What you have written is still in the form: compare the two texts, "
                "then save again."
            )
            raise beside("stamp", UserError(stale))
