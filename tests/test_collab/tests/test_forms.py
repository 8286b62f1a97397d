import io
import itertools
import re

from lxml import html

from odoo.tests import HttpCase, tagged

from .world import World

TOLD = "Quelqu’un vient de modifier ce texte"
# What names a kind of text in an address.
KINDS = ("discussion", "commentaire", "document", "commentaire-document")
# The forms that change something saved without a stamp, by the end of their address, and why.
UNSTAMPED = {
    "deplacer": "whoever comes second is told who has just moved it",
    "depot": "it changes nothing: the folder of one's last deposit is proposed",
}
# Those that all pages must have: the walk would otherwise prove nothing.
CORRECTIONS = {
    "wanda": {
        "/forum/#/corriger",
        "/forum/commentaires/#/corriger",
        "/ressources/#/corriger",
        "/ressources/#/commentaires/#/corriger",
        "/mon-compte/fiche",
        "/mon-compte/notifications",
    },
    "bea": {
        "/forum/moderation/discussion/#/corriger",
        "/forum/moderation/commentaire/#/corriger",
        "/moderation/document/#/corriger",
        "/moderation/commentaire-document/#/corriger",
    },
}
CREATIONS = {
    "/forum/demander",
    "/forum/#/repondre",
    "/forum/#/commenter",
    "/ressources/#/commenter",
    "/ressources/#/perime",
    "/signaler/discussion/#",
    "/signaler/commentaire/#",
    "/signaler/document/#",
    "/signaler/commentaire-document/#",
}


def pattern(address):
    return re.sub(r"\d+", "#", address)


def is_typed(field):
    """:return bool: somebody types words in it"""
    return field.tag == "textarea" or (field.tag == "input" and field.get("type", "text") == "text")


def holds_what_is_saved(field):
    """:return bool: it came filled, or with a choice made, which may be changed"""
    if field.get("readonly") is not None:
        return False
    if field.tag == "select":
        return any(option.get("selected") is not None and option.get("value") for option in field.iter("option"))
    if field.get("type") in ("checkbox", "radio"):
        return field.get("checked") is not None
    return field.get("type") not in ("hidden", "submit", "file") and bool((field.value or "").strip())


