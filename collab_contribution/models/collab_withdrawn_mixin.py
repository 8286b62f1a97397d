import textwrap

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.i18n import format_list

from odoo.addons.collab_courrier.models.collab_notification import Event

QUOTED_CHARS = 80
# What puts a text in the bin, or takes it out: kinds of ``collab.action``.
PLACING = ("withdraw", "put_back", "remove", "restore", "merge")


class CollabWithdrawnMixin(models.AbstractModel):
    """A text that its author may delete, and put back as long as nobody else has decided about it. It lies in the bin
    meanwhile, with all that was said of it."""

    _name = "collab.withdrawn.mixin"
    _description = "What its author may delete"

    # What each model may define

    def _deletion_words(self):
        """:return dict[str, str]: sentences about this kind of text, for its author: ``title`` (the question before it
        is deleted), ``verb`` (of the button), ``done`` and ``back`` (once it is deleted, once it is put back), ``gone``
        (what stands in its place)"""
        return {
            "title": self.env._("Delete this text?"),
            "verb": self.env._("Delete the text"),
            "done": self.env._("Text deleted."),
            "back": self.env._("Text put back."),
            "gone": self.env._("You have deleted your text."),
        }

    def _losses(self):
        """:return list[tuple[int, str]]: what others lose with this text: how much, and the same in words; nothing of
        which there is none"""
        return []

    def _deletion_choices(self):
        """:return list[tuple[str, str]]: which of several texts its author may delete with this one: values and labels;
        empty: it is alone"""
        return []

    def _chosen(self, choice):
        """:param str choice: one of ``_deletion_choices``; anything else is this text alone
        :return: the texts that are then deleted"""
        return self

    def _deletion_asked(self):
        """:return dict: the question before this text is deleted: ``title``, ``said`` (sentences), ``choices`` (as
        ``_deletion_choices``), ``verb`` (of the button; empty: nothing can be done), ``action`` (the address),
        ``is_grave`` (something disappears), ``keep`` (of the button that does nothing)"""
        self.ensure_one()
        words, named = self._deletion_words(), self._words().get("name")
        quoted = textwrap.shorten(self[named] if named else self._body(), QUOTED_CHARS, placeholder="…")
        said = [self.env._("Nobody will read “%s” any more.", quoted)]
        if losses := self._losses():
            lost = format_list(self.env, [phrase for _number, phrase in losses], lang_code=self.env.lang or "en_US")
            said.append(self.env._("This also deletes %s.", lost))
        said.append(self.env._("You can undo it just afterwards. Your federation can do so for thirty days."))
        return {
            "title": words["title"],
            "said": said,
            "verb": words["verb"],
            "action": self._deletion_url(),
            "choices": self._deletion_choices(),
            "is_grave": True,
            "keep": self.env._("Keep"),
        }

    def _check_withdrawable(self):
        """:raises UserError: its author may not delete this text; the message says what he may do instead"""

    def _place_url(self):
        """:return str: the path of the page on which this text stands, or of the list of its kind"""
        content = self._post()
        return self._content().address if content == self else content._read_url().partition("#")[0]

    def _deletion_url(self):
        return f"/supprimer/{self._slug}/{self.id}"

    def _put_back_url(self):
        return f"/remettre/{self._slug}/{self.id}"

    # Deleting, and undoing it

    def _withdraw(self):
        """Delete one's own texts; they stay in the bin for thirty days. Twice is once.

        :raises AccessError: somebody else has written one of them
        :raises UserError: one of them is not to be deleted, because of what others have added to it
        """
        self._check_own()
        # sudo: members may not write ``active``, which puts a text in the bin
        own = self.sudo().filtered("active")
        for record in own:
            record._post()._lock()
            record.sudo(False)._check_withdrawable()
        own.write({"active": False})
        for record in own:
            record._note_action("withdraw", False, tells=False)
        for purpose in ("rules", "outdated", "contest"):
            own._close_flags("withdraw", purpose)

    def _may_put_back(self):
        """:return bool: the current user has deleted this text himself, and nobody has decided about it since"""
        last = self._last_action(PLACING)
        return not self.active and last.kind == "withdraw" and last.create_uid == self.env.user

    def _put_back(self):
        """Take one's own texts out of the bin, with all that lay under them and was said of them. Twice is once.

        :raises AccessError: somebody else has written one of them, or the current user writes nothing any more
        :raises UserError: somebody else has decided about one of them since
        """
        self._check_own()
        self.env.user._check_may_write()
        for record in self:
            # sudo: as in ``_withdraw``
            own = record.sudo()
            own._post()._lock()
            if own.active:
                continue
            if not record._may_put_back():
                raise UserError(self.env._("Your federation has decided about it since: write to it."))
            since = record._last_action(PLACING).create_date
            own.write({"active": True})
            own._reopen_flags("withdraw", since)
            own.env["collab.notification"]._revive(own, since)
            own._note_action("put_back", False, tells=False)

    def _reopen_flags(self, outcome, since):
        """Let the flags that were answered as this text was put in the bin await an answer again; the people who have
        put them are not told, if they have not been yet.

        :param str outcome: of ``collab.flag``
        :param datetime since: when it was
        """
        # sudo: the flags are those of others
        Flag = self.env["collab.flag"].sudo()
        answered = Domain("is_closed", "=", True) & Domain("outcome", "=", outcome)
        then = Domain("write_date", ">=", since.replace(microsecond=0))
        for flag in Flag.search(answered & then & Flag._naming_domain(self)):
            flag.write({"is_closed": False, "closed_uid": False, "outcome": False})
            self.env["collab.notification"]._recall(Event("answered", flag))
