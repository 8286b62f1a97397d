"""axe finds nothing serious on any page, in any state, on a phone or on a desk; nothing is too wide, nothing jumps.

A person logs in once and walks. Whatever opens on his way (menus, folds, dialogs) is opened, one of each kind.
"""

import pytest
from playwright.sync_api import expect

VISITOR = (
    "/web/login",
    "/web/reset_password",
    "/charte",
    "/mentions-legales",
    "/confidentialite",
    "/accessibilite",
)
MEMBER = (
    "/",
    "/ressources",
    "/ressources/nouveautes",
    "/ressources/favoris",
    "/ressources/suivis",
    "/ressources/depot",
    "/pour-moi",
    "/pour-moi/favoris",
    "/forum",
    "/forum/demander",
    "/actualites",
    "/actualites/archives",
    "/actualites/publier",
    "/agenda",
    "/agenda?vue=semaine",
    "/agenda?vue=liste",
    "/agenda?quoi=favoris",
    "/agenda/abonnement",
    "/annuaire",
    "/annuaire?q=personne-ici",
    "/annuaire/structures",
    "/carte",
    "/carte?vue=liste",
    "/recherche",
    "/recherche?q=mobilité",
    "/recherche?q=mobilité&type=document&depuis=annee",
    "/recherche?q=zorglubienne",
    "/recherche?q=zorglubienne&type=document",
    "/recherche?q=a",
    "/page-absente",
    "/charte",
    "/mon-compte",
    "/mon-compte/second-facteur",
    "/mon-compte/fiche",
    "/mon-compte/adresse",
    "/mon-compte/notifications",
    "/mon-compte/quitter",
)
STAFF = (
    "/habillage",
    "/moderation",
    "/moderation/corbeille",
    "/moderation/journal",
    "/moderation/suspendus",
)
# A phone first: a page is loaded there. 320 pixels are also what a desk leaves at 400 %.
PHONE, WIDTHS = {"width": 390, "height": 844}, (320, 1280)
# Somebody always joins words with dots, or pastes an address: no break anywhere.
LONG_WORD = "Réinsertionprofessionnelle" * 5 + "durée"
# What opens something, when it is there to be pressed.
OPENERS = "summary, button[data-opens], button[aria-haspopup], button[aria-expanded=false], button[popovertarget]"
SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
            window.shifted += entry.hadRecentInput ? 0 : entry.value;
        }
    }).observe({ type: "layout-shift", buffered: true });
"""


class Walk:
    """What somebody's pages are like, as he goes."""

    def __init__(self, page, axe):
        self.page = page
        self.axe = axe
        self.opened = set()
        page.add_init_script(SHIFTS)

    def go(self, address):
        """Open a page, look at it, and at all that opens on it."""
        self.page.goto(address)
        self.look(address)
        self.open_all(address)

    def ask(self, title, theme):
        self.page.goto("/forum/demander")
        self.page.get_by_label("Votre question").fill(title)
        self.page.get_by_label("Thème").select_option(theme)
        self.page.get_by_role("button", name="Publier").click()

    def look(self, name):
        """Fail on what axe finds serious, on what is too wide, and on what has moved since the page was opened."""
        shifted = self.page.evaluate("window.shifted")
        assert shifted <= 0.05, f"{name} moves while it loads: {shifted}"
        assert self.page.locator("h1").count() == 1, name
        self.check(name, PHONE["width"])
        for width in WIDTHS:
            self.page.set_viewport_size({**PHONE, "width": width})
            self.check(name, width)
        self.page.set_viewport_size(PHONE)

    def check(self, name, width):
        if not self.page.evaluate("window.axe !== undefined"):
            self.page.evaluate(self.axe)
        # It looks at the same, and does not describe each element where a rule holds.
        found = self.page.evaluate("() => axe.run({resultTypes: ['violations']})")
        serious = [
            f"{violation['id']}: {[node['html'] for node in violation['nodes']]}"
            for violation in found["violations"]
            if violation["impact"] in ("serious", "critical")
        ]
        assert not serious, (name, width, serious)
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide at {width}"

    def print(self, name):
        """On paper there is what is read, and nothing of what is pressed."""
        self.page.emulate_media(media="print")
        for role in ("navigation", "banner", "contentinfo"):
            for part in self.page.get_by_role(role).all():
                # The path to a document is read too.
                assert part.is_hidden() or "c-path" in (part.get_attribute("class") or ""), f"{name} prints a {role}"
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        self.page.emulate_media(media="screen")

    def open_all(self, name):
        for opener in self.page.locator(OPENERS).all():
            kind = opener.evaluate(
                "(it) => [it.className, it.dataset.opens, it.textContent.trim().slice(0, 12)].join()"
            )
            if kind in self.opened or not opener.is_visible():
                continue
            self.opened.add(kind)
            opener.click()
            self.look(f"{name}, once “{opener.inner_text().strip()}” is pressed")
            self.page.evaluate("""() => {
                document.querySelectorAll("dialog[open]").forEach((it) => it.close());
                document.querySelectorAll("details[open]").forEach((it) => (it.open = false));
            }""")


