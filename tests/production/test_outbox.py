"""Whatever happens to the mail server or to who sends: each person has exactly one mail for each event."""

import collections
import contextlib
import re
import threading
import time
from urllib.parse import urlsplit

import pytest
import requests
from mail_sink import Mailbox

from .conftest import copy_of_demo
from .outbox import JOBS, SEND, Processes
from .person import Person, Refused
from .stack import Stack

# Members of one organisation, and the last one of another; beside the people of the demonstration.
PEOPLE = [f"personne{number}@collab.example" for number in range(1, 25)]
ONE, TWO, THREE, FOUR = PEOPLE[:4]
OUTSIDER = PEOPLE[-1]

SETUP = f"""
companies = env["res.partner"].create([
    {{
        "name": name, "is_company": True, "city": "Nantes", "zip": "44000",
        "network_ids": [env.ref("collab_reseaux.network_fnars").id],
    }}
    for name in ("Les Envois", "Les Autres")
])
people = env["res.users"].with_context(no_reset_password=True).create([
    {{
        "login": address, "email": address, "firstname": "Personne", "lastname": address.split("@")[0].capitalize(),
        "parent_id": companies[address == {OUTSIDER!r}].id, "lang": "fr_FR",
        "group_ids": [env.ref("collab_reseaux.group_member").id],
    }}
    for address in {PEOPLE!r}
])
charter = env["collab.charter"].browse(env["collab.charter"]._current_id())
for person in people:
    person._accept_charter(charter, "127.0.0.1")
# Nobody sends but who is asked to, here.
env["ir.cron"].search([("id", "!=", env.ref("collab_courrier.cron_send").id)]).active = False
result = companies[0].id, dict(zip({PEOPLE!r}, people.ids))
"""


@pytest.fixture(scope="module")
def mailbox():
    with Mailbox() as mailbox:
        yield mailbox


@pytest.fixture(scope="module")
def stack(folder):
    """The platform, on a copy of the demonstration that nobody else uses; it runs no job by itself."""
    with copy_of_demo("collab_outbox") as cluster:
        yield Stack(cluster, "collab_outbox", folder / "outbox", environ={"ODOO_MAX_CRON_THREADS": "0"})


