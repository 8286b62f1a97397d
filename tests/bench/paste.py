"""What somebody costs who pastes a whole Word document in an answer, in CPU of the server."""

import itertools
import statistics

from production.person import TIMEOUT

from .load import ROUNDS, Load
from .report import OVER, number, paragraph, table

PASTED_CHARS = 990_000
REQUESTS = 3
# CPU to the yardstick, measured once in the same way at commit 7cc0649~1: lxml cleaned the text, Odoo cleaned it again,
# and the form was sent as urlencoded.
BEFORE = 10.85
LIMIT = 0.3
ANSWER = "<p>Chez nous, il a suffi d'un courrier recommandé pour débloquer la demande.</p>"
# As Word writes them: a paragraph, and an item of a list.
DRESS = (
    'font-size:12.0pt;line-height:107%;font-family:"Arial",sans-serif;mso-fareast-font-family:"Times New Roman";'
    "mso-fareast-language:FR;mso-bidi-font-weight:normal"
)
PARAGRAPH = (
    "<p class=MsoNormal style='margin-bottom:8.0pt;text-align:justify;line-height:107%;mso-pagination:widow-orphan'>"
    f"<b style='mso-bidi-font-weight:normal'><span style='{DRESS};mso-themecolor:accent1'>Objet :</span></b>"
    f"<span style='{DRESS}'> la <span class=SpellE>personne</span> que nous <i style='mso-bidi-font-style:normal'>"
    "suivons</i> cherche une garde.<o:p></o:p></span></p>\n"
    "<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>"
    "<span style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:"
    '7.0pt "Times New Roman"\'>&nbsp;&nbsp; </span></span></span><![endif]>'
    f"<span style='{DRESS}'>un point<o:p></o:p></span></p>\n"
)
DOCUMENT = f"<html><body lang=FR>{PARAGRAPH * (PASTED_CHARS // len(PARAGRAPH))}</body></html>"


def report(stack, readers, yardstick):
    """
    :param Stack stack: the platform
    :param list[str] readers: logins of those who answer
    :param str yardstick: path of the page to compare with
    :return str: what it costs, in Markdown
    """
    load = Load(stack, readers)
    questions = stack.cluster.sql(
        "SELECT p.id FROM forum_post p JOIN collab_audience a ON a.id = p.audience_id"
        " WHERE p.parent_id IS NULL AND p.is_shown AND p.state = 'active' AND a.key = '|'",
        stack.database,
    )
    paths = itertools.cycle([f"/forum/{number}" for [number] in questions])
    for person in load.people:
        person.read_token(next(paths))

    def posting(text):
        # As the form does: a field is a part.
        fields = {"contenu": (None, text), "riche": (None, "1")}
        return lambda person: person.session.post(
            f"{person.url}{next(paths)}/repondre",
            files={**fields, "csrf_token": (None, person.token)},
            allow_redirects=False,
            timeout=TIMEOUT,
        )

    asked = {"Étalon": yardstick, "Répondre": posting(ANSWER), "Coller 1 Mo de Word": posting(DOCUMENT)}
    cpu = {label: [] for label in asked}
    for what in asked.values():
        load.run(what, REQUESTS)  # caches, and compiled templates of both workers
    for _ in range(ROUNDS):
        for label, what in asked.items():
            cpu[label].append(load.run(what, REQUESTS).cpu)
    ratios = {
        label: statistics.median(spent / base for spent, base in zip(found, cpu["Étalon"], strict=True))
        for label, found in cpu.items()
    }
    rows = [
        [label, number(statistics.median(found), 1), f"**{number(ratios[label], 2)}**"] for label, found in cpu.items()
    ]
    said = table(["Ce qui est envoyé", "ms CPU", "rapport à l'étalon"], rows)
    share = ratios["Coller 1 Mo de Word"] / BEFORE
    is_over = f" : **{OVER}**" if share > LIMIT else ""
    verdict = paragraph(
        "Avant `nh3` (au commit 7cc0649~1, par la même mesure), coller 1 Mo de Word prenait"
        f" {number(BEFORE, 2)} fois l'étalon ; c'en est **{number(share, 2)}** à présent, limite"
        f" {number(LIMIT, 2)}{is_over}."
    )
    return f"{said}\n\n{verdict}"
