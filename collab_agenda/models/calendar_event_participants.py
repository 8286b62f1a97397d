from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import remove_accents

from odoo.addons.collab_reseaux.moments import in_paris
from odoo.addons.collab_reseaux.spreadsheet import write_csv

from ..attendance import Signer, attendance_sheet

SHOWN = 5  # of the participants; the others unfold


class CalendarEvent(models.Model):
    """Who comes, as pages, exports and attendance sheets show it."""

    _inherit = "calendar.event"

    def _answers_shown(self):
        """:return dict: what the page of a date shows of answers: ``answering`` (None when it asks for none, or
        ``is_open``, ``answer`` of the reader, ``waits``: his place if he waits, and ``facts``, sentences),
        ``participants`` (None when he may not know them, or ``count``, ``first``, ``others``, ``gone``: how many have
        left, ``waiting``, ``maybe``, ``no``; people as ``_people_rows``), ``organises``; and what ``_poll_shown``
        gives"""
        organises = self._organises()
        shown = {"answering": None, "participants": None, "organises": organises, **self._poll_shown()}
        if self.is_poll or not self.has_answers or not self.is_shown:
            return shown
        own, is_open = self._own_answer(), self._takes_answers()
        if is_open or own.answer:
            shown["answering"] = {"is_open": is_open, "answer": own.answer, "facts": self._answer_facts(own)}
            shown["answering"]["waits"] = own._in_words() if is_open and own.is_waiting else ""
        if organises or self.shows_participants:
            shown["participants"] = self._participants_shown(organises)
        return shown

    def _answer_facts(self, own):
        """:param collab.participation own: the answer of the reader, if any
        :return list[str]: sentences: what he has to know of the seats, and of his own answer"""
        env = self.env
        if not self._takes_answers():
            closed = env._("The answers are closed.")
            return [own._in_words(), closed] if own.answer else [closed]
        facts = self._seat_facts(own)
        if own.is_waiting:
            return [env._("You receive an e-mail as soon as a seat is free."), *facts]
        if own.answer in ("yes", "maybe"):
            facts.append(env._("A reminder is sent the day before by e-mail."))
        return facts

    def _seat_facts(self, own):
        """:param collab.participation own: as ``_answer_facts``
        :return list[str]: sentences: how many come, or how many still may"""
        env, number, free = self.env, self.yes_count, max(self.seats - self.yes_count, 0)
        if not self.seats:
            several = [env._("%s people come.", number)] if number else []
            return [env._("1 person comes.")] if number == 1 else several
        if not free:
            full = [env._("All the seats are taken.")]
            return full if own.answer == "yes" else [*full, env._("If you come, you are on the waiting list.")]
        if free == 1:
            return [env._("1 seat is free out of %s.", self.seats)]
        return [env._("%(free)s seats are free out of %(all)s.", free=free, all=self.seats)]

    def _participants_shown(self, organises):
        """:param bool organises: the reader sees all who have answered
        :return dict: as ``_answers_shown``"""
        rows = self._people_rows(self.env["collab.participation"].search([("event_id", "=", self.id)]))
        comes = [row for row in rows if row["answer"] == "yes" and not row["is_waiting"]]
        shown = {
            "count": self.yes_count,
            "first": comes[:SHOWN],
            "others": comes[SHOWN:],
            "gone": self.yes_count - len(comes),
        }
        sides = {"waiting": [row for row in rows if row["is_waiting"]]}
        sides |= {answer: [row for row in rows if row["answer"] == answer] for answer in ("maybe", "no")}
        return {**shown, **(sides if organises else dict.fromkeys(sides, ()))}

    def _people_rows(self, answers):
        """:param collab.participation answers: which the reader may read, in the order of arrival
        :return list[dict]: of those who have not left: ``name``, ``initials``, ``organisation``, ``city``, ``member``
            (the number of his page), ``answer``, ``is_waiting``, ``when``, ``mine``"""
        shown = ["name", "firstname", "lastname", "organisation_name", "city", "user_id"]
        found = self.env["collab.member"].search_fetch([("user_id", "in", answers.user_id.ids)], shown)
        people = {member.user_id.id: member for member in found}
        return [
            {
                "name": people[row.user_id.id].name,
                "initials": people[row.user_id.id]._initials(),
                "organisation": people[row.user_id.id].organisation_name or "",
                "city": people[row.user_id.id].city or "",
                "member": people[row.user_id.id].id,
                "answer": row.answer,
                "is_waiting": row.is_waiting,
                "when": row.answered_date,
                "mine": row.user_id == self.env.user,
            }
            for row in answers
            if row.user_id.id in people
        ]

    def _deletion_asked(self):
        """Whoever comes to what is cancelled is told; not of what is deleted."""
        asked, number = super()._deletion_asked(), self.yes_count
        if number and self._takes_answers():
            one = self.env._("1 person comes, and is not told: cancel the date instead.")
            several = self.env._("%s people come, and are not told: cancel the date instead.", number)
            asked["said"].insert(0, one if number == 1 else several)
        return asked

    # For who organises it

    def _organiser_rows(self, domain):
        """
        :param Domain domain: which answers
        :return list[dict]: as ``_people_rows``
        :raises AccessError: the current user does not organise it"""
        self.check_access("read")
        if not self._organises():
            raise AccessError(self.env._("Only who organises it sees who comes."))
        answers = self.env["collab.participation"].search(Domain("event_id", "=", self.id) & domain)
        return self._people_rows(answers)

    def _participants_csv(self):
        """:return bytes: CSV of all who have answered
        :raises AccessError: as ``_organiser_rows``"""
        env = self.env
        words = {"yes": env._("Comes"), "maybe": env._("Maybe"), "no": env._("Does not come")}
        rows = self._organiser_rows(Domain("answer", "!=", False))
        rows.sort(key=lambda row: (list(words).index(row["answer"]), row["is_waiting"]))
        head = [env._("Name"), env._("Organisation"), env._("Commune"), env._("Answer"), env._("Answered on")]
        waits = env._("On the waiting list")
        said = [
            [
                row["name"],
                row["organisation"],
                row["city"],
                waits if row["is_waiting"] else words[row["answer"]],
                # As a spreadsheet sorts it.
                f"{in_paris(row['when']):%d/%m/%Y %H:%M}",
            ]
            for row in rows
        ]
        return write_csv([head, *said])

    def _attendance_sheet(self):
        """:return bytes: PDF: one line to sign for each of those who come, and some for others
        :raises AccessError: as ``_organiser_rows``"""
        env = self.env
        rows = self._organiser_rows(Domain("answer", "=", "yes") & Domain("is_waiting", "=", False))
        signers = [Signer(row["name"], row["organisation"], row["city"]) for row in rows]
        signers.sort(key=lambda signer: remove_accents(signer.name).lower())
        words = {
            "sheet": env._("Attendance sheet"),
            "head": [env._("Name"), env._("Organisation"), env._("Commune"), env._("Signature")],
            "page": lambda number, total: env._("Page %(number)s of %(total)s", number=number, total=total),
        }
        # sudo: the name of a network, which the page shows too
        organiser = self.sudo().organiser_id.name
        facts = [self._said_when(), self._address(), organiser and env._("Organised by %s", organiser)]
        return attendance_sheet(self.name, list(filter(None, facts)), signers, words)