class Outbox:
    """What people are told about a document, which alice has deposited for her network and comments."""

    def __init__(self, stack, mailbox, processes):
        self.stack, self.mailbox, self.processes = stack, mailbox, processes
        self.company, self.ids = processes.prepare(SETUP)
        self.alice = Person(stack, "alice")
        self.alice.open_deposit()
        content = b"Un document que l'on suit"
        [(network,)] = self.sql("SELECT id FROM collab_network WHERE code = 'fnars'")
        upload = self.alice.start("suivi.txt", len(content))
        self.alice.send_all(upload, content)
        self.document = int(self.alice.deposit([(upload, "Suivi")], networks=network).rsplit("/", 1)[1])
        self.number = 0
        self.follow([ONE])
        self.say()
        processes.prepare(SEND)

    def sql(self, query):
        return self.stack.cluster.sql(query, self.stack.database)

    def clear(self):
        self.mailbox.forget()
        self.sql(
            "DELETE FROM collab_notification; DELETE FROM collab_notification_preference; DELETE FROM ir_cron_trigger;"
            f" DELETE FROM collab_mark WHERE kind = 'follow' AND user_id IN ({self.numbers(PEOPLE)})"
        )

    def numbers(self, people):
        return ", ".join(str(self.ids[person]) for person in people)

    def follow(self, people):
        self.sql(
            "INSERT INTO collab_mark (user_id, kind, res_model, res_id, date)"
            f" SELECT id, 'follow', 'dms.file', {self.document}, now() FROM res_users"
            f" WHERE id IN ({self.numbers(people)})"
        )

    def stop_following(self, person):
        self.sql(f"DELETE FROM collab_mark WHERE kind = 'follow' AND user_id = {self.ids[person]}")

    def prefer(self, people, rhythm, kind="comment"):
        self.sql(
            "INSERT INTO collab_notification_preference (user_id, kind, rhythm)"
            f" SELECT id, '{kind}', '{rhythm}' FROM res_users WHERE id IN ({self.numbers(people)})"
        )

    def post(self, path, **data):
        """:param str path: of the platform, or within the pages of the document"""
        path = path if path.startswith("/") else f"/ressources/{self.document}/{path}"
        answer = self.alice.session.post(
            f"{self.alice.url}{path}",
            data={**data, "csrf_token": self.alice.token},
            timeout=60,
        )
        assert answer.ok, (path, answer.status_code)
        return answer

    def say(self, times=1):
        """Alice comments the document.

        :return list[str]: what she says, that nobody has said before
        """
        said = []
        for _ in range(times):
            self.number += 1
            said.append(f"Voici le commentaire {self.number}.")
            assert "Commentaire publié." in self.post("commenter", body=said[-1]).text
        return said

    def send(self):
        self.processes.run()

    def wait_until_due(self):
        """Let time pass, until the next try of all that waits."""
        # To the second, as Odoo counts.
        self.sql(
            "UPDATE collab_notification SET due = date_trunc('second', now() AT TIME ZONE 'UTC')"
            " WHERE state = 'waiting'"
        )

    def age(self, people):
        """The first thing that these people have been told waits for three days."""
        self.sql(
            "UPDATE collab_notification SET wanted = wanted - interval '3 days' WHERE id IN"
            f" (SELECT min(id) FROM collab_notification WHERE user_id IN ({self.numbers(people)}) GROUP BY user_id)"
        )

    def damage(self, people):
        """The first thing that these people have been told cannot be written."""
        self.sql(
            "UPDATE collab_notification SET about_model = 'broken' WHERE id IN"
            f" (SELECT min(id) FROM collab_notification WHERE user_id IN ({self.numbers(people)}) GROUP BY user_id)"
        )

    def mend(self, comment):
        """What could not be written tells this comment."""
        self.sql(
            "UPDATE collab_notification SET about_model = 'collab.document.comment', about_id = c.id"
            f" FROM collab_document_comment c WHERE c.body = '{comment}' AND about_model = 'broken'"
        )

    def seen_by(self, person, state):
        """:return list[str]: whose mails are in this state, as the screen of administrators says it"""
        domain = [("state", "=", state), ("user_id", "in", list(self.ids.values()))]
        addresses = {number: address for address, number in self.ids.items()}
        found = person.call("collab.notification", "web_search_read", domain, {"user_id": {}})
        return [addresses[row["user_id"]] for row in found["records"]]

    def retry(self, person, state):
        """Press the button of that screen."""
        ids = [int(number) for (number,) in self.sql(f"SELECT id FROM collab_notification WHERE state = '{state}'")]
        person.call("collab.notification", "action_retry", ids)

    def rows(self, columns, people=PEOPLE):
        """:return list[tuple[str]]: one for each person and event"""
        return self.sql(
            f"SELECT {columns} FROM collab_notification WHERE user_id IN ({self.numbers(people)}) ORDER BY user_id, id"
        )

    def states(self, people=PEOPLE):
        return collections.Counter(state for (state,) in self.rows("state", people))

    def check_each_has_one(self, people, said):
        """Each of these people has exactly one mail that tells each comment, and each mail has come once."""
        for person in people:
            assert all(len(mails) == 1 for mails in self.mailbox.copies(person).values()), person
            self.check_each_is_told([person], said)

    def check_each_is_told(self, people, said):
        """The same, as mail programs show mails: what has one Message-ID is one."""
        for person in people:
            shown = [mails[0].html for mails in self.mailbox.copies(person).values()]
            told = collections.Counter(re.findall(r"Voici le commentaire \d+\.", " ".join(shown)))
            assert told == dict.fromkeys(said, 1), person


@pytest.fixture(scope="module")
def shared_outbox(stack, mailbox):
    # Both load Odoo, at the same time.
    with Processes(stack, mailbox) as processes, stack:
        yield Outbox(stack, mailbox, processes)


@pytest.fixture
def outbox(shared_outbox):
    shared_outbox.clear()
    return shared_outbox


@pytest.fixture
def processes(outbox):
    return outbox.processes


@pytest.fixture(scope="module")
def admin(shared_outbox):
    return Person(shared_outbox.stack, "admin")


@pytest.fixture
def away(mailbox):
    """:return: a context in which no mail server answers"""

    @contextlib.contextmanager
    def away():
        mailbox.stop()
        try:
            yield
        finally:
            mailbox.start()

    return away


def check_they_are_the_same(mails, times):
    assert len(mails) == times
    # The hour, and what separates the parts, are of no matter.
    assert len({(*(mail.message[name] for name in KEPT_HEADERS), mail.html) for mail in mails}) == 1


KEPT_HEADERS = ("Message-ID", "From", "To", "Subject", "List-Unsubscribe")


# The mail server


