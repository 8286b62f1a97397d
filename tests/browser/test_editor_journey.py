"""One person writes in the editor, as with any text on a computer; another reads it."""

import base64
import io

import pytest
from forum_screens import ask, go_to_forum, open_discussion, other, write
from PIL import Image
from playwright.sync_api import expect

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
WIDTHS = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["390", "1280"])
ANSWER = "Votre réponse"
# As Word puts it on the clipboard: what its author sees, and what he does not.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm} --></style></head>
<body lang=FR><!--StartFragment-->
<p class=MsoNormal><b><span style='font-size:14.0pt'>Garde d'enfants<o:p></o:p></span></b></p>
<p class=MsoNormal>La famille <del cite="mailto:a@b.example">Lefèvre</del> cherche une solution<span
class=MsoCommentReference><span style='font-size:8.0pt'><a class=msocomanchor href="#_msocom_1">[ML1]</a></span></span>
<span style='display:none;mso-hide:all'>dossier 4512</span> avant 7 heures.</p>
<ul><li class=MsoNormal>la CAF</li><li class=MsoNormal>le Département</li></ul>
<div style='mso-element:comment-list'><div style='mso-element:comment'>
<p class=MsoCommentText>À vérifier avec la juge</p></div></div>
<!--EndFragment--></body></html>"""
PASTE = """([html, png]) => {
    const held = new DataTransfer();
    held.setData("text/html", html);
    if (png) {
        const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
        held.items.add(new File([bytes], "image.png", {type: "image/png"}));
    }
    const paste = new ClipboardEvent("paste", {clipboardData: held, bubbles: true, cancelable: true});
    document.activeElement.dispatchEvent(paste);
}"""
COPY_PICTURE = """async ([html, png]) => {
    const picture = new Blob([Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))], {type: "image/png"});
    await navigator.clipboard.write([
        new ClipboardItem({"text/html": new Blob([html], {type: "text/html"}), "image/png": picture}),
    ]);
}"""


def png(width=120):
    """:return str: a picture, in base64"""
    file = io.BytesIO()
    Image.new("RGB", (width, 80), "teal").save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def begin(page, title, networks=()):
    """Ask something, and go where one answers it."""
    ask(page, title, networks=networks)
    page.wait_for_load_state()
    return page.get_by_role("textbox", name=ANSWER)


def answer(page):
    page.get_by_role("button", name="Répondre").click()
    expect(page.get_by_role("heading", name="1 réponse")).to_be_visible()


def said(page):
    """:return Locator: the text of the answer"""
    return page.locator("article[id^=reponse-] .c-message__text").first


def read(page, title):
    open_discussion(page, title)
    return said(page)


@WIDTHS
def test_a_word_document_is_pasted_and_nobody_reads_what_word_keeps_for_its_author(log_in, viewport):
    title = f"Collé depuis Word, à {viewport['width']}"
    sophie = log_in("sophie", viewport)
    text = begin(sophie, title)
    text.click()
    # Word puts a picture of these words beside them. Not by the clipboard of Chromium, which takes Word's marks away.
    sophie.evaluate(PASTE, [WORD, png()])
    expect(text.get_by_role("listitem")).to_have_text(["la CAF", "le Département"])
    expect(text).to_contain_text("La famille cherche une solution avant 7 heures.")
    for hidden in ("Lefèvre", "ML1", "4512", "juge"):
        expect(text).not_to_contain_text(hidden)
    answer(sophie)
    found = read(log_in("karim", viewport), title)
    expect(found.locator("strong")).to_have_text("Garde d'enfants")
    expect(found.get_by_role("listitem")).to_have_text(["la CAF", "le Département"])
    expect(found).to_contain_text("La famille cherche une solution avant 7 heures.")
    expect(found.locator("xpath=ancestor::article").locator(".c-files img")).to_have_count(0)


@WIDTHS
def test_a_picture_copied_from_a_page_joins_the_files_and_another_sees_it(log_in, base_url, viewport):
    title = f"Une image copiée, à {viewport['width']}"
    sophie = log_in("sophie", viewport)
    sophie.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=base_url)
    text = begin(sophie, title)
    write(sophie, "Voici le plan.", ANSWER)
    sophie.evaluate(COPY_PICTURE, ['<img src="https://photos.example/plan.png" alt="Plan">', png(320)])
    sophie.keyboard.press("Control+V")
    expect(sophie.get_by_text("Prêt")).to_be_visible()
    expect(text).to_have_text("Voici le plan.")
    expect(sophie.get_by_text("Image non collée")).to_have_count(0)
    answer(sophie)
    karim = log_in("karim", viewport)
    picture = read(karim, title).locator("xpath=ancestor::article").locator(".c-files img")
    picture.evaluate("image => image.decode()")
    assert picture.evaluate("image => image.naturalWidth") == 320


@WIDTHS
def test_a_page_is_pasted_without_its_pictures_it_is_said_and_their_site_is_not_asked(log_in, base_url, viewport):
    title = f"Une page copiée, à {viewport['width']}"
    sophie = log_in("sophie", viewport)
    text = begin(sophie, title)
    # Any page of the web, in another tab.
    web = sophie.context.new_page()
    web.route("https://photos.example/**", lambda route: route.fulfill(body=base64.b64decode(png())))
    web.route(
        f"{base_url}/une-page-du-web",
        lambda route: route.fulfill(
            content_type="text/html; charset=utf-8",
            body='<h2>Aide à la mobilité</h2><p>Jusqu’à <b>500 €</b>.</p><img src="https://photos.example/bus.png">',
        ),
    )
    web.goto("/une-page-du-web")
    web.keyboard.press("Control+A")
    web.keyboard.press("Control+C")
    sophie.bring_to_front()
    text.click()
    # `visitor` fails when the browser asks anything of another site than the platform.
    sophie.keyboard.press("Control+V")
    expect(sophie.get_by_text("Image non collée. Enregistrez-la sur votre appareil, puis joignez-la.")).to_be_visible()
    expect(text.get_by_role("heading", name="Aide à la mobilité")).to_be_visible()
    expect(text.locator("img")).to_have_count(0)
    answer(sophie)
    found = read(log_in("karim", viewport), title)
    expect(found.get_by_role("heading", name="Aide à la mobilité")).to_be_visible()
    expect(found.locator("strong")).to_have_text("500 €")
    expect(found.locator("img")).to_have_count(0)


def test_where_nothing_is_joined_a_moderator_is_told_that_a_picture_is_left_out(log_in):
    title = "Une image dans une correction"
    sophie = log_in("sophie")
    begin(sophie, title)
    moderator = log_in("moderation.fnars")
    open_discussion(moderator, title)
    other(moderator, "link", "Modérer").click()
    moderator.get_by_role("heading", name="Modifier").click()
    moderator.get_by_role("textbox", name="Texte", exact=True).click()
    moderator.evaluate(PASTE, ['<img src="https://photos.example/plan.png">', png()])
    expect(moderator.get_by_text("Image non collée : ici, on ne joint pas de fichier.")).to_be_visible()


@WIDTHS
def test_a_link_is_made_changed_and_removed_with_the_buttons(log_in, viewport):
    title = f"Un lien, à {viewport['width']}"
    sophie = log_in("sophie", viewport)
    text = begin(sophie, title)
    write(sophie, "Voir le site", ANSWER)
    for _ in "site":
        sophie.keyboard.press("Shift+ArrowLeft")
    button = sophie.get_by_role("button", name="Lien", exact=True)
    button.click()
    sophie.get_by_role("textbox", name="Adresse du lien").fill("javascript:alert(1)")
    sophie.get_by_role("button", name="Enregistrer le lien").click()
    expect(sophie.get_by_role("alert").get_by_text("Cette adresse ne mène nulle part")).to_be_visible()
    sophie.get_by_role("textbox", name="Adresse du lien").fill("www.caf.fr/aides")
    sophie.get_by_role("button", name="Enregistrer le lien").click()
    expect(text.get_by_role("link", name="site")).to_have_attribute("href", "https://www.caf.fr/aides")
    expect(button).to_have_attribute("aria-pressed", "true")
    # Changed.
    button.click()
    expect(sophie.get_by_role("textbox", name="Adresse du lien")).to_have_value("https://www.caf.fr/aides")
    sophie.get_by_role("textbox", name="Adresse du lien").fill("service-public.fr")
    sophie.keyboard.press("Enter")
    expect(text.get_by_role("link", name="site")).to_have_attribute("href", "https://service-public.fr")
    # One more, with words of its own, then removed.
    sophie.keyboard.press("End")
    sophie.keyboard.type(" et ")
    button.click()
    sophie.get_by_role("textbox", name="Adresse du lien").fill("accueil@caf.example")
    sophie.get_by_role("textbox", name="Texte à afficher").fill("leur accueil")
    sophie.keyboard.press("Enter")
    expect(text.get_by_role("link", name="leur accueil")).to_have_attribute("href", "mailto:accueil@caf.example")
    sophie.keyboard.type(" aussi")
    expect(text.get_by_role("link")).to_have_text(["site", "leur accueil"])
    text.get_by_role("link", name="leur accueil").click()
    button.click()
    sophie.get_by_role("button", name="Retirer le lien").click()
    expect(text.get_by_role("link")).to_have_text(["site"])
    answer(sophie)
    found = read(log_in("karim", viewport), title)
    expect(found).to_have_text("Voir le site et leur accueil aussi")
    expect(found.get_by_role("link")).to_have_count(1)
    expect(found.get_by_role("link", name="site")).to_have_attribute("href", "https://service-public.fr")
    expect(found.get_by_role("link", name="site")).to_have_attribute("rel", "noopener noreferrer")


@WIDTHS
def test_an_address_that_is_typed_is_a_link_without_the_punctuation_after_it(log_in, viewport):
    title = f"Une adresse nue, à {viewport['width']}"
    sophie = log_in("sophie", viewport)
    begin(sophie, title)
    write(sophie, "Tout est dit (voir https://www.service-public.fr/aides).", ANSWER)
    answer(sophie)
    found = read(log_in("karim", viewport), title)
    expect(found).to_have_text("Tout est dit (voir https://www.service-public.fr/aides).")
    expect(found.get_by_role("link")).to_have_text("https://www.service-public.fr/aides")
    expect(found.get_by_role("link")).to_have_attribute("href", "https://www.service-public.fr/aides")


@WIDTHS
def test_a_name_typed_without_capital_nor_accent_tells_her_whom_it_names(log_in, mailbox, viewport):
    title = f"Une mention sans accent, à {viewport['width']}"
    sophie = log_in("sophie", viewport)
    begin(sophie, title)
    before = mailbox.count("chloe@collab.example")
    write(sophie, "Une idée, @chloe guillou ?", ANSWER)
    answer(sophie)
    link = mailbox.wait_for("chloe@collab.example", r"vous mentionne[\s\S]*?(/forum/\d+#reponse-\d+)", after=before)
    chloe = log_in("chloe", viewport)
    chloe.goto(link)
    expect(said(chloe)).to_have_text("Une idée, @chloe guillou ?")


@WIDTHS
def test_all_the_buttons_are_used_without_a_mouse_and_say_their_state(log_in, viewport):
    title = f"Au clavier, à {viewport['width']}"
    sophie = log_in("sophie", viewport)
    text = begin(sophie, title)
    text.focus()
    keys = sophie.keyboard

    def press(name, arrows):
        """Go back to the buttons, which are one stop, and by the arrows to this one; come back to the text."""
        keys.press("Shift+Tab")
        keys.press("Home")
        for _ in range(arrows):
            keys.press("ArrowRight")
        button = sophie.get_by_role("toolbar").get_by_role("button", name=name, exact=True)
        expect(button).to_be_focused()
        keys.press("Enter")
        return button

    bold = press("Gras", 0)
    expect(text).to_be_focused()
    keys.type("Gras")
    expect(bold).to_have_attribute("aria-pressed", "true")
    press("Gras", 0)
    keys.type(" puis ")
    expect(bold).to_have_attribute("aria-pressed", "false")
    press("Italique", 1)
    keys.type("penché")
    # As the menu of a phone would, rather than the keys of Squire.
    keys.press("Control+I")
    keys.press("Enter")
    expect(sophie.get_by_role("button", name="Italique")).to_have_attribute("aria-pressed", "false")
    bullets = press("Liste", 2)
    keys.type("un")
    expect(bullets).to_have_attribute("aria-pressed", "true")
    keys.press("Enter")
    keys.type("deux")
    numbered = press("Liste numérotée", 3)
    expect(bullets).to_have_attribute("aria-pressed", "false")
    expect(numbered).to_have_attribute("aria-pressed", "true")
    press("Liste numérotée", 3)
    keys.press("Enter")
    quote = press("Citation", 5)
    keys.type("Mot pour mot")
    expect(quote).to_have_attribute("aria-pressed", "true")
    keys.press("Enter")
    press("Citation", 5)
    press("Lien", 4)
    expect(sophie.get_by_role("textbox", name="Adresse du lien")).to_be_focused()
    keys.press("Escape")
    expect(text).to_be_focused()
    press("Lien", 4)
    keys.type("www.caf.fr")
    keys.press("Enter")
    expect(text).to_be_focused()
    # Whoever tabs leaves the text.
    keys.press("Tab")
    expect(text).not_to_be_focused()
    answer(sophie)
    found = read(log_in("karim", viewport), title)
    expect(found.locator("strong")).to_have_text("Gras")
    expect(found.locator("em")).to_have_text("penché")
    expect(found.locator("blockquote")).to_have_text("Mot pour mot")
    expect(found.get_by_role("link", name="www.caf.fr")).to_have_attribute("href", "https://www.caf.fr")


def test_the_label_focuses_the_text(log_in):
    sophie = log_in("sophie")
    go_to_forum(sophie)
    sophie.get_by_role("link", name="Poser une question").first.click()
    sophie.wait_for_load_state()
    sophie.get_by_text("Ce qu’il faut savoir pour vous aider").click()
    expect(sophie.get_by_role("textbox", name="Ce qu’il faut savoir pour vous aider")).to_be_focused()


def test_without_script_the_text_is_sent_as_it_is_typed(browser, base_url):
    title = "Une question sans script"
    options = {"base_url": base_url, "ignore_https_errors": True, "locale": "fr-FR"}
    context = browser.new_context(java_script_enabled=False, **options)
    page = context.new_page()
    page.goto("/web/login")
    page.get_by_label("Adresse e-mail").fill("karim@collab.example")
    page.get_by_label("Mot de passe").fill("demo-collab-2026")
    page.get_by_role("button", name="Se connecter").click()
    page.goto("/forum/demander")
    page.get_by_label("Votre question, en une phrase").fill(title)
    page.get_by_label("Ce qu’il faut savoir pour vous aider").fill("Un <b>début</b>\nUne fin")
    page.get_by_label("Thème").select_option("Formation")
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_text("Un <b>début</b>")).to_be_visible()
    context.close()
