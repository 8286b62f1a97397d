"""The life of an account before two workers: what erasing leaves on the disk, and administrators who act at once."""

import base64
import concurrent.futures
import os
import re
import subprocess
import threading

import pytest

from .guesser import Guesser
from .person import Person, Refused

# Nobody else's, anywhere in the demonstration.
NAME, PHONE = "Zyxwvutsson", "06 39 98 71 53"
TRACES = (NAME, "39 98 71 53", "39987153")
PASSWORD_OF_ALICE = "(SELECT password FROM res_users WHERE login = 'alice@collab.example')"
CHARTER_OF_ALICE = "(SELECT accepted_charter_id FROM res_users WHERE login = 'alice@collab.example')"


@pytest.fixture
def admin(stack):
    return Person(stack, "admin")


@pytest.fixture
def make(stack, admin):
    """:return: an account that an administrator makes, and whose password is that of everybody"""

    def account(login, accepts=True, **values):
        vals = {"login": f"{login}@collab.example", "firstname": "A", "lastname": login, **values}
        [user] = admin.call("res.users", "web_save", [], vals, {})
        accepted = CHARTER_OF_ALICE if accepts else "NULL"
        stack.cluster.sql(
            f"UPDATE res_users SET password = {PASSWORD_OF_ALICE}, accepted_charter_id = {accepted}"
            f" WHERE id = {user['id']}",
            stack.database,
        )
        return user["id"]

    return account


class Newcomer(Person):
    SIGN = "charter_id"


def step(doer, person, kind, **values):
    """Take a step as the screen does.

    :raises Refused: it is refused
    """
    doer.call("collab.account.step", "action_confirm", [opened(doer, person, kind, **values)])


def opened(doer, person, kind, **values):
    """:return int: the screen of a step, filled in, before its button is clicked"""
    vals = {"user_id": person, "kind": kind, **values}
    [made] = doer.call("collab.account.step", "web_save", [], vals, {})
    return made["id"]


def files_that_name(stack):
    """:return list[str]: the sessions and the stored files where the person can be read"""
    folders = [str(stack.data_dir / "sessions"), str(stack.data_dir / "filestore" / stack.database)]
    command = ["grep", "-rliF", *(option for trace in TRACES for option in ("-e", trace)), *folders]
    return subprocess.run(command, capture_output=True, text=True).stdout.split()


def lines_that_name(stack):
    """:return list[str]: the lines of a dump where the person can be read, but for the proof of what was accepted"""
    command = ["pg_dump", "--exclude-table-data=collab_charter_acceptance", stack.database]
    environ = {**os.environ, **stack.cluster._environ}
    dump = subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout.lower()
    return [line for line in dump.splitlines() if any(trace.lower() in line for trace in TRACES)]


def test_an_erased_person_is_in_no_session_no_file_and_no_line_of_the_database(stack, admin, make, announces):
    announces("The link asked for by .* has not left")  # no mail server here
    person = make("zyxwvutsson", accepts=False, lastname=NAME, phone=PHONE, function="Zyxwvutsson en chef")
    # A history like that of anybody: a file that brought him in, a letter, two devices, a wrong password, a lost one.
    table = f"Prénom;Nom;Adresse électronique;Téléphone\nA;{NAME};zyxwvutsson@collab.example;{PHONE}\n"
    sent = {"file": base64.b64encode(table.encode()).decode(), "filename": f"{NAME}.csv"}
    [record] = admin.call("collab.import", "web_save", [], sent, {})
    admin.call("collab.import", "action_check", [record["id"]])
    admin.call("res.users", "action_invite", [person])
    one, _other = Newcomer(stack, "zyxwvutsson"), Newcomer(stack, "zyxwvutsson")
    one.read_token("/charte")
    shown = re.search(r'name="charter_id" value="(\d+)"', one.get("/charte").text)[1]
    assert one.post("/charte", charter_id=shown, agreed="1").status_code == 303
    guesser = Guesser(stack)
    guesser.log_in("zyxwvutsson", "not-his")
    token = guesser.token("/web/reset_password")
    guesser.post("/web/reset_password", data={"login": "Zyxwvutsson@collab.example", "csrf_token": token})
    assert len(files_that_name(stack)) >= 3, "two sessions and the file"
    assert lines_that_name(stack)
    step(admin, person, "close", reason=f"{NAME} est parti")
    assert not [path for path in files_that_name(stack) if "/sessions/" in path]
    # With a password that was right, he does not come in any more.
    Guesser(stack).log_in("zyxwvutsson")
    step(admin, person, "erase")
    assert lines_that_name(stack) == []
    # His file is deleted by the job that follows.
    stack.wait_for(lambda: not files_that_name(stack), "the job that deletes files")
    with pytest.raises(Refused, match="effacé"):
        step(admin, person, "reopen")


def at_once(*steps):
    """Click on all these buttons together.

    :param tuple steps: each as ``opened``
    :return list[str | None]: what each was told, if it was refused"""
    screens = [(doer, opened(doer, person, kind, reason="x")) for doer, person, kind in steps]
    together = threading.Barrier(len(screens))

    def told(doer, screen):
        together.wait()
        try:
            doer.call("collab.account.step", "action_confirm", [screen])
        except Refused as refusal:
            return str(refusal.args[0])
        return None

    with concurrent.futures.ThreadPoolExecutor(len(steps)) as crowd:
        return list(crowd.map(told, *zip(*screens, strict=True)))


def test_of_two_administrators_at_once_one_does_it_and_the_other_is_told(stack, admin, make):
    make("second", platform_role="administrator")
    doers = admin, Person(stack, "second")
    for number in range(3):
        person = make(f"twice{number}")
        for kind, noted in (("suspend", "suspended"), ("resume", "resumed"), ("close", "closed"), ("erase", "erased")):
            told = at_once(*((doer, person, kind) for doer in doers))
            [refusal] = [said for said in told if said]
            assert "déjà fait" in refusal
            [[count]] = stack.cluster.sql(
                f"SELECT count(*) FROM collab_account_event WHERE user_id = {person} AND kind = '{noted}'",
                stack.database,
            )
            assert count == "1", kind


def test_two_administrators_who_close_each_other_leave_one(stack, admin, make):
    for number in range(3):
        logins = [f"duel{number}{side}" for side in "ab"]
        numbers = [make(login, platform_role="administrator") for login in logins]
        one, other = (Person(stack, login) for login in logins)
        group = "SELECT res_id FROM ir_model_data WHERE model = 'res.groups' AND name = 'group_administrator'"
        others = (
            f"SELECT uid FROM res_groups_users_rel WHERE gid = ({group}) AND uid NOT IN ({numbers[0]}, {numbers[1]})"
        )
        known = f"SELECT id FROM res_users WHERE active AND id > 2 AND id IN ({others})"
        inactive = ",".join(number for (number,) in stack.cluster.sql(known, stack.database))
        stack.cluster.sql(f"UPDATE res_users SET active = false WHERE id IN ({inactive})", stack.database)
        try:
            at_once((one, numbers[1], "close"), (other, numbers[0], "close"))
            [[left]] = stack.cluster.sql(
                f"SELECT count(*) FROM res_users WHERE active AND id IN ({numbers[0]}, {numbers[1]})", stack.database
            )
        finally:
            stack.cluster.sql(f"UPDATE res_users SET active = true WHERE id IN ({inactive})", stack.database)
        assert left == "1"