def test_a_server_that_is_down_loses_nothing(outbox, mailbox, away):
    outbox.follow(PEOPLE)
    with away():
        said = outbox.say(2)
        outbox.send()
        outbox.wait_until_due()
        outbox.send()
    assert mailbox.received == []
    rows = outbox.rows("state, tries, error LIKE '%Connection refused%', due > now() AT TIME ZONE 'UTC'")
    assert rows == [("waiting", "2", "t", "t")] * (2 * len(PEOPLE))
    outbox.wait_until_due()
    outbox.send()
    outbox.check_each_has_one(PEOPLE, said)
    outbox.wait_until_due()
    outbox.send()
    outbox.check_each_has_one(PEOPLE, said)
    assert outbox.states() == {"sent": 2 * len(PEOPLE)}


def test_thousands_of_mails_are_postponed_at_once(outbox, away):
    outbox.follow([ONE])
    outbox.say()
    outbox.sql(
        "INSERT INTO collab_notification (user_id, kind, res_model, res_id, what, about_model, about_id, step, rhythm,"
        " state, wanted, due, tries) SELECT u.id, kind, res_model, res_id, what, about_model, about_id, 'many ' || n,"
        " rhythm, state, wanted, due, tries FROM collab_notification, generate_series(1, 150) n, res_users u"
        f" WHERE u.id IN ({outbox.numbers(PEOPLE)})"
    )
    outbox.sql("DELETE FROM ir_cron_trigger")
    with away():
        outbox.send()
    assert outbox.sql("SELECT state, tries, count(*) FROM collab_notification GROUP BY 1, 2") == [
        ("waiting", "1", str(150 * len(PEOPLE) + 1))
    ]
    assert int(outbox.sql("SELECT count(*) FROM ir_cron_trigger")[0][0]) <= 3


def test_what_is_given_up_after_a_day_holds_back_nothing_else(outbox, away, admin, announces):
    """Not even in the same letter; an administrator sees it, and sends it again."""
    announces("1 notifications have not left in 24 hours")
    outbox.follow([ONE])
    outbox.prefer([ONE], "daily")
    said = outbox.say(2)
    outbox.wait_until_due()
    outbox.age([ONE])
    with away():
        outbox.send()
    assert outbox.rows("state") == [("given_up",), ("waiting",)]
    outbox.wait_until_due()
    outbox.send()
    outbox.check_each_has_one([ONE], said[1:])
    assert outbox.seen_by(admin, "given_up") == [ONE]
    outbox.retry(admin, "given_up")
    outbox.send()
    outbox.check_each_has_one([ONE], said)


def test_a_slow_server_is_told_once(outbox, mailbox, processes):
    """Whoever sends meanwhile leaves what is being sent alone."""
    people = PEOPLE[:6]
    outbox.follow(people)
    mailbox.delay = 0.1
    said = outbox.say()
    first = processes.start()
    while not mailbox.received:
        time.sleep(0.005)
    for process in [first, processes.start(), processes.start()]:
        process.wait()
    outbox.check_each_has_one(people, said)


def test_a_server_too_slow_to_be_waited_for_is_told_the_same_again(outbox, mailbox, processes):
    """It has taken the mail without saying so: nobody can know it. Mail programs show one mail."""
    outbox.follow([ONE])
    said = outbox.say()
    mailbox.delay = 0.6
    processes.run(f"from odoo.addons.base.models import ir_mail_server; ir_mail_server.SMTP_TIMEOUT = 0.2; {SEND}")
    assert outbox.rows("state, tries", [ONE]) == [("waiting", "1")]
    mailbox.delay = 0
    outbox.wait_until_due()
    outbox.send()
    outbox.check_each_is_told([ONE], said)
    check_they_are_the_same(mailbox.of(ONE), times=2)


def test_a_server_that_takes_few_mails_at_a_time_is_called_again(outbox, mailbox):
    outbox.follow(PEOPLE)
    mailbox.mails_by_connection = 7
    said = outbox.say()
    outbox.send()
    assert len(mailbox.received) >= len(PEOPLE) - 3, "each time it hangs up, one person waits"
    outbox.wait_until_due()
    outbox.send()
    outbox.check_each_has_one(PEOPLE, said)
    assert outbox.states() == {"sent": len(PEOPLE)}


def test_a_mail_at_which_the_server_hangs_up_holds_back_nobody(outbox, mailbox):
    outbox.follow(PEOPLE[:4])
    mailbox.answer(TWO, *["421 I do not want this"] * 2, when="DATA")
    said = outbox.say()
    outbox.send()
    outbox.check_each_has_one([ONE, THREE, FOUR], said)
    for _ in range(2):
        outbox.wait_until_due()
        outbox.send()
    outbox.check_each_has_one(PEOPLE[:4], said)


