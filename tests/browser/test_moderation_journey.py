"""What the federations do with what members write, from the mail that calls them to the one that says the end."""

import re

import pytest
from federation_screens import line_of, open_menu, open_platform
from forum_screens import ask, flag, go_to_forum, go_to_moderation, open_discussion, other, write
from playwright.sync_api import expect

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def asked(log_in):
    """Fatou asks something of the FNARS: she is told of little else, and the day has its number of mails.

    :return Page: hers, on the discussion
    """

    def go(title, viewport=PHONE):
        page = log_in("fatou", viewport)
        ask(page, title)
        return page

    return go


def each_time(page, what):
    """Be told of something as soon as it happens, and not once a day."""
    page.get_by_text("Mon compte", exact=True).first.locator("..").click()
    page.get_by_role("link", name="Mon profil et mon mot de passe").click()
    page.get_by_role("link", name="Choisir mes e-mails").click()
    at_once = page.get_by_role("radio", name=re.compile(f"^{what}.* Aussitôt$"))
    at_once.check()
    # Saved by the click.
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(at_once).to_be_checked()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["390", "1280"])
def test_what_is_flagged_is_hidden_and_everybody_concerned_is_told(asked, log_in, mailbox, viewport):
    title = f"Où trouver une auto-école sociale, vu à {viewport['width']} ?"
    fatou = asked(title, viewport)
    karim = log_in("karim", viewport)
    open_discussion(karim, title)
    write(karim, "Madame Lefèvre, rue des Tilleuls, en a trouvé une.", "Votre réponse")
    karim.get_by_role("button", name="Répondre").click()
    expect(karim.get_by_role("heading", name="1 réponse")).to_be_visible()
    moderator = log_in("moderation.fnars", viewport)
    each_time(moderator, "Ce qui attend un modérateur")
    before = {name: mailbox.count(f"{name}@collab.example") for name in ("fatou", "karim", "moderation.fnars")}
    # She flags what he has written.
    fatou.reload()
    answer = fatou.get_by_role("article").filter(has_text="Madame Lefèvre").last
    flag(fatou, answer, "On reconnaît la personne")
    expect(fatou.get_by_text("Signalé aux modérateurs. Vous saurez ce qu’ils décident.")).to_be_visible()
    # The mail leads to what there is to do.
    link = mailbox.wait_for(
        "moderation.fnars@collab.example",
        r'attend[\s\S]*?href="\S+?(/moderation)"',
        after=before["moderation.fnars"],
    )
    moderator.goto(link)
    expect(moderator.get_by_text(re.compile("textes? vous attend"))).to_be_visible()
    item = moderator.get_by_role("article").filter(has=moderator.get_by_role("link", name=title))
    expect(item.get_by_text("On reconnaît la personne")).to_be_visible()
    # What needs a reason opens the page of the text, and comes back to the queue.
    item.get_by_role("link", name="Masquer").click()
    moderator.get_by_label("Pourquoi ? Son auteur le lira.").first.fill("Ôtez le nom, puis reposez votre réponse")
    moderator.get_by_role("button", name="Masquer").click()
    expect(moderator.get_by_text("Les personnes concernées sont prévenues.")).to_be_visible()
    expect(moderator.get_by_role("link", name=title)).to_have_count(0)
    # Its author is told why; who has flagged it, what has become of it.
    mailbox.wait_for("karim@collab.example", r"(Ôtez le nom, puis reposez votre réponse)", after=before["karim"])
    mailbox.wait_for("fatou@collab.example", r"(Ce que vous aviez signalé.*?masqué)", after=before["fatou"])
    said = [mail.html for mail in mailbox.of("fatou@collab.example")[before["fatou"] :]]
    assert not any("Ôtez le nom" in text for text in said), "this was for its author"
    fatou.reload()
    expect(fatou.get_by_text("Madame Lefèvre")).to_have_count(0)
    karim.reload()
    expect(karim.get_by_text("Masqué")).to_be_visible()
    # A moderator of another network sees nothing of it, neither to do nor done.
    other = log_in("moderation.coorace", viewport)
    go_to_forum(other)
    go_to_moderation(other)
    for where in ("À faire", "Corbeille", "Journal"):
        other.get_by_role("link", name=where, exact=True).click()
        expect(other.get_by_role("link", name=where, exact=True)).to_have_attribute("aria-current", "page")
        expect(other.get_by_text(title)).to_have_count(0)
    moderator.get_by_role("link", name="Journal", exact=True).click()
    row = moderator.get_by_role("listitem").filter(has=moderator.get_by_role("link", name=title))
    expect(row.get_by_text("Ôtez le nom, puis reposez votre réponse")).to_be_visible()


