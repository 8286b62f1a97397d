from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from odoo.addons.collab_courrier.models.collab_notification import Event


class ResUsers(models.Model):
    """Suspension: a member may read but not write, until a given day or until a federation lets him write again."""

    _inherit = "res.users"

    suspended_date = fields.Datetime(
        string="Suspended on",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="This person reads, and writes nothing.",
    )
    suspended_until = fields.Date(
        string="Suspended until",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="The last day of the suspension, in Paris; without it, somebody ends it.",
    )

    @api.model
    def _reader_columns(self):
        return [*super()._reader_columns(), "suspended_date", "suspended_until"]

    def _is_suspended(self):
        """:return bool: this person may not write now; a suspension stops by itself after its last day"""
        # sudo: only this boolean is told
        person = self.sudo()
        return bool(person.suspended_date) and not (person.suspended_until and person.suspended_until < person._today())

    @api.model
    def _suspended_domain(self):
        """:return Domain: the accounts for which ``_is_suspended`` is true"""
        lasts = Domain("suspended_until", "=", False) | Domain("suspended_until", ">=", self._today())
        return Domain("suspended_date", "!=", False) & lasts

    def _check_may_write(self):
        if self._is_suspended():
            # sudo: his own account
            if until := self.sudo().suspended_until:
                raise AccessError(
                    self.env._(
                        "The federations have suspended your right to write until %s. They have told you why.",
                        self._day_in_words(until),
                    )
                )
            raise AccessError(
                self.env._("The federations have suspended your right to write here. They have told you why.")
            )
        return super()._check_may_write()

    def _may_suspend(self):
        """:return bool: the current user may suspend this member, or let him write again"""
        self.ensure_one()
        # sudo: only the role and the state of this account
        person = self.sudo()
        return person.active and person._role() == "member" and self.env.user._moderates(person)

    def _may_resume(self):
        """:return bool: the current user may let this person write again; only an administrator may, if this person has
        become staff since the suspension"""
        # sudo: as above
        person, me = self.sudo(), self.env.user
        return self._may_suspend() or (person.active and me._has_role("administrator") and me._moderates(person))

    def _suspend(self, reason, until=None, about=None):
        """Suspend this member: he may still read, but not write anywhere.

        :param str reason: shown to the member
        :param date | None until: the last day; None: until somebody lets him write again
        :param about: the record that led to it, which the current user must be able to read; or None
        :return collab.account.event: in sudo: the row of the log
        :raises AccessError: the current user may not suspend this person (other network, or staff)
        :raises AlreadyDone: this member is suspended
        :raises ValidationError: no reason is given, or the last day is past
        """
        self._check_step("suspend")
        if about:
            about.check_access("read")
        reason = self._reason(reason)
        self._check_until(until)
        # sudo: moderators write no account, but this
        self.sudo().write({"suspended_date": fields.Datetime.now(), "suspended_until": until})
        event = self._note("suspended", after=until and until.isoformat(), reason=reason)
        self._tell_step(event)
        return event

    @api.model
    def _check_until(self, until):
        """:param date | None until: the last day of a suspension
        :raises ValidationError: it is past"""
        if until and until < self._today():
            raise ValidationError(self.env._("This end is past: choose today, or a later day."))

    def _resume(self, reason):
        """Let this person write again.

        :param str reason: shown to this person
        :return collab.account.event: as ``_suspend``
        :raises AccessError: as ``_suspend``
        :raises AlreadyDone: this person is not suspended
        :raises ValidationError: no reason is given
        """
        self._check_step("resume")
        reason = self._reason(reason)
        # sudo: moderators write no account, but this
        self.sudo().write({"suspended_date": False, "suspended_until": False})
        event = self._note("resumed", reason=reason)
        self._tell_step(event)
        return event

    def _tell_step(self, event):
        """Notify the person and, without the reason, the moderators of his other networks."""
        person = self.sudo(False)
        Outbox, name = self.env["collab.notification"], Event(event.kind, event)
        Outbox._notify("account", person, name, person)
        others = self._networks() - self.env.user._networks()
        moderators = self.env.ref("collab_reseaux.group_moderator").id
        # sudo: the accounts of other networks, which the current user may not read
        near = [("group_ids", "in", moderators), ("partner_id.scope_network_ids", "in", others.ids)]
        people = self.sudo().search(near)
        Outbox._notify("account_moderation", person, name, people.sudo(False))

    def _notification(self, kind, event):
        """Write the mail to the current user about a decision on this person's account.

        :param str kind: of ``collab.notification``
        :param Event event: about a row of the log
        :return dict | None: as ``collab.content.mixin._notification``; None when there is nothing to tell any more
        """
        # sudo: only administrators read the log; the reason is given to the person himself only
        row = event.about.sudo().exists()
        if not row or row.user_id != self:
            return None
        end = self._day_in_words(date.fromisoformat(row.after)) if row.kind == "suspended" and row.after else None
        if kind == "account" and self == self.env.user:
            if row.kind == "resumed":
                subject, said = self.env._("You can write on the platform again"), row.reason
            elif end:
                subject, said = self.env._("You cannot write on the platform until %s", end), self._say_suspended(row)
            else:
                subject, said = self.env._("You cannot write on the platform any more"), self._say_suspended(row)
            return {"title": self.env._("My account"), "subject": subject, "said": said or "", "url": "/mon-compte"}
        if kind == "account_moderation" and self.env.user._moderates(self):
            if row.kind == "resumed":
                subject, said = self.env._("%s can write on the platform again", self.name), ""
            elif end:
                subject = self.env._("%(person)s cannot write on the platform until %(day)s", person=self.name, day=end)
                said = self._say_who_decided(row.create_uid)
            else:
                subject = self.env._("%s cannot write on the platform any more", self.name)
                said = self._say_who_decided(row.create_uid)
            url = f"/odoo/action-collab_reseaux.res_users_member_action/{self.id}"
            return {"title": self.name, "subject": subject, "said": said, "url": url}
        return None

    def _say_who_decided(self, doer):
        """:param res.users doer: the account that decided
        :return str: a sentence for the moderators of other networks, who may not know more"""
        if doer._role() == "administrator":
            return self.env._("The administration of the platform has decided so, and has told this person why.")
        return self.env._("Another network has decided so, and has told this person why.")

    def _say_suspended(self, event):
        """:param collab.account.event event: the suspension of this person, in sudo
        :return str: the text of the mail to him"""
        contacts = self._whom_to_contest_with(event.create_uid)
        contest = self.env._("You do not agree? Say so to your federation.")
        if contacts:
            contest = "\n".join([self.env._("You do not agree? Write to:"), *contacts])
        paragraphs = [
            self.env._("You can still read everything."),
            self.env._("Reason: “%s”", event.reason or ""),
            contest,
        ]
        return "\n\n".join(paragraphs)

    def _how_to_contest(self, doer):
        """:param res.users doer: the account that decided
        :return str: a sentence that says whom to write to in order to contest the decision"""
        if contacts := self._whom_to_contest_with(doer):
            return self.env._("You do not agree? Write to: %s.", ", ".join(contacts))
        return self.env._("You do not agree? Say so to your federation.")

    def _whom_to_contest_with(self, doer):
        """:param res.users doer: the account that decided
        :return list[str]: the contacts of the networks that this person shares with ``doer``, or of all his networks"""
        mine = self._networks()
        # sudo: the contacts of his own networks, which are meant for him
        networks = ((mine & doer._networks()) or mine).sudo()
        contacts = [
            " ".join(filter(None, (network.contact_name, network.contact_email, network.contact_phone)))
            for network in networks
        ]
        return [contact for contact in contacts if contact]

    def _own_suspension(self):
        """:return dict: what a suspended person is shown: ``sentence`` (until when), ``reason`` and ``contest``"""
        # sudo: his own suspension, and the reason that he was given
        until, event = self.sudo().suspended_until, self._last_event("suspended")
        sentence = self.env._("You cannot write on the platform any more. You can still read everything.")
        if until:
            day = self._day_in_words(until)
            sentence = self.env._("You cannot write on the platform until %s. You can still read everything.", day)
        return {
            "sentence": sentence,
            "reason": event.reason,
            "contest": self._how_to_contest(event.create_uid),
        }

    @api.model
    def _suspended_rows(self):
        """List the suspended people among those whom the current user moderates.

        :return list[dict]: the latest first: ``id``, ``name``, ``organisation``, ``when``, ``until`` (in words, or
            None), ``by`` and ``reason``; when another network decided, these two are empty and ``decided`` says so
        :raises AccessError: the current user is not a moderator
        """
        me = self.env.user
        if not me._has_role("moderator"):
            raise AccessError(self.env._("Only the federations do this."))
        domain = self._suspended_domain()
        if not me._has_role("administrator"):
            domain &= Domain("partner_id.scope_network_ids", "in", me._networks().ids)
        # sudo: moderators may not read these fields; this method gives them to those who may suspend these people
        people = self.sudo().search(domain, order="suspended_date desc")
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        events = {person: person._last_event("suspended") for person in people}
        doers = [event.create_uid.id for event in events.values()]
        known = self.env["collab.member"]._named_by_account([*people.ids, *doers])
        rows = []
        for person, event in events.items():
            is_told = event.create_uid == me or (me._moderates(person) and me._shares_reasons_of(event.create_uid))
            rows.append(
                {
                    "id": person.id,
                    "name": person.name,
                    "organisation": known.get(person.id, ("", ""))[1] or "",
                    "when": say_when(person.suspended_date, {}),
                    "until": person.suspended_until and self._day_in_words(person.suspended_until),
                    "by": known.get(event.create_uid.id, ("",))[0] if is_told else "",
                    "reason": event.reason if is_told else "",
                    "decided": "" if is_told else me._say_who_decided(event.create_uid),
                }
            )
        return rows

    def _check_suspension(self, kind):
        if not self.env.user._has_role("moderator"):
            raise AccessError(self.env._("Only the federations do this."))
        if not (self._may_suspend() if kind == "suspend" else self._may_resume()):
            raise AccessError(self.env._("Only the federations of this member do this."))
        if self._is_suspended() == (kind == "suspend"):
            raise self._already_done("suspended" if kind == "suspend" else "resumed")