@pytest.mark.parametrize("when", ["RCPT", "DATA"])
def test_who_is_to_be_told_later_is_told_later_and_the_others_at_once(outbox, mailbox, when):
    outbox.follow(PEOPLE[:4])
    mailbox.answer(TWO, "451 Try again later", when=when)
    said = outbox.say()
    outbox.send()
    outbox.check_each_has_one([ONE, THREE, FOUR], said)
    assert mailbox.of(TWO) == []
    assert outbox.rows("state, tries, error", [TWO]) == [("waiting", "1", "451 Try again later")]
    outbox.send()
    assert mailbox.of(TWO) == [], "it is not time yet"
    outbox.wait_until_due()
    outbox.send()
    outbox.send()
    outbox.check_each_has_one(PEOPLE[:4], said)


@pytest.mark.parametrize("when", ["RCPT", "DATA"])
def test_a_mailbox_that_does_not_exist_holds_back_nobody(outbox, mailbox, stack, admin, when):
    outbox.follow(PEOPLE[:4])
    mailbox.answer(TWO, "550 No such mailbox", when=when)
    said = outbox.say()
    for _ in range(2):
        outbox.send()
        outbox.wait_until_due()
    outbox.check_each_has_one([ONE, THREE, FOUR], said)
    assert mailbox.of(TWO) == [], "a second try would have reached him"
    assert outbox.rows("state, error", [TWO]) == [("refused", "550 No such mailbox")]
    # An administrator sees it, and nobody else; he sends it again once the mailbox is there.
    moderator = Person(stack, "moderation.fnars")
    for forbidden in (outbox.seen_by, outbox.retry):
        with pytest.raises(Refused):
            forbidden(moderator, "refused")
    assert outbox.seen_by(admin, "refused") == [TWO]
    outbox.retry(admin, "refused")
    outbox.send()
    outbox.send()
    outbox.check_each_has_one(PEOPLE[:4], said)


def test_part_of_a_letter_that_is_not_wanted_any_more_takes_nothing_with_it(outbox, mailbox):
    """The first thing that the letter was to tell is gone, and the mailbox asks to come later."""
    outbox.follow([ONE])
    outbox.prefer([ONE], "daily")
    said = outbox.say(2)
    [(comment,)] = outbox.sql(f"SELECT id FROM collab_document_comment WHERE body = '{said[0]}'")
    outbox.post(f"/supprimer/commentaire-document/{comment}")
    mailbox.answer(ONE, "451 Try again later")
    for _ in range(2):
        outbox.wait_until_due()
        outbox.send()
    outbox.check_each_has_one([ONE], said[1:])
    assert outbox.rows("state") == [("cancelled",), ("sent",)]


def test_an_address_that_is_none_holds_back_nobody(outbox):
    """As they are typed by hand."""
    addresses = [
        "é@collab.example",
        "pas une adresse",
        "a@b@c.example",
        '"a b"@collab.example',
        "@",
        "<>",
        "a@",
        "a\nb@c",
    ]
    people, last = PEOPLE[: len(addresses)], PEOPLE[len(addresses)]
    outbox.follow([*people, last])
    said = outbox.say()
    for person, address in zip(people, addresses, strict=True):
        outbox.sql(
            f"UPDATE res_partner SET email = '{address}'"
            f" WHERE id = (SELECT partner_id FROM res_users WHERE id = {outbox.ids[person]})"
        )
    try:
        outbox.send()
    finally:
        outbox.sql(
            "UPDATE res_partner p SET email = u.login FROM res_users u"
            f" WHERE u.partner_id = p.id AND u.id IN ({outbox.numbers(people)})"
        )
    outbox.check_each_has_one([last], said)
    for state, tries in outbox.rows("state, tries", people):
        assert (state, tries) in (("sent", "0"), ("refused", "0")), "what is not an address is refused at once"


def test_what_cannot_be_written_holds_back_nothing_else(outbox, announces):
    """Neither what others are told, nor what else the same person is."""
    announces("Notification [0-9]+ cannot be written")
    outbox.follow(PEOPLE[:4])
    outbox.prefer([TWO], "daily")
    said = outbox.say(3)
    outbox.damage([ONE, TWO])
    outbox.wait_until_due()
    outbox.send()
    outbox.send()
    outbox.check_each_has_one([THREE, FOUR], said)
    outbox.check_each_has_one([ONE, TWO], said[1:])
    assert outbox.rows("state, tries", [ONE, TWO]) == [("waiting", "1"), ("sent", "0"), ("sent", "0")] * 2
    outbox.mend(said[0])
    outbox.wait_until_due()
    outbox.send()
    outbox.check_each_has_one(PEOPLE[:4], said)


# Who sends