def test_a_moderator_moves_a_question_and_merges_it_with_the_first_one(asked, log_in, mailbox):
    first, second = "Carte de transport gratuite : qui y a droit ?", "Gratuité des transports : la carte, pour qui ?"
    asked(first)
    fatou = asked(second)
    before = mailbox.count("fatou@collab.example")
    moderator = log_in("moderation.fnars")
    open_discussion(moderator, second)
    other(moderator, "link", "Modérer").click()
    moderator.get_by_text("Déplacer dans un autre thème").click()
    form = moderator.locator("form").filter(has=moderator.get_by_role("button", name="Déplacer"))
    form.get_by_label("Thème").select_option("Mobilité")
    form.get_by_label("Pourquoi ?").fill("On la cherchera là")
    form.get_by_role("button", name="Déplacer").click()
    expect(moderator.get_by_text("Les personnes concernées sont prévenues.")).to_be_visible()
    moderator.get_by_text("Fusionner avec une autre discussion").click()
    form = moderator.locator("form").filter(has=moderator.get_by_role("button", name="Fusionner"))
    form.get_by_label("Pourquoi ?").fill("Déjà demandé la semaine dernière")
    form.get_by_role("button", name="Fusionner").click()
    expect(form.get_by_role("alert")).to_contain_text("Choisissez une discussion")
    expect(form.get_by_label("Pourquoi ?")).to_have_value("Déjà demandé la semaine dernière")
    form.get_by_label(first).check()
    form.get_by_role("button", name="Fusionner").click()
    expect(moderator.get_by_role("heading", name="Modérer une réponse")).to_be_visible()
    moderator.get_by_role("link", name=first).click()
    expect(moderator.get_by_role("heading", name="1 réponse")).to_be_visible()
    # Its address leads there, and she is told why.
    mailbox.wait_for("fatou@collab.example", r"(Déjà demandé la semaine dernière)", after=before)
    fatou.reload()
    expect(fatou.get_by_role("heading", name=first)).to_be_visible()


def test_the_screens_of_the_federations_show_it_and_lead_to_the_page(asked, log_in):
    title = "Permis de conduire : qui le finance en 2026 ?"
    asked(title)
    karim = log_in("karim")
    open_discussion(karim, title)
    flag(karim, karim, "En double")
    expect(karim.get_by_text("Signalé aux modérateurs. Vous saurez ce qu’ils décident.")).to_be_visible()
    moderator = log_in("moderation.fnars")
    open_platform(moderator)
    open_menu(moderator, "Forum", "Discussions")
    line_of(moderator, title).get_by_text(title).click()
    form = moderator.locator(".o_form_view")
    expect(form.get_by_role("button", name="Ouvrir la page")).to_be_visible()
    # A reason is asked on the page, and not here.
    expect(form.locator(".o_form_readonly")).to_be_visible()
    open_menu(moderator, "Modération", "Signalements")
    line_of(moderator, "En double").filter(has_text=title).get_by_role("button", name="Ouvrir la page").click()
    expect(moderator.get_by_role("heading", name="Modérer une question")).to_be_visible()
    moderator.get_by_label("Pourquoi ? Son auteur le lira.").first.fill("Elle a sa place ici")
    moderator.get_by_role("button", name="Ne rien faire").click()
    expect(moderator.get_by_text("Les personnes concernées sont prévenues.")).to_be_visible()
    open_platform(moderator)
    open_menu(moderator, "Modération", "Journal")
    line_of(moderator, "Elle a sa place ici").get_by_text("Elle a sa place ici").click()
    form.get_by_role("button", name="Ouvrir la page").click()
    expect(moderator.get_by_role("heading", name="Modérer une question")).to_be_visible()


def decided(page, act, reason):
    """Decide about the text whose page of moderation is open."""
    form = page.locator("#boutons")
    form.get_by_label("Pourquoi ? Son auteur le lira.").fill(reason)
    form.get_by_role("button", name=act, exact=True).click()
    expect(page.get_by_text("Les personnes concernées sont prévenues.")).to_be_visible()


def contested(author, mailbox, address, said, answer, after):
    """Its author reads in his mail what has been decided, and contests it there."""
    link = mailbox.wait_for(address, rf'{said}[\s\S]*?href="\S+?(/moderation/avis/\d+)"', after=after)
    author.goto(link)
    expect(author.get_by_text("Hors sujet ici")).to_be_visible()
    author.get_by_label("Dites pourquoi").fill(answer)
    author.get_by_role("button", name="Contester la décision").click()
    expect(author.get_by_text("Décision contestée.")).to_be_visible()


def another_restores(page, title, answer):
    """A moderator who has not decided finds in his queue what is contested, and restores it."""
    go_to_moderation(page)
    item = page.get_by_role("article").filter(has_text=answer)
    expect(item.get_by_text("Contesté", exact=True)).to_be_visible()
    expect(item.get_by_text("Hors sujet ici")).to_be_visible()
    item.get_by_role("button", name="Restaurer").click()
    expect(page.get_by_text("Les personnes concernées sont prévenues.")).to_be_visible()
    page.get_by_role("link", name="Journal", exact=True).click()
    for what in ("Restauré", "Contesté par son auteur", "Supprimé"):
        row = page.get_by_role("listitem").filter(has_text=what).filter(has_text=title)
        expect(row.first).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["390", "1280"])