@tagged("post_install", "-at_install")
class TestForms(World, HttpCase):
    """Every form of every page, found by walking the routes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # They have read what the directory says at a first visit, which is said once.
        (cls.wanda | cls.bea).write({"lang": "fr_FR", "directory_told": True})
        # Of wanda, what she corrects; of her colleague bob, what she answers, flags and comments.
        cls.bob = cls._user("bob", organisation=cls.houses[cls.blue])
        cls.bob._accept_charter(cls.env["collab.charter"].browse(cls.env["collab.charter"]._current_id()), "127.0.0.1")
        forum = next(iter(cls.env["forum.forum"]._by_theme().values()))
        cls.ids = []
        for person in (cls.wanda, cls.bob):
            env = cls.env(user=person, su=False, context={"lang": "fr_FR"})
            question = env["forum.post"].create({"name": "Qui sait ?", "content": "<p>Dites.</p>", "forum_id": forum})
            answer = env["forum.post"].create({"parent_id": question.id, "content": "<p>Moi.</p>"})
            remark = env["collab.forum.comment"].create({"post_id": question.id, "body": "Merci"})
            content = f"Une grille de {person.name}".encode()
            upload = env["collab.upload"]._start("grille.txt", len(content))
            upload._append(0, io.BytesIO(content))
            folder = cls.env.ref("collab_ressources.directory_tools")
            document = upload._deposit({"title": "Grille", "directory_id": folder.id})
            said = env["collab.document.comment"].create({"document_id": document.id, "body": "Merci"})
            cls.ids += [one.id for one in (question, answer, remark, document, said)]
        cls.ids = sorted(set(cls.ids))
        cls.env.flush_all()

    def _addresses(self):
        """:return: the addresses of the pages for members, for each thing that somebody has written"""
        for rule in self.env["ir.http"].routing_map().iter_rules():
            if rule.endpoint.routing.get("members") and "GET" in (rule.methods or {"GET"}):
                parts = re.split(r"<(\w+)[^>]*>", rule.rule)
                choices = [(self.ids if kind == "int" else KINDS) for kind in parts[1::2]]
                for chosen in itertools.product(*choices):
                    yield "".join(itertools.chain(*itertools.zip_longest(parts[::2], map(str, chosen), fillvalue="")))

    def _pages(self):
        """:return dict[str, str]: the address of the page of each form that the person who is logged in may send, by
        where it is sent"""
        found = {}
        for address in self._addresses():
            answer = self.url_open(address, allow_redirects=False)
            # A part of a page may be empty.
            if (
                answer.status_code == 200
                and answer.headers["Content-Type"].startswith("text/html")
                and answer.text.strip()
            ):
                for form in html.fromstring(answer.text).forms:
                    if form.method.lower() == "post":
                        found.setdefault(self._target(form, address), address)
        return found

    def _target(self, form, address):
        return (form.get("action") or address).partition("#")[0]

    def _form(self, address, target, page=None):
        """:return: the form of a page that is sent to this target; None when there is none"""
        page = page or self.url_open(address).text
        forms = html.fromstring(page).forms
        return next((form for form in forms if form.method == "POST" and self._target(form, address) == target), None)

    def _fields(self, form):
        return [field for field in form.inputs if field.tag != "input" or field.get("type") != "hidden"]

    def _first_text(self, form):
        return next(field.value for field in self._fields(form) if is_typed(field))

    def _filled(self, form, word):
        """:return list[tuple[str, str]]: what a form sends once this word is typed in each of its texts; of one where
        nothing is typed, what it sends once another choice is made"""
        fields = [field for field in self._fields(form) if field.name]
        texts = [field for field in fields if is_typed(field)]
        for field in texts:
            field.value = word
        if not texts:
            radio = next(field for field in fields if field.get("type") == "radio" and field.get("checked") is None)
            form.fields[radio.name] = radio.get("value")
        return form.form_values()

    def _come(self, person):
        self.authenticate(person.login, f"{person.login}-password-2026")

    def test_what_somebody_corrects_in_two_tabs_is_not_lost_and_the_second_is_told(self):
        for person in (self.wanda, self.bea):
            self._come(person)
            corrected = set()
            for target, address in self._pages().items():
                form = self._form(address, target)
                if form is None or not any(map(holds_what_is_saved, self._fields(form))):
                    continue
                # What makes something may come with a choice that most people make.
                if target.rpartition("/")[2] in UNSTAMPED or {"jeton", "empreinte"} & {*form.fields} == {"jeton"}:
                    continue
                corrected.add(pattern(target))
                with self.subTest(person.login, form=target):
                    self._check_two_tabs(address, target)
            self.assertLessEqual(CORRECTIONS[person.login], corrected)

    def _check_two_tabs(self, address, target):
        first, second = self._form(address, target), self._form(address, target)
        self.assertIn("empreinte", first.fields, "it corrects something, and has no stamp")
        self.assertNotIn(TOLD, self.url_open(target, data=self._filled(first, "Premier")).text)
        typed = any(map(is_typed, self._fields(second)))
        page = self.url_open(target, data=self._filled(second, "Second")).text
        self.assertIn(TOLD, page)
        # What is saved is the first one's; both are on the page, and the form holds the second one.
        for word in ("Premier", "Second") if typed else ():
            self.assertIn(word, page)
        again = self._form(address, target, page)
        if typed:
            saved = self._form(address, target)
            self.assertIn("Premier", self._first_text(saved))
            self.assertIn("Second", self._first_text(again))
        # Once compared, it is saved.
        self.assertNotIn(TOLD, self.url_open(target, data=again.form_values()).text)
        if typed:
            saved = self._form(address, target)
            self.assertIn("Second", self._first_text(saved))

    def test_each_form_that_makes_something_carries_a_receipt(self):
        """And is made once, however often it is sent: see tests/production/test_forms.py."""
        self._come(self.wanda)
        made = set()
        for target, address in self._pages().items():
            form = self._form(address, target)
            fields = self._fields(form)
            # With a password, it is the account that changes.
            is_account = any(field.get("type") == "password" for field in fields)
            if any(map(is_typed, fields)) and not is_account and not any(map(holds_what_is_saved, fields)):
                self.assertIn("jeton", form.fields, target)
                made.add(pattern(target))
        self.assertLessEqual(CREATIONS, made)