def send_until_done(outbox, mailbox, start):
    """Send, however often who sends is killed.

    :param Callable start: starts a sender, which will be killed, or do all that is left
    :return int: how many were killed
    """
    killed = 0
    while True:
        before = {mail.message["Message-ID"] for mail in mailbox.received}
        number = len(mailbox.received)
        process = start(killed)
        with contextlib.suppress(EOFError, ConnectionResetError):
            process.wait()
            return killed
        killed += 1
        again = [mail for mail in mailbox.received[number:] if mail.message["Message-ID"] in before]
        assert len(again) <= 1, "one death leaves one doubt"


def check_nobody_sees_twice(outbox, mailbox, people, said, killed):
    outbox.send()
    outbox.check_each_is_told(people, said)
    assert outbox.states(people) == {"sent": len(said) * len(people)}
    identifiers = collections.defaultdict(list)
    for mail in mailbox.received:
        identifiers[mail.message["Message-ID"]].append(mail)
    for mails in identifiers.values():
        check_they_are_the_same(mails, len(mails))
    assert len(mailbox.received) - len(identifiers) <= killed


def test_senders_that_are_killed_at_each_line_tell_each_person_once(outbox, mailbox, processes):
    outbox.follow(PEOPLE)
    outbox.prefer(PEOPLE[-6:], "daily")
    said = outbox.say(4)
    outbox.wait_until_due()
    killed = send_until_done(outbox, mailbox, lambda killed: processes.start(line=killed + 1))
    assert killed > 60, "there are as many lines"
    check_nobody_sees_twice(outbox, mailbox, PEOPLE, said, killed)
    assert len(mailbox.received) >= 18 * 4 + 6 + 3, "some were killed between the server's answer and their own note"


def test_senders_that_are_killed_as_mails_leave_tell_each_person_once(outbox, mailbox, processes):
    """Before the server answers, and sooner or later after."""
    outbox.follow(PEOPLE)
    said = outbox.say()
    left = len(PEOPLE)

    def start(killed):
        ready = threading.Event()

        def kill(mail):
            ready.wait(10)
            if killed % 4 == 0:
                process.kill()
            elif killed < left:
                timer = threading.Timer(0.002 * (killed % 8), process.kill)
                timer.start()
                timers.append(timer)

        mailbox.on_mail = kill if killed < left else None
        process = processes.start()
        ready.set()
        return process

    timers = []
    killed = send_until_done(outbox, mailbox, start)
    for timer in timers:
        timer.join()
    assert killed > 5
    check_nobody_sees_twice(outbox, mailbox, PEOPLE, said, killed)


def test_a_job_that_is_killed_is_run_again(outbox, mailbox, processes):
    """Nobody has to ask for it: an event wakes the job up, until it is done."""
    outbox.follow(PEOPLE[:6])
    said = outbox.say()
    job = []
    mailbox.on_mail = lambda mail: len(mailbox.received) == 3 and job[0].kill()
    job.append(processes.start(f"import time; time.sleep(0.2); {JOBS}"))
    with pytest.raises((EOFError, ConnectionResetError)):
        job[0].wait()
    assert len(mailbox.received) == 3
    processes.run(JOBS)
    outbox.check_each_is_told(PEOPLE[:6], said)
    check_nobody_sees_twice(outbox, mailbox, PEOPLE[:6], said, killed=1)


def test_a_job_goes_on_until_everybody_is_told(outbox, processes):
    """However many letters are due, and few the job takes at a time."""
    outbox.follow(PEOPLE)
    said = outbox.say()
    outbox_module = "odoo.addons.collab_courrier.models.collab_notification"
    processes.run(f"import {outbox_module} as outbox; outbox.LETTERS_A_RUN = 7; {JOBS}")
    outbox.check_each_has_one(PEOPLE, said)


def test_three_senders_at_once_tell_each_person_once(outbox, mailbox, processes):
    outbox.follow(PEOPLE)
    outbox.prefer(PEOPLE[-6:], "daily")
    said = outbox.say(3)
    outbox.wait_until_due()
    mailbox.delay = 0.01
    for process in [processes.start() for _ in range(3)]:
        process.wait()
    assert len({mail.peer for mail in mailbox.received}) >= 2, "they worked together"
    outbox.check_each_has_one(PEOPLE, said)
    assert outbox.states() == {"sent": 3 * len(PEOPLE)}