@pytest.fixture
def walk(log_in, visitor, root):
    """:return: the walk of somebody, once he has logged in"""
    axe = (root / ".local/npm/node_modules/axe-core/axe.min.js").read_text()
    return lambda who=None: Walk(log_in(who, PHONE) if who else visitor(PHONE), axe)


def test_what_a_visitor_sees(walk):
    visit = walk()
    for address in VISITOR:
        visit.go(address)
    page = visit.page
    page.goto("/web/login")
    page.get_by_label("Adresse e-mail").fill("personne@collab.example")
    page.get_by_label("Mot de passe").fill("un-mot-de-passe-faux")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("alert")).to_be_visible()
    visit.look("a wrong password")


def test_what_a_member_sees(walk):
    visit = walk("alice")
    page = visit.page
    visit.ask(f"{LONG_WORD} ?", "Formation")
    visit.look("the notice that follows a question")
    visit.open_all("one's own question")
    visit.print("discussion")
    # The question before it is deleted, and what then undoes it.
    page.get_by_label("Autres actions", exact=True).first.click()
    page.get_by_role("link", name="Supprimer").first.click()
    asked = page.get_by_role("dialog", name="Supprimer votre question ?")
    expect(asked).to_be_visible()
    visit.look("asked")
    asked.get_by_role("button", name="Supprimer la question").click()
    expect(page.get_by_text("Question supprimée.")).to_be_visible()
    visit.look("deleted")
    for address in MEMBER:
        visit.go(address)
    # Nothing is a favourite in this theme.
    page.goto("/forum")
    theme = page.locator("#themes a[href*=theme]").first.get_attribute("href")
    page.goto(f"{theme}&etat=favoris")
    expect(page.get_by_role("link", name="Effacer le filtre")).to_be_visible()
    visit.look("no match")
    # A news item, with its picture, its facts and what was said under it.
    page.goto("/actualites")
    page.get_by_role("link", name="Portes ouvertes de l’atelier menuiserie").first.click()
    expect(page.get_by_role("link", name="Ajouter à mon agenda")).to_be_visible()
    visit.look("news item")
    visit.open_all("news item")
    visit.print("news item")
    # Her organisation, of which she is a referent: its page, its card, its team, an account that she is about to close.
    page.goto("/annuaire/structures")
    page.get_by_role("link", name="L'Ancre solidaire").first.click()
    expect(page.get_by_role("heading", name="L'Ancre solidaire", level=1)).to_be_visible()
    visit.look("organisation")
    visit.print("organisation")
    organisation = page.url
    for address in ("modifier", "equipe"):
        visit.go(f"{organisation}/{address}")
    page.get_by_role("checkbox", checked=True, disabled=False).first.uncheck()
    page.get_by_role("button", name="Fermer 1 compte").click()
    expect(page.get_by_role("button", name="Fermer ce compte")).to_be_visible()
    visit.look("who has left")
    page.goto(f"{organisation}/modifier")
    page.get_by_label("Site web").fill("javascript:alert(1)")
    page.get_by_role("button", name="Enregistrer la fiche").click()
    expect(page.get_by_role("alert")).to_be_visible()
    visit.look("card that is refused")
    # A document of hers, and the form that corrects it: their addresses are not known in advance.
    page.goto("/ressources")
    page.get_by_role("link", name="Grille d'évaluation des compétences").click()
    expect(page.get_by_role("link", name="Télécharger")).to_be_visible()
    visit.look("document")
    visit.open_all("document")
    visit.print("document")
    page.get_by_label("Autres actions", exact=True).first.click()
    page.get_by_role("link", name="Déposer une nouvelle version").click()
    expect(page.get_by_role("button", name="Déposer cette version")).to_be_visible()
    visit.look("new version")
    page.get_by_role("link", name="Annuler").click()
    page.get_by_label("Autres actions", exact=True).first.click()
    page.get_by_role("link", name="Modifier").click()
    page.get_by_label("Titre").fill(LONG_WORD)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name=LONG_WORD)).to_be_visible()
    visit.look("document whose title is one word")
    corrected = page.url
    page.goto("/ressources?tri=title")
    visit.look("library with a title of one word")
    visit.print("library")
    # The others know it by its name.
    page.goto(corrected)
    page.get_by_label("Autres actions", exact=True).first.click()
    page.get_by_role("link", name="Modifier").click()
    page.get_by_label("Titre").fill("Grille d'évaluation des compétences, chantier espaces verts")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="Grille d'évaluation")).to_be_visible()
    # The editor, with the box where a link is made, and an address that is refused.
    page.goto("/forum/demander")
    page.get_by_role("button", name="Lien", exact=True).click()
    page.get_by_label("Adresse du lien").fill("javascript:alert(1)")
    page.get_by_role("button", name="Enregistrer le lien").click()
    expect(page.get_by_text("Cette adresse ne mène nulle part")).to_be_visible()
    visit.look("link")
    # What is refused.
    visit.ask(" ", "Formation")
    expect(page.get_by_text("Donnez un titre à votre question.")).to_be_visible()
    visit.look("refused")


