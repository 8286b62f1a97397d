from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain


class ResUsers(models.Model):
    """Suspended: a member who reads, and writes nothing, for a time or until a federation lets him write again."""

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

    def _is_suspended(self):
        """:return bool: this person writes nothing now; once its end is past, a suspension holds no more"""
        # sudo: his own account, or that of somebody else of which only this is told
        person = self.sudo()
        return bool(person.suspended_date) and not (person.suspended_until and person.suspended_until < person._today())

    @api.model
    def _suspended_domain(self):
        """:return Domain: as ``_is_suspended``"""
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
        # sudo: the role and the state of whoever is about to be suspended
        person = self.sudo()
        return person.active and person._role() == "member" and self.env.user._moderates(person)

    def _may_resume(self):
        """:return bool: the current user may let this person write again; somebody who has come to a federation since
        is an administrator's business"""
        # sudo: as above
        person, me = self.sudo(), self.env.user
        return self._may_suspend() or (person.active and me._has_role("administrator") and me._moderates(person))

    def _suspend(self, reason, until=None, about=None):
        """Let this member read, and write nothing any more, anywhere.

        :param str reason: he reads it
        :param date | None until: the last day; without it, until somebody lets him write again
        :param about: a record that he has written, and that leads to it
        :return collab.account.event: what the log says of it, in sudo
        :raises AccessError: he is of another network, or of a federation
        :raises AlreadyDone: he is suspended
        :raises ValidationError: no reason is given, or the end is past
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
        """:param date | None until: end of a suspension
        :raises ValidationError: it is past"""
        if until and until < self._today():
            raise ValidationError(self.env._("This end is past: choose today, or a later day."))

    def _resume(self, reason):
        """Let this person write again.

        :param str reason: he reads it
        :return collab.account.event: as ``_suspend``
        :raises AccessError: as ``_suspend``
        :raises AlreadyDone: he is not suspended
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
        """Tell the person, and, without the reason, those who moderate him in other networks than whoever did it."""
        person = self.sudo(False)
        Outbox, name = self.env["collab.notification"], f"{event.kind},{event.id}"
        Outbox._notify("account", person, name, person)
        others = self._networks() - self.env.user._networks()
        moderators = self.env.ref("collab_reseaux.group_moderator").id
        # sudo: who moderates in which network
        near = [("group_ids", "in", moderators), ("partner_id.scope_network_ids", "in", others.ids)]
        people = self.sudo().search(near)
        Outbox._notify("account_moderation", person, name, people.sudo(False))

    def _notification(self, kind, event):
        """What a mail says, to the current user, of what has been decided about this person: as
        ``collab.content.mixin``."""
        # sudo: the log is for administrators; of this row, its reason is for the person himself
        row = self.env["collab.account.event"].sudo().browse(int(event.partition(",")[2])).exists()
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
        """:param res.users doer: whoever has suspended somebody
        :return str: a sentence for the moderators of other networks"""
        if doer._role() == "administrator":
            return self.env._("The administration of the platform has decided so, and has told this person why.")
        return self.env._("Another network has decided so, and has told this person why.")

    def _say_suspended(self, event):
        """:param collab.account.event event: by which this person is suspended, in sudo
        :return str: what he is told of it, after its subject"""
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
        """:param res.users doer: whoever has decided
        :return str: whom this person writes to if he does not agree"""
        if contacts := self._whom_to_contest_with(doer):
            return self.env._("You do not agree? Write to: %s.", ", ".join(contacts))
        return self.env._("You do not agree? Say so to your federation.")

    def _whom_to_contest_with(self, doer):
        """:param res.users doer: whoever has decided
        :return list[str]: the contact of each of the networks that this person may write to"""
        mine = self._networks()
        # sudo: the contacts of the networks, which each page of theirs shows
        networks = ((mine & doer._networks()) or mine).sudo()
        contacts = [
            " ".join(filter(None, (network.contact_name, network.contact_email, network.contact_phone)))
            for network in networks
        ]
        return [contact for contact in contacts if contact]

    def _own_suspension(self):
        """:return dict: what holds (``sentence``), ``reason`` and ``contest``, for who is suspended"""
        # sudo: what the federations have told him
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
        """List who may not write, among those whom the current user moderates.

        :return list[dict]: ``id``, ``name``, ``organisation``, ``when``, ``until`` (in words, or nothing), ``by`` and
            ``reason`` (nothing, when another network has decided it: ``decided`` says so), the latest first
        :raises AccessError: he does not moderate
        """
        me = self.env.user
        if not me._has_role("moderator"):
            raise AccessError(self.env._("Only the federations do this."))
        domain = self._suspended_domain()
        if not me._has_role("administrator"):
            domain &= Domain("partner_id.scope_network_ids", "in", me._networks().ids)
        # sudo: moderators read of these accounts what this method gives: they may suspend them
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