def test_what_one_moderator_removes_and_its_author_contests_another_restores(log_in, mailbox, viewport):
    width = viewport["width"]
    title = f"Livret relu à {width}"
    author, address = log_in("bruno", viewport), "bruno@collab.example"
    author.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Ressources").click()
    author.get_by_role("link", name="Déposer").first.click()
    author.get_by_label("1. Vos fichiers").set_input_files(
        {"name": "livret.txt", "mimeType": "text/plain", "buffer": f"Pour tous, {width}".encode()}
    )
    expect(author.get_by_text("Prêt", exact=True)).to_be_visible()
    author.get_by_label("Titre").fill(title)
    author.get_by_label("2. Dans quel dossier ?").select_option("Outils")
    author.get_by_role("button", name="Déposer").click()
    expect(author.get_by_role("heading", name=title)).to_be_visible()
    remark = f"Une remarque vue à {width}"
    author.get_by_label("Comment l’utilisez-vous").fill(remark)
    author.get_by_role("button", name="Commenter").click()
    expect(author.get_by_text(remark).first).to_be_visible()
    document = author.url.partition("#")[0].partition("?")[0]
    reader = log_in("chloe", viewport)
    reader.goto(document)
    first, second = log_in("moderation.coorace", viewport), log_in("moderation.fnars", viewport)
    # What lies under it first: a document that is removed takes it away.
    for what, text in (("comment", remark), ("document", title)):
        after = mailbox.count(address)
        first.goto(document)
        if what == "comment":
            remark_row = first.get_by_role("article").filter(has_text=remark)
            remark_row.get_by_label("Autres actions").click()
            remark_row.get_by_role("link", name="Modérer").click()
        else:
            other(first, "link", "Modérer").click()
        decided(first, "Supprimer", "Hors sujet ici")
        reader.goto(document)
        expect(reader.get_by_text(text).first).to_have_count(0) if what == "comment" else expect(
            reader.get_by_role("heading", name=title)
        ).to_have_count(0)
        contested(author, mailbox, address, "Un modérateur a supprimé", f"Il sert à tous, {what} {width}", after)
        # Whoever has decided does not see it again.
        first.get_by_role("link", name="Ce qui vous attend").first.click()
        expect(first.get_by_text(f"Il sert à tous, {what} {width}")).to_have_count(0)
        another_restores(second, title, f"Il sert à tous, {what} {width}")
        reader.goto(document)
        expect(reader.get_by_text(text).first).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["390", "1280"])
def test_an_answer_that_is_removed_is_contested_and_restored(log_in, mailbox, viewport):
    title = f"Une réponse contestée à {viewport['width']} : que dit le règlement ?"
    page = log_in("fatou", viewport)
    ask(page, title, networks=())
    author, address = log_in("karim", viewport), "karim@collab.example"
    open_discussion(author, title)
    write(author, "Le règlement dit que oui.", "Votre réponse")
    author.get_by_role("button", name="Répondre").click()
    expect(author.get_by_role("heading", name="1 réponse")).to_be_visible()
    after, answered = mailbox.count(address), f"J’ai le texte sous les yeux, {viewport['width']}"
    first, second = log_in("moderation.fnars", viewport), log_in("moderation.reseau44", viewport)
    open_discussion(first, title)
    answer = first.get_by_role("article").filter(has_text="Le règlement dit que oui.").last
    other(answer, "link", "Modérer").click()
    decided(first, "Supprimer", "Hors sujet ici")
    page.reload()
    expect(page.get_by_text("Le règlement dit que oui.")).to_have_count(0)
    contested(author, mailbox, address, "Un modérateur a supprimé", answered, after)
    another_restores(second, title, answered)
    page.reload()
    expect(page.get_by_text("Le règlement dit que oui.")).to_be_visible()


def test_an_administrator_writes_a_ready_reason_and_a_moderator_chooses_it(asked, log_in):
    title = "Qui connaît le logiciel de paie ?"
    asked(title)
    admin = log_in("admin")
    open_platform(admin)
    open_menu(admin, "Modération", "Motifs prêts")
    admin.get_by_role("button", name="Nouveau").click()
    admin.locator(".o_data_row [name=name] input").fill("Une annonce commerciale")
    admin.locator(".o_data_row [name=article] input").fill("Pourquoi cette plateforme")
    admin.locator(".o_list_button_save:visible").first.click()
    expect(line_of(admin, "Une annonce commerciale")).to_be_visible()
    moderator = log_in("moderation.fnars")
    open_discussion(moderator, title)
    other(moderator, "link", "Modérer").click()
    buttons = moderator.locator("#boutons")
    reason = "Une annonce commerciale (charte\N{NO-BREAK SPACE}: Pourquoi cette plateforme)."
    buttons.get_by_label("Motif").select_option(reason)
    buttons.get_by_role("button", name="Fermer", exact=True).click()
    expect(moderator.get_by_text("Les personnes concernées sont prévenues.")).to_be_visible()
    expect(moderator.locator("[aria-labelledby=log-title]").get_by_text(reason)).to_be_visible()