def test_a_sender_that_comes_after_another_finds_nothing_to_do(outbox, processes):
    """He had looked before the other one began, and sees what was there then."""
    outbox.follow(PEOPLE[:4])
    outbox.prefer([ONE, TWO], "daily")
    said = outbox.say(2)
    outbox.wait_until_due()
    looked, over = (processes.path.with_name(name) for name in ("looked", "over"))
    late = processes.start(
        "import pathlib, time\n"
        "env.cr.execute('SELECT FROM collab_notification LIMIT 1')\n"
        f"pathlib.Path({str(looked)!r}).touch()\n"
        f"while not pathlib.Path({str(over)!r}).exists(): time.sleep(0.05)\n"
        f"{SEND}"
    )
    outbox.stack.wait_for(looked.exists, "the one who comes late")
    outbox.send()
    outbox.check_each_has_one(PEOPLE[:4], said)
    over.touch()
    late.wait()
    outbox.check_each_has_one(PEOPLE[:4], said)


def test_a_sender_who_reaches_no_server_does_not_disturb_the_one_who_does(outbox, mailbox, processes):
    outbox.follow(PEOPLE[:4])
    outbox.prefer([ONE], "daily")
    said = outbox.say(3)
    outbox.wait_until_due()
    other = f"from odoo.tools import config; config['smtp_port'] = 1; {SEND}"
    # While the server has the first letter, and has not answered yet.
    mailbox.on_mail = lambda mail: len(mailbox.received) == 1 and processes.run(other)
    outbox.send()
    outbox.wait_until_due()
    outbox.send()
    outbox.check_each_has_one(PEOPLE[:4], said)
    assert outbox.states() == {"sent": 3 * 4}


# Letters that cannot leave

BROKEN = f"""
from odoo.addons.base.models.ir_mail_server import IrMail_Server
prepare = IrMail_Server._prepare_email_message__
def fail(self, message, session):
    if "{ONE}" in message["To"] or "{TWO}" in message["To"] or "{THREE}" in message["To"]:
        raise UnicodeEncodeError("utf-8", chr(0xD800), 0, 1, "surrogates not allowed")
    return prepare(self, message, session)
IrMail_Server._prepare_email_message__ = fail
{SEND}
"""


def test_letters_that_cannot_leave_hold_back_no_other_and_are_seen(outbox, mailbox, processes, admin, stack, announces):
    """Whatever the reason, and however many in a row: a letter each, for an administrator and for a monitor."""
    announces("Notification [0-9]+ cannot leave")
    outbox.follow(PEOPLE[:6])
    said = outbox.say()
    processes.run(BROKEN)
    outbox.check_each_has_one(PEOPLE[3:6], said)
    reason = "state, tries, error LIKE '%surrogates not allowed%'"
    assert outbox.rows(reason, PEOPLE[:3]) == [("waiting", "1", "t")] * 3
    assert sorted(outbox.seen_by(admin, "waiting")) == PEOPLE[:3]
    outbox.sql("UPDATE collab_notification SET wanted = wanted - interval '2 hours' WHERE state = 'waiting'")
    health = requests.get(f"{stack.odoo_url}/sante", timeout=60)
    assert not health.json()["checks"]["mail"]["ok"]
    outbox.wait_until_due()
    outbox.send()
    outbox.check_each_has_one(PEOPLE[:6], said)


def test_addresses_that_the_server_cannot_take_are_not_the_server_s_fault(outbox, mailbox, processes):
    """Two in a row would else keep everybody waiting."""
    outbox.follow(PEOPLE[:4])
    said = outbox.say()
    outbox.sql(
        "UPDATE res_partner SET email = 'é' || email FROM res_users u WHERE u.partner_id = res_partner.id"
        f" AND u.id IN ({outbox.numbers([ONE, TWO])})"
    )
    try:
        processes.run(
            "from smtplib import SMTP; has = SMTP.has_extn;"
            f"SMTP.has_extn = lambda self, name: name.lower() != 'smtputf8' and has(self, name); {SEND}"
        )
    finally:
        outbox.sql("UPDATE res_partner SET email = substr(email, 2) WHERE email LIKE 'é%'")
    outbox.check_each_has_one([THREE, FOUR], said)
    assert outbox.states([ONE, TWO]) == {"refused": 2}


# What leaves

HOSTILE = [
    "=?utf-8?q?=0d=0aReply-To:_x@evil.example=0d=0a=0d=0a<h1>Faux</h1>?=",
    "Titre =?utf-8?q?=ed=a0=80?=",
    "=?utf-8?b?DQpCY2M6IHhAZXZpbC5leGFtcGxlDQoNCjxoMT4=?=",
    "x@evil.example, " + "et toute son équipe " * 3,
    'Nom" <x@evil.example>, "',
]


