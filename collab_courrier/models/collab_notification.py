import contextlib
import logging
import smtplib
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

import psycopg2.errors

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.collab_reseaux.calls import READ, opened
from odoo.addons.collab_reseaux.moments import ZONE

from ..waking import wake_later
from .collab_notification_preference import RHYTHMS
from .collab_notification_setting import BACK, DAILY_HOUR

_logger = logging.getLogger(__name__)

LETTERS_A_RUN = 200
# A server may fail on one letter. When it fails on two in a row, the server itself does not work.
FAILURES_IN_A_ROW = 2
# Minutes before each new try; the last one again and again, until GIVE_UP.
RETRY_MINUTES = (1, 5, 15, 30, 60, 120, 240)
GIVE_UP = timedelta(hours=24)
KEPT_DAYS = 90
# What can be undone is told after this time, in which one sees that one was wrong.
HELD = timedelta(seconds=10)
HANGS_UP = 421  # RFC 5321: the server closes the connection


class Kind(NamedTuple):
    """Something that people may be told."""

    label: str  # as the page of preferences names it
    rhythm: str  # one of RHYTHMS, for those who have not chosen
    group: str | None = None  # external identifier of the only role that it concerns; None: everybody
    is_owed: bool = False  # always sent, at once and in full: nobody can choose not to receive it
    section: str = ""  # under which the page of preferences shows it


class Event(NamedTuple):
    """Something that happens once. Nobody is told of it twice, even when several kinds would tell him."""

    what: str  # in a word: said, flagged, changed…
    about: models.BaseModel  # the record to which it happens
    step: str = ""  # a date or a number, to tell one time from another when it may happen to this record again


class ServerAway(Exception):
    """The mail server does not answer: this tells nothing about the mailbox of the person."""


