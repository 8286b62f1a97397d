from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, formataddr

from odoo.addons.collab_reseaux.moments import ZONE, say_day

from .collab_notification import Event

SAID_MAX_CHARS = 500
LOGO_ID = "logo"  # of the picture in a letter (RFC 2392)
# RFC 8058: mail programs then show a button that unsubscribes with one click, without opening a page.
ONE_CLICK = {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


class CollabNotification(models.Model):
    """How the mail that tells notifications is written: when it leaves, with the rights that its reader has then."""

    _inherit = "collab.notification"

    def _write_letter(self):
        """Write the mail that tells these notifications, with the rights of the person, now.

        :return EmailMessage | None: None when there is nothing left to tell, or not today
        """
        first = self[0]
        if later := first._must_wait_until():
            self.write({"rhythm": "daily", "wanted": later, "due": later, "letter_id": False})
            return None
        items, broken = {}, self.browse()
        for row in self:
            with row._set_aside_if_it_fails() as failed:
                items[row] = row._item()
            if failed:
                broken |= row
        if broken and broken != self:
            # The others leave at once, in another letter: a letter that is tried again tells the same things each time.
            broken.letter_id = False
            rest = self - broken
            rest.letter_id = rest[0]
            self.env.ref("collab_courrier.cron_send")._trigger()
        if broken:
            return None
        told = [row for row in self if items[row]]
        (self - self.browse([row.id for row in told])).write({"state": "cancelled"})
        with self._set_aside_if_it_fails():
            return first._message(self._once_each(items[row] for row in told)) if told else None

    def _must_wait_until(self):
        """:return datetime | None: when the letter of this row may leave, in UTC; None: now"""
        if self._is_owed():
            return None
        now, asked = fields.Datetime.now(), self.env["collab.notification.setting"]._of(self.user_id)
        if asked.paused_until:
            return self._morning(asked.paused_until)
        if self.rhythm == "each" and (asked.one_a_day or self._sent_today(self.user_id) >= self._cap()):
            return self._next_morning(now)
        return None

    @api.model
    def _once_each(self, items):
        """:param Iterable[dict] items: what contents say
        :return list[dict]: the same, without repetitions: several events may give the same words"""
        said = []
        for item in items:
            if item not in said:
                said.append(item)
        return said

    def _item(self):
        """:return dict | None: what the content says of this event to this person; None when he may not read it any
        more, has chosen not to be told, or has left"""
        person = self.user_id
        rhythm = self.env["collab.notification.preference"]._rhythms({self.kind: person}).get((self.kind, person.id))
        if not person.active or not person.email or rhythm in (None, "never") or self.kind not in self._kinds():
            return None
        reader = self.env(user=person.id, su=False, context={"lang": person.lang})
        record = reader[self.res_model].search([("id", "=", self.res_id)])
        event = Event(self.what, reader[self.about_model].browse(self.about_id), self.step or "")
        item = record and self._said_of(record, event)
        if not item:
            return None
        said = item["said"] if self._is_owed() else item["said"][:SAID_MAX_CHARS]
        return {**item, "said": said, "kind": self.kind}

    def _said_of(self, record, event):
        """:param record: that the person may read, with his rights
        :param Event event: what has happened
        :return dict | None: what this record says of it to this person; None: nothing to tell him any more"""
        return record._notification(self.kind, event)

    def _is_owed(self):
        return self.kind in self._kinds() and self._kinds()[self.kind].is_owed

    @api.model
    def _sent_today(self, person):
        midnight = datetime.combine(datetime.now(ZONE).date(), time(), ZONE).astimezone(UTC).replace(tzinfo=None)
        own = Domain("user_id", "=", person.id) & Domain("state", "=", "sent") & Domain("sent_date", ">=", midnight)
        return self.search_count(own & Domain("rhythm", "=", "each"))

    @api.model
    def _received(self, person, days=30):
        """:return int: how many mails were sent to this person in the last days; it helps him to choose how often"""
        since = fields.Datetime.now() - timedelta(days=days)
        [[letters]] = self.env.execute_query(
            SQL(
                """SELECT count(DISTINCT coalesce(letter_id, id)) FROM collab_notification
                    WHERE user_id = %s AND state = 'sent' AND sent_date >= %s""",
                person.id,
                since,
            )
        )
        return letters

    @api.model
    def _cap(self):
        """:return int: how many mails a person receives in a day at most; the rest is grouped the next morning"""
        # sudo: a setting
        return int(self.env["ir.config_parameter"].sudo().get_param("collab_courrier.mails_a_day", 10))

    def _message(self, items):
        """:param list[dict] items: what contents say
        :return EmailMessage:"""
        person = self.user_id
        env = self.env(user=person.id, context={"lang": person.lang})
        # sudo: the platform writes the letter; what it says of contents has been read by the person
        qweb, company = env["ir.qweb"].sudo(), env.company.sudo()
        kinds = sorted({item["kind"] for item in items if not self._kinds()[item["kind"]].is_owed})
        # No link when the mail only tells what is owed: nobody can stop that.
        link = self.env["collab.notification.preference"]._unsubscribe_url(person, kinds) if kinds else None
        base_url = company.get_base_url()
        pause = self.env["collab.notification.setting"]._of(person).paused_until
        paused = {"pause": say_day(pause) if pause else ""}
        values = {"items": items, "base_url": base_url, "unsubscribe_url": link, "person": person.sudo(), **paused}
        body = qweb._render("collab_courrier.mail_notifications", values)
        logo = env["collab.network"]._logo_of(person)
        shown = {"logo": (LOGO_ID, *logo[2:]) if logo else None}
        html = qweb._render(
            "collab_habillage.mail_layout",
            {"message": SimpleNamespace(body=body), "company": company, "lang": person.lang, **shown},
        )
        subject = items[0]["subject"] if len(items) == 1 else env._("%s things that concern you", len(items))
        Server = self.env["ir.mail_server"]
        address = (
            Server._get_default_from_address() or company.email or f"ne-pas-repondre@{urlsplit(base_url).hostname}"
        )
        # sudo: a setting, which makes the Message-ID different on each platform
        number = self.env["ir.config_parameter"].sudo().get_param("database.uuid")[:8]
        message = Server._build_email__(
            email_from=formataddr((company.name, address)),
            email_to=[formataddr((person.name, person.email))],
            subject=" ".join(subject.split()),
            body=f"<!DOCTYPE html>{html}",
            subtype="html",
            message_id=f"<notification.{number}.{self.id}@{urlsplit(base_url).hostname}>",
            headers={
                **({"List-Unsubscribe": f"<{link}>", **ONE_CLICK} if link else {}),
                # RFC 3834: so that automatic replies (holidays, for example) do not answer.
                "Auto-Submitted": "auto-generated",
            },
        )
        if logo:
            # Carried by the letter: a mail program shows it without asking anything of the network.
            content, kind = logo[:2]
            page = message.get_body(("html",))
            page.add_related(content, *kind.split("/"), cid=f"<{LOGO_ID}>", disposition="inline")
        return message