def check_it_is_what_we_write(mail, person):
    """As it came over the wire: our headers, once each, and our words."""
    assert mail.recipients == [person]
    head = mail.raw.partition(b"\r\n\r\n")[0]
    names = collections.Counter(name.lower() for name in re.findall(rb"(?m)^([\w-]+):", head))
    assert set(names.values()) == {1}, names
    assert not names.keys() & {b"bcc", b"cc"}
    assert b"x@evil.example" not in re.search(rb"(?m)^Reply-To:.*$", head)[0].rpartition(b"<")[2]
    assert mail.message.get_content_type() == "multipart/alternative"
    assert "<h1>Faux" not in mail.message.get_body(("html",)).get_content()
    assert [address.addr_spec for address in mail.message["To"].addresses] == [person]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_type_is_text_in_the_letters_that_leave(outbox, mailbox, processes, text):
    """In the title of what is told, in the name of who says it, in that of who reads it; and in core's own letters."""
    outbox.follow([ONE, TWO])
    said = outbox.say()
    rename = f"""
document = env["dms.file"].browse({outbox.document})
people = env["res.users"].browse([{outbox.ids[ONE]}, env.ref("collab_demo.user_admin").id])
people |= env["res.users"].search([("login", "=", "alice@collab.example")])
"""
    before = processes.prepare(
        f"{rename}result = document.title, people.mapped('lastname')\n"
        f"document.title = {text!r}\nfor person in people: person.lastname = {text!r}"
    )
    try:
        outbox.send()
        processes.run(
            f"{rename}env['mail.mail'].create({{'email_from': people[1].email_formatted, 'subject': {text!r},"
            f"'reply_to': people[1].email_formatted, 'email_to': people[0].email_formatted,"
            "'body_html': '<p>Mot du noyau</p>'}).send()"
        )
    finally:
        processes.prepare(
            f"{rename}document.title, names = {before!r}\n"
            "for person, name in zip(people, names): person.lastname = name"
        )
    letters = mailbox.of(ONE)
    assert len(letters) == 2
    for mail in letters:
        check_it_is_what_we_write(mail, ONE)
    assert "Mot du noyau" in letters[1].html
    outbox.check_each_has_one([ONE, TWO], said)
    assert len(mailbox.received) == 3, "nobody else"


@pytest.fixture
def set_parameter(processes):
    """:return Callable: changes a setting, until the end of the test"""
    changed = {}

    def change(name, value):
        code = "env['ir.config_parameter']"
        before = processes.prepare(f"result = {code}.set_param({name!r}, {value!r})")
        changed.setdefault(name, before)

    yield change
    for name, before in changed.items():
        processes.prepare(f"env['ir.config_parameter'].set_param({name!r}, {before!r})")


def stop_address(mail):
    """:return str: where the mail program of a person posts, without the name of the platform"""
    return urlsplit(mail.message["List-Unsubscribe"].strip("<>")).path


@pytest.mark.parametrize(
    "base_url",
    [
        "http://127.0.0.1:8069",
        f"https://{'.'.join(['plateforme-collaborative'] * 8)}.example",
        f"https://collab.example/{'plateforme-collaborative/' * 20}fin",
    ],
)
def test_the_address_by_which_mails_stop_is_one_line_that_machines_read(outbox, mailbox, set_parameter, base_url):
    set_parameter("web.base.url", base_url)
    outbox.follow([ONE])
    outbox.say()
    outbox.send()
    [mail] = mailbox.of(ONE)
    headers = mail.raw.split(b"\r\n\r\n")[0].split(b"\r\n")
    [line] = [header for header in headers if header.lower().startswith(b"list-unsubscribe:")]
    assert re.fullmatch(rb"List-Unsubscribe: <" + re.escape(base_url.encode()) + rb"/desabonnement/[\w.-]+>", line)
    following = headers[headers.index(line) + 1]
    assert not following.startswith((b" ", b"\t")), "it goes on the next line"
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in headers
    [identifier] = [header for header in headers if header.lower().startswith(b"message-id:")]
    assert re.fullmatch(rb"Message-Id: <notification\.[\w.@-]+>", identifier)