class CollabNotification(models.Model):
    """The outbox: one row per person and event, from the moment when it happens until its mail has left.

    A mail is written when it leaves, with the rights that its reader has then. It leaves at least once, and always
    with the same ``Message-ID``: a sender killed between the answer of the server and its own note sends it again,
    and mail programs show it once.
    """

    _name = "collab.notification"
    _description = "Notification by mail"
    _calls = opened("administrator", *READ, "action_retry")
    _rec_name = "what"
    _order = "id desc"

    user_id = fields.Many2one("res.users", string="For", required=True, readonly=True, ondelete="cascade")
    kind = fields.Char(required=True, readonly=True, help="One of _kinds().")
    kind_label = fields.Char(string="About", compute="_compute_kind_label")
    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Integer(string="Content", required=True, readonly=True)
    what = fields.Char(string="What has happened", required=True, readonly=True)
    about_model = fields.Char(string="To which model", required=True, readonly=True)
    about_id = fields.Integer(string="To which record", required=True, readonly=True)
    step = fields.Char(string="Which time", readonly=True)
    rhythm = fields.Selection(RHYTHMS, required=True, readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("sent", "Sent"),
            ("cancelled", "Not wanted any more"),
            ("refused", "Refused by the mailbox"),
            ("given_up", "Given up after 24 hours"),
        ],
        required=True,
        readonly=True,
    )
    wanted = fields.Datetime(required=True, readonly=True, help="When it should leave.")
    due = fields.Datetime(required=True, readonly=True, help="When the next try is.")
    tries = fields.Integer(required=True, readonly=True)
    error = fields.Char(string="Last failure", readonly=True)
    sent_date = fields.Datetime(string="Sent on", readonly=True)
    letter_id = fields.Many2one(
        "collab.notification",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="Grouped by day: the first of those that the same mail tells.",
    )

    _once = models.UniqueIndex("(user_id, about_model, about_id, what, step)", "This person has been told already.")
    _due_idx = models.Index("(due) WHERE state = 'waiting'")
    _content_idx = models.Index("(res_model, res_id)")

    @api.model
    def _kinds(self):
        """What people may be told; each kind of content adds its own.

        :return dict[str, Kind]: by name, in the order of the page of preferences
        """
        return {}

    @api.depends("kind")
    def _compute_kind_label(self):
        kinds = self._kinds()
        for row in self:
            # A kind whose module is gone keeps its name.
            row.kind_label = kinds[row.kind].label if row.kind in kinds else row.kind

    @api.model
    def _kinds_for(self, person):
        """:param res.users person:
        :return dict[str, Kind]: what he may be told, for him to choose a rhythm"""
        chosen = {name: kind for name, kind in self._kinds().items() if not kind.is_owed}
        return {name: kind for name, kind in chosen.items() if not kind.group or person.has_group(kind.group)}

    @api.model
    def _notify(self, kind, content, event, people, held=False):
        """As ``_notify_each``, for people whom one kind concerns.

        :param str kind: one of ``_kinds()``
        :param res.users people: the current user is not told what he has done himself
        """
        self._notify_each(content, event, {kind: people}, held)

    @api.model
    def _notify_each(self, content, event, told, held=False):
        """Tell people by mail that something has happened, as each of them has chosen. Called twice for the same event,
        it tells them once. Who has asked for one mail a day, or for a pause, is told of it later, with the rest.

        :param content: a record of ``collab.content.mixin``, which says what the mail says
        :param Event event: what has happened, the same for all
        :param dict[str, res.users] told: whom it concerns, by kind (one of ``_kinds()``). When several kinds concern
            somebody, he is told the first one that he has not stopped. The current user is not told what he has done
            himself.
        :param bool held: it can be undone for a moment (``_recall``), in which no mail leaves
        :raises ValueError: no module has declared this kind: otherwise nobody would be told, and nobody would notice
        """
        if unknown := told.keys() - self._kinds().keys():
            raise ValueError(f"No content has declared that people are told of {sorted(unknown)}")
        kinds, now = self._kinds(), fields.Datetime.now() + (HELD if held else timedelta())
        people = [
            SQL("(%s, %s, %s, %s, %s)", rank, kind, person.id, kinds[kind].rhythm, kinds[kind].is_owed)
            for rank, (kind, concerned) in enumerate(told.items())
            for person in concerned - self.env.user
        ]
        if not people:
            return
        # The order of the kinds is kept: it decides which of them a person is told.
        rows = self.env.execute_query(
            SQL(
                """INSERT INTO collab_notification
                       (user_id, kind, res_model, res_id, what, about_model, about_id, step, rhythm, state, wanted, due,
                        tries)
                   SELECT person, kind, %s, %s, %s, %s, %s, %s, rhythm, 'waiting', due, due, 0
                     FROM (SELECT told.*, back,
                                  CASE WHEN coalesce(choice.rhythm, told.usual) = 'each' AND (one_a_day OR back > %s)
                                       THEN 'daily' ELSE coalesce(choice.rhythm, told.usual) END AS rhythm
                             FROM (VALUES %s) told (rank, kind, person, usual, is_owed)
                             LEFT JOIN collab_notification_preference choice
                               ON choice.user_id = told.person AND choice.kind = told.kind AND NOT told.is_owed
                             LEFT JOIN (SELECT user_id, one_a_day, %s AS back FROM collab_notification_setting) setting
                               ON setting.user_id = told.person AND NOT told.is_owed) wish,
                          LATERAL (SELECT CASE rhythm WHEN 'each' THEN %s ELSE greatest(%s, back) END AS due) moment
                    WHERE rhythm != 'never' ORDER BY rank
                   ON CONFLICT (user_id, about_model, about_id, what, step) DO NOTHING RETURNING rhythm""",
                *(content._name, content.id, event.what, event.about._name, event.about.id, event.step),
                now,
                SQL(", ").join(people),
                BACK,
                SQL("%s::timestamp", now),
                SQL("%s::timestamp", self._next_morning(now)),
                to_flush=(self.env["collab.notification.preference"]._fields["rhythm"],),
            )
        )
        # The job also runs every ten minutes: that is enough for what waits for the morning.
        if ("each",) in rows:
            self.env.ref("collab_courrier.cron_send")._trigger(now)
            if held:
                wake_later(self.env.cr, HELD.total_seconds() + 1)

    @api.model
    def _next_morning(self, now):
        """:param datetime now: in UTC, without a time zone
        :return datetime: when the next grouped letters leave, in UTC too"""
        today = now.replace(tzinfo=UTC).astimezone(ZONE).date()
        morning = self._morning(today)
        return morning if morning > now else self._morning(today + timedelta(days=1))

    @api.model
    def _morning(self, day):
        """:param date day: in Paris
        :return datetime: when the grouped letters of this day leave, in UTC, without a time zone"""
        return datetime.combine(day, time(DAILY_HOUR), ZONE).astimezone(UTC).replace(tzinfo=None)

    # Sending

    @api.model
    def _send_due(self):
        """Send what is due. It may be stopped at any line, run twice at once, and run again."""
        self._as_they_are_now(self._group)
        rows = self.env.execute_query(
            SQL(
                """SELECT id, count(*) OVER () FROM collab_notification
                    WHERE state = 'waiting' AND due <= %s AND (rhythm = 'each' OR letter_id = id)
                    ORDER BY due, id LIMIT %s""",
                fields.Datetime.now(),
                LETTERS_A_RUN,
            )
        )
        progress = self.env["ir.cron"]._commit_progress
        # The total, and not only this run's: Odoo runs the job again at once as long as some remain.
        progress(0, remaining=rows[0][1] if rows else 0)
        with contextlib.ExitStack() as stack:
            connection, failures = None, 0
            for letter_id, _total in rows:
                try:
                    if not (letter := self._take(letter_id)):
                        self.env.cr.rollback()
                        continue
                    if message := letter._write_letter():
                        connection = connection or stack.enter_context(self._connected(message["From"]))
                        letter._send(message, connection)
                        failures = 0
                except ServerAway as failure:
                    letter._postpone(str(failure))
                    # Many servers take some mails, then hang up: another connection may take more.
                    stack.close()
                    connection, failures = None, failures + 1
                    if failures == FAILURES_IN_A_ROW:
                        # All postponed together: each of the others would wait for the same timeout.
                        progress(1)
                        self._as_they_are_now(self._postpone_all, str(failure))
                        progress(0, remaining=0)
                        break
                except psycopg2.errors.SerializationFailure:
                    # Another sender has just sent it.
                    self.env.cr.rollback()
                    continue
                except Exception as failure:
                    # Any failure concerns this letter only. The connection may be in any state: open another one.
                    self._set_aside(letter_id, failure)
                    stack.close()
                    connection = None
                if not progress(1):
                    break

    @api.model
    def _set_aside(self, letter_id, failure):
        """Note why a letter has not left, for administrators and whoever watches the platform. It is tried again later,
        as any letter.

        :param Exception failure:
        """
        _logger.warning("Notification %s cannot leave", letter_id, exc_info=failure)
        self.env.cr.rollback()
        self._take(letter_id)._postpone(str(failure) or type(failure).__name__)

    @api.model
    def _as_they_are_now(self, change, *args):
        """Change many rows at once, and start again when another sender has just changed some of them.

        :param Callable change: called with ``args``. Before each new call the transaction is rolled back: what it did
            before is lost.
        """
        while True:
            try:
                change(*args)
                self.env.flush_all()
                return
            except psycopg2.errors.SerializationFailure:
                self.env.cr.rollback()

    @api.model
    def _group(self):
        """Put what is due for a person who wants one mail a day in one letter.

        A row whose letter has left without it, or will not leave, is put in a new letter.
        """
        self.env.cr.execute(
            SQL(
                """WITH due AS (
                       SELECT id, user_id FROM collab_notification row
                        WHERE state = 'waiting' AND rhythm = 'daily' AND due <= %s AND NOT EXISTS (
                              SELECT FROM collab_notification letter
                               WHERE letter.id = row.letter_id AND letter.state = 'waiting')
                          FOR UPDATE SKIP LOCKED),
                   first AS (SELECT user_id, min(id) AS id FROM due GROUP BY user_id)
                   UPDATE collab_notification row SET letter_id = first.id
                     FROM due JOIN first USING (user_id) WHERE row.id = due.id""",
                fields.Datetime.now(),
            )
        )
        self.invalidate_model(["letter_id"])

    @api.model
    def _take(self, letter_id):
        """Keep other senders away from a letter until the end of the transaction.

        :return collab.notification: all that it tells, the first one first; nothing if it is sent, or being sent
        """
        self.invalidate_model()
        taken = self.env.execute_query(
            SQL(
                """SELECT id FROM collab_notification WHERE id = %s AND state = 'waiting' AND due <= %s
                      FOR UPDATE SKIP LOCKED""",
                letter_id,
                fields.Datetime.now(),
            )
        )
        if not taken:
            return self.browse()
        # Lock its other rows too: one that another transaction changed could not be marked as sent afterwards.
        others = self.env.execute_query(
            SQL(
                """SELECT id FROM collab_notification WHERE letter_id = %s AND state = 'waiting' AND id != %s
                    ORDER BY id FOR UPDATE SKIP LOCKED""",
                letter_id,
                letter_id,
            )
        )
        return self.browse([letter_id, *(other for (other,) in others)])

    @contextlib.contextmanager
    def _set_aside_if_it_fails(self):
        """Undo what fails while a letter is written, and try again later, so that the other letters can leave.

        :return list: not empty once it has failed"""
        failed = []
        try:
            with self.env.cr.savepoint():
                yield failed
        except psycopg2.errors.SerializationFailure:
            raise
        except Exception as error:
            failed.append(error)
            _logger.warning("Notification %s cannot be written", self[0].id, exc_info=True)
            self._postpone(str(error) or type(error).__name__)

    @contextlib.contextmanager
    def _connected(self, sender):
        """Give a connection to the mail server.

        :param str sender: the address in From, which decides which server is used
        :raises ServerAway: no connection can be made
        """
        try:
            connection = self.env["ir.mail_server"]._connect__(smtp_from=sender)
        except Exception as error:
            # Any exception, because core has its own errors for some failures: none of them is about one letter.
            raise ServerAway(str(error)) from error
        try:
            yield connection
        finally:
            if connection:
                with contextlib.suppress(smtplib.SMTPException, OSError):
                    connection.quit()

    def _send(self, message, connection):
        """Hand the mail over to the server, and note what it answers.

        :raises ServerAway: it does not answer any more
        """
        try:
            sender, recipients, message = self.env["ir.mail_server"]._prepare_email_message__(message, connection)
            # None: core sends nothing during its own tests.
            if connection:
                connection.send_message(message, sender, recipients)
        except smtplib.SMTPRecipientsRefused as refusal:
            self._note_refusal(*next(iter(refusal.recipients.values())))
        except smtplib.SMTPDataError as refusal:
            self._note_refusal(refusal.smtp_code, refusal.smtp_error)
        except smtplib.SMTPNotSupportedError as error:
            # The address is not in ASCII, and this server only accepts ASCII (RFC 6531).
            self._note_refusal(550, str(error))
        except (smtplib.SMTPException, OSError) as error:
            raise ServerAway(str(error)) from error
        except AssertionError as error:
            # Core raises this for an address that is not valid.
            self._note_refusal(550, str(error))
        else:
            self.filtered(lambda row: row.state == "waiting").write(
                {"state": "sent", "sent_date": fields.Datetime.now(), "error": False}
            )

    def _note_refusal(self, code, text):
        """:param int code: as in RFC 5321: from 500 on, the mailbox will never take it
        :param bytes | str text: what the server said
        :raises ServerAway: the server hangs up: this is not about the mailbox"""
        said = text.decode(errors="replace") if isinstance(text, bytes) else text
        if code == HANGS_UP:
            raise ServerAway(f"{code} {said}")
        rows = self.filtered(lambda row: row.state == "waiting")
        if code < 500:
            rows._postpone(f"{code} {said}")
        else:
            _logger.warning(
                "Notification %s: the mailbox of %s refuses it: %s", self[0].id, self[0].user_id.login, said
            )
            rows.write({"state": "refused", "error": f"{code} {said}"[:200]})

    def _postpone(self, failure):
        """Plan a new try, after a longer and longer wait; give up after GIVE_UP.

        :param str failure: why
        """
        now = fields.Datetime.now()
        late = self.filtered(lambda row: now - row.wanted > GIVE_UP)
        if late:
            _logger.error("%s notifications have not left in 24 hours: %s", len(late), failure)
            late.write({"state": "given_up", "error": failure[:200]})
        for tries, rows in (self - late).grouped("tries").items():
            due = now + timedelta(minutes=RETRY_MINUTES[min(tries, len(RETRY_MINUTES) - 1)])
            rows.write({"tries": tries + 1, "due": due, "error": failure[:200]})
            self.env.ref("collab_courrier.cron_send")._trigger(due)

    @api.model
    def _postpone_all(self, failure):
        """Postpone all that is due.

        :param str failure: why no mail leaves at all
        """
        _logger.warning("No mail leaves: %s", failure)
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM collab_notification WHERE state = 'waiting' AND due <= %s FOR UPDATE SKIP LOCKED",
                fields.Datetime.now(),
            )
        )
        self.browse(row for (row,) in rows)._postpone(failure)

    def action_retry(self):
        """Try again now to send what could not leave.

        :raises AccessError: the current user is not an administrator
        """
        if not self.env.user.has_group("collab_reseaux.group_administrator"):
            raise AccessError(self.env._("Only administrators send again what could not leave."))
        now = fields.Datetime.now()
        # sudo: nobody may write these rows otherwise; the role has just been checked
        rows = self.sudo().filtered(lambda row: row.state in ("refused", "given_up", "waiting"))
        rows.write({"state": "waiting", "tries": 0, "wanted": now, "due": now})
        self.env.ref("collab_courrier.cron_send").sudo()._trigger()

    @api.autovacuum
    def _gc_old(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search(Domain("state", "!=", "waiting") & Domain("wanted", "<", limit)).unlink()