def test_what_a_moderator_sees(walk):
    visit = walk("moderation.fnars")
    page = visit.page
    for address in STAFF:
        visit.go(address)
    visit.ask("Qui vient à la réunion de rentrée ?", "Vie des structures")
    page.get_by_label("Autres actions", exact=True).first.click()
    page.get_by_role("link", name="Modérer", exact=True).click()
    visit.look("moderate")
    visit.open_all("moderate")


def test_the_keyboard_reaches_the_content_first_and_shows_where_it_is(log_in):
    page = log_in("alice")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "c-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"
    for address in ("/", "/forum", "/ressources", "/mon-compte"):
        page.goto(address)
        page.locator("main").focus()
        for _ in range(10):
            page.keyboard.press("Tab")
            focused = page.evaluate("""() => {
                const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
                const drawn = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
                return [document.activeElement.outerHTML, drawn];
            }""")
            assert focused[1], f"{address}: nothing shows that this has the focus: {focused[0]}"
        assert page.evaluate("document.activeElement.closest('main, footer') !== null"), address


def test_windows_high_contrast_keeps_what_is_chosen_and_what_is_new(log_in):
    page = log_in("chloe")
    page.emulate_media(forced_colors="active")
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Forum").click()
    style = "(it, [part, name]) => getComputedStyle(it, part)[name]"
    chosen = page.get_by_role("link", name="Toutes", exact=True)
    assert chosen.evaluate(style, [None, "outlineStyle"]) == "solid"
    others = page.get_by_role("link", name="Sans réponse", exact=True)
    assert others.evaluate(style, [None, "outlineStyle"]) == "none"
    dot = page.locator(".c-row .c-dot").first
    ground = page.locator("body").evaluate(style, [None, "backgroundColor"])
    assert dot.evaluate(style, [None, "backgroundColor"]) not in (ground, "rgba(0, 0, 0, 0)")