def test_one_click_stops_these_mails_for_this_person(outbox, mailbox, processes, stack):
    outbox.follow([ONE, TWO])
    outbox.prefer([ONE, TWO], "each", kind="change")
    outbox.say()
    outbox.send()
    url = f"{stack.url}{stop_address(mailbox.of(ONE)[0])}"

    def ask(method, url):
        # Without a session: what a mail program is.
        data = {"List-Unsubscribe": "One-Click"} if method == "POST" else None
        return requests.request(
            method, url, data=data, timeout=60, verify=str(stack.certificate), allow_redirects=False
        )

    def chosen():
        return set(outbox.sql("SELECT user_id, kind, rhythm FROM collab_notification_preference"))

    before = chosen()
    seal = url.rpartition("-")[2]
    others = [
        url[:-1] + ("0" if url[-1] != "0" else "1"),
        url.replace(f"/{outbox.ids[ONE]}-", f"/{outbox.ids[TWO]}-"),
        url.replace("-comment-", "-comment.change-"),
        url.replace(f"-{seal}", ""),
        url.replace(seal, ""),
        url.replace(seal, "é"),
    ]
    for forged in others:
        assert forged != url
        for method in ("GET", "POST"):
            assert ask(method, forged).status_code == 404, forged
    assert ask("GET", url).status_code == 200
    assert chosen() == before
    waiting = outbox.say()
    assert ask("POST", url).status_code == 200
    assert chosen() - before == {(str(outbox.ids[ONE]), "comment", "never")}
    said = outbox.say()
    processes.run(
        "from odoo.addons.collab_courrier.models.collab_notification import Event;"
        f"alice = env['res.users'].search([('login', '=', 'alice@collab.example')]);"
        f"document = env(user=alice.id, su=False)['dms.file'].browse({outbox.document});"
        "event, people = Event('changed', document, '1'), document._followers();"
        "document.env['collab.notification']._notify('change', document, event, people)"
    )
    mailbox.forget()
    outbox.send()
    outbox.check_each_has_one([TWO], waiting + said)
    outbox.check_each_has_one([ONE], [])
    assert [mailbox.count(person) for person in (ONE, TWO)] == [1, 3], "a new version is something else"


MORNING = """due > now() AT TIME ZONE 'UTC'
    AND to_char(due AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris', 'HH24:MI') = '08:00'"""


def test_who_wants_one_mail_a_day_has_one(outbox, mailbox):
    outbox.follow([ONE, TWO])
    outbox.prefer([ONE], "daily")
    said = outbox.say(2)
    outbox.send()
    assert (mailbox.count(ONE), mailbox.count(TWO)) == (0, 2)
    assert outbox.rows(MORNING, [ONE]) == [("t",)] * 2
    outbox.wait_until_due()
    outbox.send()
    assert mailbox.count(ONE) == 1
    outbox.check_each_has_one([ONE, TWO], said)


def test_beyond_so_many_mails_a_day_the_rest_waits_for_the_morning(outbox, mailbox, set_parameter):
    set_parameter("collab_courrier.mails_a_day", "3")
    outbox.follow([ONE, TWO])
    said = outbox.say(5)
    outbox.send()
    assert (mailbox.count(ONE), mailbox.count(TWO)) == (3, 3)
    outbox.check_each_has_one([ONE, TWO], said[:3])
    assert outbox.rows(f"state, {MORNING}", [ONE])[3:] == [("waiting", "t")] * 2
    outbox.wait_until_due()
    outbox.send()
    assert (mailbox.count(ONE), mailbox.count(TWO)) == (4, 4)
    outbox.check_each_has_one([ONE, TWO], said)


def test_who_has_left_the_network_is_not_told(outbox, mailbox, processes):
    """Rights are asked when the mail leaves."""
    outbox.follow([ONE, TWO, OUTSIDER])
    said = outbox.say()
    company = f"env['res.partner'].browse({outbox.company})"
    networks = processes.prepare(f"result = {company}.network_ids.ids; {company}.network_ids = False")
    try:
        outbox.send()
    finally:
        processes.prepare(f"{company}.network_ids = {networks}")
    outbox.check_each_has_one([OUTSIDER], said)
    assert {recipient for mail in mailbox.received for recipient in mail.recipients} == {OUTSIDER}
    outbox.wait_until_due()
    outbox.send()
    assert len(mailbox.received) == 1
    assert outbox.states([ONE, TWO]) == {"cancelled": 2}


def test_who_has_stopped_following_is_not_told(outbox, mailbox):
    outbox.follow([ONE, TWO])
    said = outbox.say()
    outbox.stop_following(ONE)
    outbox.send()
    outbox.check_each_has_one([TWO], said)
    assert mailbox.of(ONE) == []


def test_a_comment_that_its_author_has_removed_is_not_told(outbox, mailbox):
    outbox.follow([ONE])
    said = outbox.say(2)
    [(comment,)] = outbox.sql(f"SELECT id FROM collab_document_comment WHERE body = '{said[0]}'")
    outbox.post(f"/supprimer/commentaire-document/{comment}")
    outbox.send()
    outbox.check_each_has_one([ONE], said[1:])
    assert outbox.states() == {"cancelled": 1, "sent": 1}
