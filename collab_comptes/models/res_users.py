from datetime import date, datetime

from babel.dates import format_date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.sql import escape_psql

from odoo.addons.collab_reseaux.moments import ZONE

from ..exceptions import AlreadyDone
from ..sessions import delete_sessions

REASON_MAX_CHARS = 1000  # as in the forms


class ResUsers(models.Model):
    """The life of an account: suspended, closed, opened again, erased. Each step is one of the methods below, and no
    field that anybody writes."""

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
    door_label = fields.Char(
        string="State in words",
        compute="_compute_door_label",
        groups="collab_reseaux.group_moderator",
        help="Where this person stands, with the end of a suspension.",
    )

    @api.constrains("partner_id")
    def _check_name_tells_no_role(self):
        self.partner_id._check_name_tells_no_role()

    # Where a person stands

    def _door_states(self):
        labels = {
            "suspended": self.env._("Suspended"),
            "closed": self.env._("Account closed"),
            "erased": self.env._("Erased"),
        }
        return [*super()._door_states(), *labels.items()]

    @api.depends("active", "forgotten_date", "suspended_date", "suspended_until")
    def _compute_door_state(self):
        result = super()._compute_door_state()
        for user in self:
            if user.forgotten_date:
                user.door_state = "erased"
            elif not user.active:
                user.door_state = "left" if user.left_date else "closed"
            elif user._is_suspended():
                user.door_state = "suspended"
        return result

    @api.model
    def _search_door_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        closed, erased = Domain("active", "=", False), Domain("forgotten_date", "!=", False)
        left, suspended = Domain("left_date", "!=", False), self._suspended_domain()
        own = {
            "erased": erased,
            "left": closed & ~erased & left,
            "closed": closed & ~erased & ~left,
            "suspended": ~closed & suspended,
        }
        others = super()._search_door_state("in", [state for state in value if state not in own])
        return Domain.OR([*(own[state] for state in value if state in own), ~closed & ~suspended & others])

    @api.depends("door_state", "suspended_until")
    @api.depends_context("lang")
    def _compute_door_label(self):
        labels = dict(self._fields["door_state"]._description_selection(self.env))
        for user in self:
            label = labels.get(user.door_state, "")
            if user.door_state == "suspended" and user.suspended_until:
                end = user.suspended_until
                # Short: it stands in a column.
                pattern = "d MMM" if end.year == self._today().year else "d MMM y"
                day = format_date(end, pattern, locale=self.env.context.get("lang") or "fr_FR")
                label = self.env._("Suspended (until %s)", day)
            user.door_label = label

    @api.model
    def _today(self):
        """:return date: here, where a day begins for those who read it"""
        return datetime.now(ZONE).date()

    @api.model
    def _day_in_words(self, day):
        """:param date day:
        :return str: as a colleague says it, with its year if it is not this one"""
        pattern = "EEEE d MMMM" if day.year == self._today().year else "EEEE d MMMM y"
        return format_date(day, pattern, locale=self.env.context.get("lang") or "fr_FR")

    # Suspended

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

    def _networks(self):
        return self.sudo().partner_id.scope_network_ids  # sudo: memberships are compared, and not shown

    def _moderates(self, person):
        """:param res.users person:
        :return bool: this user decides about him: an administrator, or a moderator of one of his networks"""
        if self == person or not self._has_role("moderator"):
            return False
        return self._has_role("administrator") or bool(self._networks() & person._networks())

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

    @api.model
    def _reason(self, reason):
        """:param str reason: as it was typed
        :return str: what is kept of it
        :raises ValidationError: nothing is said"""
        reason = " ".join((reason or "").replace("\0", "").split())[:REASON_MAX_CHARS]
        if not reason:
            raise ValidationError(self.env._("Say in a few words why."))
        return reason

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

    def _shares_reasons_of(self, doer):
        """:param res.users doer: a moderator, or an administrator
        :return bool: this user reads why he has suspended somebody: they are of the same network"""
        return self._has_role("administrator") or bool(self._networks() & doer._networks())

    def _last_event(self, *kinds):
        """:return collab.account.event: the last one of these kinds about this person, in sudo"""
        about = Domain("user_id", "=", self.id) & Domain("kind", "in", kinds)
        # sudo: the log is for administrators; callers tell what each person may know
        return self.env["collab.account.event"].sudo().search(about, limit=1)

    # The steps

    def write(self, vals):
        """:raises UserError: somebody who has been erased stays so"""
        if not self.env.su and any(self.sudo().mapped("forgotten_date")):  # sudo: whether he is, whoever asks
            raise UserError(self.env._("This account has been erased: nothing is written in it any more."))
        return super().write(vals)

    def _check_step(self, kind):
        """Ask whether the current user may take this step, now.

        :param str kind: of ``collab.account.step``
        :raises AccessError: it is not his to take
        :raises AlreadyDone: it has been taken, and by whom
        :raises UserError: it cannot be taken, and why
        """
        self.ensure_one()
        if kind in ("suspend", "resume"):
            self._check_suspension(kind)
            return
        if not self.env.user._has_role("administrator"):
            raise AccessError(self.env._("Only administrators do this."))
        self.check_access("write")
        {"close": self._check_closing, "reopen": self._check_reopening, "erase": self._check_erasing}[kind]()

    def _check_suspension(self, kind):
        if not self.env.user._has_role("moderator"):
            raise AccessError(self.env._("Only the federations do this."))
        if not (self._may_suspend() if kind == "suspend" else self._may_resume()):
            raise AccessError(self.env._("Only the federations of this member do this."))
        if self._is_suspended() == (kind == "suspend"):
            raise self._already_done("suspended" if kind == "suspend" else "resumed")

    def _check_closing(self):
        if not self.active:
            raise self._already_done("closed", "left", "erased")
        if self._role() == "administrator":
            self._check_an_administrator_is_left(self)
        if self == self.env.user:
            raise UserError(self.env._("This is your own account: ask another administrator to close it."))

    def _check_reopening(self):
        if self.forgotten_date:
            raise UserError(self.env._("This account has been erased: nothing is left to open. Create another one."))
        if self.active:
            raise self._already_done("reopened")

    def _check_erasing(self):
        if self.forgotten_date:
            raise self._already_done("erased")
        if self.active:
            raise UserError(self.env._("Close this account first: only a closed account is erased."))

    def _already_done(self, *kinds):
        """
        :param str kinds: of ``collab.account.event``
        :return AlreadyDone: that says by whom, as far as the log knows, to those of the same network
        """
        event = self._last_event(*kinds)
        if event.create_uid == self.env.user:
            return AlreadyDone(self.env._("You have already done it."))
        if event and self.env.user._shares_reasons_of(event.create_uid):
            when = self.env["ir.qweb.field.collab_when"].value_to_html(event.create_date, {})
            known = self.env["collab.member"]._named_by_account(event.create_uid.ids)
            who = known.get(event.create_uid.id, (self.env._("Somebody"),))[0]
            return AlreadyDone(self.env._("%(person)s has already done it, %(when)s.", person=who, when=when))
        return AlreadyDone(self.env._("It is done already."))

    def _close(self, reason=None):
        """Let this person come in no more; what he has shared stays, and so does all that brings him back.

        :param str | None reason: for the log
        :raises AccessError, AlreadyDone, UserError: as ``_check_step``
        """
        self._check_step("close")
        # sudo: what an administrator writes by this method alone
        person = self.sudo()
        if person._role() == "administrator":
            self._wait_for_other_administrators()
        person.write({"active": False})
        self._shut()
        self._note("closed", reason=reason)

    def _leave(self):
        """:raises ValidationError: he is the only administrator"""
        if self._role() == "administrator":
            self._wait_for_other_administrators()
            self._check_an_administrator_is_left(self)
        result = super()._leave()
        self._shut()
        return result

    def _shut(self):
        """End what lets these people in: sessions, devices that need no code, links that are on their way."""
        # sudo: members read none of this, and administrators write none of it
        person = self.sudo()
        person.write({"link_asked": False, "link_error": False, "link_failed": False})
        for user in person:
            user.env["collab.account.letter"]._close_links(user)
        addresses = person._addresses()
        asked = Domain.OR(Domain("login", "=ilike", escape_psql(address)) for address in addresses)
        person.env["collab.link.request"].search(asked).unlink()
        for model in ("auth_totp.device", "res.users.apikeys"):
            person.env[model].search([("user_id", "in", person.ids)]).unlink()
        person.env["res.device.log"].search([("user_id", "in", person.ids)]).write({"revoked": True})
        # Once nobody comes in with them any more: a request of his would write his session again.
        database, numbers = self.env.cr.dbname, set(self.ids)
        self.env.cr.postcommit.add(lambda: delete_sessions(database, numbers, addresses))

    def _addresses(self):
        """:return set[str]: those by which these people log in and are written to, in lower case"""
        typed = (address for user in self for address in (user.login, user.email))
        return {address.strip().lower() for address in typed if address}

    def _reopen(self, reason=None):
        """Let this person come in again, with all that he had: what closing or leaving wrote is undone. A suspension
        goes on.

        :param str | None reason: for the log
        :raises AccessError, AlreadyDone, UserError: as ``_check_step``
        """
        self._check_step("reopen")
        # sudo: what an administrator writes by this method alone
        person = self.sudo()
        person.write({"active": True, "left_date": False})
        if not person.login_date:
            # Closing has made the link of his invitation void.
            person.write({"invited_date": False, "invitation_count": 0})
        person._check_moderator_network()
        self._note("reopened", reason=reason)

    def _erase(self):
        """Erase who this person was. What he shared stays, and so does the proof of what he accepted.

        :raises AccessError, AlreadyDone, UserError: as ``_check_step``
        """
        self._check_step("erase")
        self._forget()
        self._note("erased")

    def _forget(self):
        # sudo: what is erased lies in models that administrators do not write either
        person = self.sudo()
        env, addresses = person.env, person._addresses()
        self._shut()
        Attempt = env["collab.attempt"]
        tried = Domain("key", "=", f"link {person.id}")
        for account in (str(person.id), *map(Attempt._account_of_nobody, addresses)):
            tried |= Domain("key", "=like", f"{account} %")
        Attempt.search(tried).unlink()
        # Somebody else may have one of them open before him.
        env["collab.account.step"].search([("user_id", "=", person.id)]).write({"reason": False})
        names = env["collab.name.request"].with_context(active_test=False)
        names.search([("user_id", "=", person.id)]).unlink()
        borne = names.search([("borne_by", "ilike", escape_psql(person.name))])
        borne.write({"borne_by": self.env._("Member who has left")})
        env["collab.notification"].search([("res_model", "=", "res.users"), ("res_id", "=", person.id)]).unlink()
        person.write({"suspended_date": False, "suspended_until": False})
        result = super()._forget()
        # His picture, his imports: their files are deleted by the job that does so every night.
        env.ref("base.autovacuum_job")._trigger()
        return result

    # What is said before each step

    def _shared(self):
        """:return list[str]: what this person has shared, in numbers: each kind of content adds its own"""
        return []

    def _shared_in_words(self, name):
        """:param str name: by which it is signed
        :return str: a sentence"""
        if shared := self._shared():
            return self.env._(
                "What this person has shared stays, signed “%(name)s”: %(shared)s.",
                name=name,
                shared=self.partner_id._some(shared),
            )
        return self.env._("This person has shared nothing.")

    def _consequences(self, kind, until=None):
        """Say what a step leads to, before it is taken.

        :param str kind: of ``collab.account.step``
        :param date | None until: end of a suspension
        :return list[str]: sentences
        """
        self.ensure_one()
        # sudo: his name, his networks and what he has shared, to whoever may take this step
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
                person._shared_in_words(self.env._("Member who has left")),
                self.env._("Nothing is erased: you can open this account again, and the name comes back."),
            ]
        if kind == "reopen":
            return person._consequences_of_reopening()
        return [
            self.env._("Who %s is disappears for good: name, address, phone, photo, job.", person.name),
            person._shared_in_words(self.env._("Member who has left")),
            self.env._("The proof that the charter was accepted stays."),
            self.env._("It cannot be undone: this account is never opened again."),
        ]

    def _who_is_told(self):
        others = self._networks() - self.env.user._networks()
        names = self.partner_id._some(others.mapped("name"))
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
