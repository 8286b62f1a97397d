"""A month of the agenda is one sheet of paper, whatever the screen from which it is printed, and however busy it is."""

import re

import pytest
from playwright.sync_api import expect

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
# Each day of a month holds as much as a day ever shows, with titles longer than their box.
FILL = """
    const mark = '<span class="c-network c-network--mark is-square"></span>';
    const title = "Séminaire des directions de l’insertion par l’activité économique et de leurs partenaires";
    const said = `<span class="c-entry__hour">9 h 30</span> <b>Annulé</b> <s>${title}</s>`;
    const parts = `<span class="c-entry__marks">${mark}</span><span class="c-entry__said">${said}</span>`;
    const entry = `<li class="c-entry"><a href="/agenda">${parts}</a></li>`;
    for (const day of document.querySelectorAll(".c-month td")) {
        day.querySelector("ul")?.remove();
        day.insertAdjacentHTML("beforeend", `<ul>${entry.repeat(4)}</ul>`);
    }
"""


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_month_is_printed_on_one_sheet(log_in, viewport):
    page = log_in("alice", viewport)
    # Six weeks.
    page.goto("/agenda?date=2027-08")
    for _time in ("as it is", "as full as it may be"):
        # Chromium says the size of each sheet, in points: A4, landscape.
        sheets = re.findall(rb"/MediaBox ?\[([^]]+)\]", page.pdf(prefer_css_page_size=True))
        assert [[round(float(side)) for side in sheet.split()] for sheet in sheets] == [[0, 0, 842, 595]]
        page.evaluate(FILL)
    # What one presses is left out, and the month is there.
    page.emulate_media(media="print")
    expect(page.get_by_role("table", name="août 2027")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
