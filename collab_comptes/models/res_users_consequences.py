from odoo import models


class ResUsers(models.Model):
    """What each step in the life of an account changes: sentences shown before the step is taken."""

    _inherit = "res.users"

    def _shared(self):
        """:return list[str]: how many contents this person has shared; each content module adds its own"""
        return []

    def _shared_in_words(self, name):
        """:param str name: the name that will sign these contents
        :return str: a sentence"""
        if shared := self._shared():
            return self.env._(
                "What this person has shared stays, signed “%(name)s”: %(shared)s.",
                name=name,
                shared=self.partner_id._some_names(shared),
            )
        return self.env._("This person has shared nothing.")

    def _consequences(self, kind, until=None):
        """Say what a step changes, before it is taken.

        :param str kind: of ``collab.account.step``
        :param date | None until: the last day of a suspension
        :return list[str]: sentences
        """
        self.ensure_one()
        # sudo: the name, networks and number of contents of this person, for those who may take this step
        person = self.sudo()
        if kind == "suspend":
            return person._consequences_of_suspending(until)
        if kind == "resume":
            return [
                self.env._("%s can write again, everywhere.", person.name),
                self.env._("This person receives your reason by mail."),
                *person._who_is_told(),
            ]
        if kind == "close":
            return [
                self.env._("%s cannot log in any more, and is logged out everywhere.", person.name),
                self.env._("The links and invitations on their way do not work any more."),
                person._shared_in_words(person.env["collab.member"]._departed_name()),
                self.env._("Nothing is erased: you can open this account again, and the name comes back."),
            ]
        if kind == "reopen":
            return person._consequences_of_reopening()
        return [
            self.env._("Who %s is disappears for good: name, address, phone, photo, job.", person.name),
            person._shared_in_words(person.env["collab.member"]._departed_name()),
            self.env._("The proof that the charter was accepted stays."),
            self.env._("It cannot be undone: this account is never opened again."),
        ]

    def _who_is_told(self):
        others = self._networks() - self.env.user._networks()
        names = self.partner_id._some_names(others.mapped("name"))
        return [self.env._("The moderators of %s are told, without the reason.", names)] if others else []

    def _consequences_of_suspending(self, until):
        lasts = self.env._("Without an end, this lasts until a federation lets this person write again.")
        if until:
            lasts = self.env._("This lasts until %s, that day included.", self._day_in_words(until))
        return [
            self.env._("%s goes on reading, and writes nothing: no question, answer, comment or document.", self.name),
            lasts,
            self._shared_in_words(self.name),
            self.env._("This person receives your reason by mail, and how to contest it."),
            *self._who_is_told(),
        ]

    def _consequences_of_reopening(self):
        comes = self.env._("%s has never come: invite this person again.", self.name)
        if self.login_date:
            comes = self.env._("%s can log in again, with the same address and the same password.", self.name)
        charter = self.env._("The charter in force will be asked for first.")
        if self._charter_accepted():
            charter = self.env._("The charter is accepted already: it is not asked for again.")
        said = [comes, self.env._("What this person has shared is signed with this name again."), charter]
        if not self._is_suspended():
            return said
        if self.suspended_until:
            end = self._day_in_words(self.suspended_until)
            return [*said, self.env._("The suspension goes on until %s.", end)]
        return [*said, self.env._("The suspension goes on: end it if this person may write.")]
