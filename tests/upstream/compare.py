"""Compares what failed or was skipped in a run of somebody else's tests with the list of what is known to, and why.

    python tests/upstream/compare.py LOG LIST FLOOR

LOG is what Odoo wrote. Each line of LIST is a test, what becomes of it and why, in French, separated by tabulations:
``TestClass.test_method``, or ``TestClass.setUpClass`` when a whole class cannot begin. Fewer tests than FLOOR is a
failure: some have vanished silently.
"""

import pathlib
import re
import sys
from typing import NamedTuple

FAILED, SKIPPED = "échec", "saut"

# As odoo.tests.result writes them. What a test itself logs is by other loggers, and a traceback has no date.
LINE = r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ [A-Z]+ \S+ odoo\.(?:addons\.\w+\.tests|tests)\.\S+: "
RESULT = re.compile(
    LINE + r"(?P<said>FAIL: |ERROR: |skipped )(?:Subtest )?"
    r"(?:(?P<test>\w+\.\w+)|(?P<step>\w+Class) \((?:\w+\.)*(?P<case>\w+)\))",
    re.MULTILINE,
)
TOTAL = re.compile(LINE + r".*?(\d+) failed, (\d+) error\(s\) of (\d+) tests", re.MULTILINE)


class Run(NamedTuple):
    """What a log tells."""

    tests: int  # that have begun
    outcomes: frozenset[tuple[str, str]]  # a test, FAILED or SKIPPED: neither for those that passed


def read_log(text):
    """
    :param str text: the log of a run
    :return Run:
    :raises ValueError: it stops before the end, or tells of more failures than are understood
    """
    totals = TOTAL.findall(text)
    if not totals:
        raise ValueError("le journal ne dit pas combien de tests ont tourné : ils se sont arrêtés en route")
    failures, errors, tests = (int(number) for number in totals[-1])
    outcomes = []
    for found in RESULT.finditer(text):
        name = found["test"] or f"{found['case']}.{found['step']}"
        outcomes.append((name, SKIPPED if found["said"] == "skipped " else FAILED))
    understood = sum(outcome == FAILED for _name, outcome in outcomes)
    if understood != failures + errors:
        raise ValueError(f"le journal compte {failures + errors} échecs, dont {understood} compris")
    return Run(tests, frozenset(outcomes))


def read_list(text):
    """
    :param str text: the list of what is known
    :return dict[tuple[str, str], str]: why, by test and what becomes of it
    :raises ValueError: a line is not made as it should be
    """
    known = {}
    for number, line in enumerate(text.splitlines(), 1):
        name, outcome, why = (*line.split("\t"), "", "")[:3]
        if line.count("\t") != 2 or outcome not in (FAILED, SKIPPED) or not why.strip() or (name, outcome) in known:
            raise ValueError(f"ligne {number} de la liste : « test, {FAILED} ou {SKIPPED}, pourquoi », une fois chacun")
        known[name, outcome] = why
    return known


def differences(run, known, floor):
    """
    :param Run run:
    :param Iterable[tuple[str, str]] known: what the list tells, as the outcomes of a run
    :param int floor: how many tests at least
    :return list[str]: what does not hold, in French
    """
    said = [f"{name} : {outcome}, que la liste ne dit pas" for name, outcome in sorted(run.outcomes - set(known))]
    said += [f"{name} : {outcome} dans la liste, ce n'est plus vrai" for name, outcome in sorted(known - run.outcomes)]
    if run.tests < floor:
        said.append(f"{run.tests} tests au lieu de {floor} au moins : chercher ceux qui ont disparu")
    return said


def main(log, known, floor):
    """:return int: the status of the process"""
    try:
        run = read_log(pathlib.Path(log).read_text(errors="replace"))
        said = differences(run, read_list(pathlib.Path(known).read_text()).keys(), int(floor))
    except ValueError as error:
        said = [str(error)]
    else:
        failed = sum(outcome == FAILED for _name, outcome in run.outcomes)
        sys.stdout.write(f"  {run.tests} tests, échecs : {failed}, sauts : {len(run.outcomes) - failed}\n")
    sys.stdout.writelines(f"  {line}\n" for line in said)
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
