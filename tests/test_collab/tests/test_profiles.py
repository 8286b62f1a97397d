import io
import itertools
import pathlib

from openpyxl import load_workbook

from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.modules import get_module_path
from odoo.tests import TransactionCase, tagged

from odoo.addons.collab_recherche.models.collab_search import Asked
from odoo.addons.collab_reseaux.moments import today

from .world import World

TABLE = pathlib.Path(get_module_path("collab_portail")).parent / "docs/profils.md"


@tagged("post_install", "-at_install")
class TestProfiles(World, TransactionCase):
    """What each profile may do is written once, for people; here is the proof of each line."""

    numbers = itertools.count()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # greta acts in the north; gus and ada anywhere.
        cls.greta.partner_id.territory_ids = cls.port
        cls.gina = cls._user("gina", networks=cls.green)
        cls.people = {"Membre": cls.greta, "Modérateur": cls.gus, "Administrateur": cls.ada}
        cls.for_all = cls._deposit(cls.wanda)
        cls.for_blue = cls._deposit(cls.wanda, audience_network_ids=cls.blue.ids)
        cls.said = (
            cls.env["collab.document.comment"].with_user(cls.wanda).create({"document_id": cls.for_all.id, "body": "x"})
        )
        cls.withdrawn = cls._deposit(cls.wanda)
        cls.withdrawn._withdraw()
        cls.reserved = cls._folder("reserved", deposit_by="moderators")
        cls.for_greens = cls._folder("for greens", audience_network_ids=cls.green.ids)
        cls.question = cls._ask(cls.wanda)
        cls.question_for_blue = cls._ask(cls.wanda, audience_network_ids=cls.blue.ids)
        cls.question.with_user(cls.bea)._report("x")
        cls.for_green_elsewhere = cls._deposit(
            cls.ada, audience_network_ids=cls.green.ids, audience_territory_ids=cls.hills.ids
        )

    @classmethod
    def _deposit(cls, person, **vals):
        env = cls.env(user=person.id, su=False)
        content = f"{person.login} {vals}".encode()
        upload = env["collab.upload"]._start("x.txt", len(content))
        upload._append(0, io.BytesIO(content))
        tools = cls.env.ref("collab_ressources.directory_tools")
        return upload._deposit({"title": "x", "directory_id": tools.id, **vals})

    @classmethod
    def _folder(cls, name, **vals):
        library = cls.env.ref("collab_ressources.directory_library")
        return cls.env["dms.directory"].create({"name": f"Folder {name}", "parent_id": library.id, **vals})

    @classmethod
    def _ask(cls, person, **vals):
        forum = next(iter(cls.env["forum.forum"]._by_theme().values()))
        return cls.env["forum.post"].with_user(person).create({"name": "x", "forum_id": forum, **vals})

    def _take_part(self, who):
        question = self.question.with_user(who)
        question._thank(True)
        question._report("x")
        question.create({"parent_id": question.id, "content": "<p>x</p>"})
        return self._ask(who)

    def _correct_own_question(self, who):
        question = self._ask(who)
        question.write({"name": "y"})
        question._withdraw()

    def _announce(self, who):
        """:return collab.news: which this person announces"""
        return self.env["collab.news"].with_user(who).create({"name": "x"})

    def _correct_own_news(self, who):
        news = self._announce(who)
        news.write({"name": "y"})
        news._withdraw()

    def _plan(self, who, **vals):
        """:return calendar.event: which this person adds to the agenda, or proposes"""
        return self._planned(self.env(user=who.id, su=False), **vals)

    def _correct_own_date(self, who):
        date = self._plan(who)
        date.write({"name": "y"})
        date._withdraw()

    def _come_and_not(self, who):
        date = self._plan(self.bea).with_user(who)
        date._answer("yes")
        date._answer("no")

    def _sees_who_comes(self, who):
        date = self._plan(self.bea)
        date.with_user(self.wanda)._answer("yes")
        return bool(self.env["collab.participation"].with_user(who).search([("event_id", "=", date.id)]))

    def _correct_card(self, who, person):
        """:return collab.correction: that ``who`` proposes for the organisation of another person"""
        organisation = person.partner_id.parent_id.with_user(who)
        number = self.env["collab.correction"].search([], limit=1).id
        return organisation._suggest({"own": {"activities": f"Proposition {number} de {who.login}"}})

    def _correct_own_document(self, document):
        document.title = "y"
        document._withdraw()

    def _restores_what_another_withdrew(self, who):
        document = self._deposit(self.wanda)
        document._withdraw()
        return self._can(document.with_user(who)._restore)

    def _removes_a_comment(self, who):
        said = self.env["collab.document.comment"].with_user(self.wanda)
        return self._can(said.create({"document_id": self.for_all.id, "body": "x"}).with_user(who)._remove, "x")

    def _rewrites(self, who, reviewed=0, deed=None):
        """:return bool: others read at once what this person changes in a question of his"""
        question = self._ask(who)
        if deed:
            deed(question.with_user(self.bea))
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("collab_contribution.reviewed", str(reviewed))
        try:
            with self.env.cr.savepoint():
                question.write({"name": "Réécrit"})
        except UserError:
            return False
        finally:
            parameters.set_param("collab_contribution.reviewed", "0")
        return question.name == "Réécrit"

    def _hears_others_in_what_he_has_left(self, who):
        question = self._ask(who)
        said = question.with_user(self.wanda).create({"parent_id": question.id, "content": "<p>x</p>"})
        self.assertTrue(self._may(who, "read", said))
        question.with_env(self.env).audience_network_ids = self.blue
        self.assertTrue(self._may(who, "read", question))
        return self._may(who, "read", said)

    def _follow_own_flag(self, who):
        question = self._ask(self.wanda)
        question.with_user(who)._report("x")
        question.with_user(self.bea)._answer_flags("x")
        flag = self.env["collab.flag"].with_user(who).search([("res_id", "=", question.id)])
        self.assertEqual(flag.with_user(who).outcome, "keep")

    def _can(self, act, *args, **kwargs):
        try:
            with self.env.cr.savepoint():
                act(*args, **kwargs)
        except (AccessError, MissingError, ValidationError):
            return False
        return True

    def _dialog(self, record, who):
        """:return collab.retire: that a button of this record opens"""
        return self.env["collab.retire"].with_user(who).browse(record.with_user(who).action_retire()["res_id"])

    def _deletes_what_is_in_use(self, who):
        """:return bool: this person has deleted one of the things that people and contents depend on"""
        for record in (self.green, self.greta.parent_id, self.env.ref("collab_ressources.directory_tools")):
            try:
                with self.env.cr.savepoint():
                    self._dialog(record, who).action_delete()
            except UserError:
                continue
            return True
        return False

    def _addresses_what_is_archived(self, who):
        archived = self.env["collab.network"].create({"name": "Archived", "code": f"archived-{who.login}"})
        who.partner_id.network_ids |= archived
        archived.active = False
        return self._can(self._deposit, who, audience_network_ids=archived.ids)

    def _left(self, login):
        left = self._user(login, networks=self.blue)
        left._leave()
        return left

    def _reads_why(self, who):
        shared = self._user(f"shared, for {who.login}", networks=self.blue | self.green)
        shared.with_user(self.bea)._suspend("Motif des bleus")
        if not who._has_role("moderator"):
            return False
        return "Motif des bleus" in [row["reason"] for row in self.env["res.users"].with_user(who)._suspended_rows()]

    def _close_and_open(self, who):
        person = self._user(f"closed by {who.login}", networks=self.green).with_user(who)
        return self._can(person._close) and self._can(person._reopen)

    def _confirms_another_address(self, who):
        login, address = who.login, f"new-{who.login}@example.org"
        who.with_user(who)._ask_for_address(address)
        done = who.with_user(who)._address_asked()._confirm() and who.login == address
        # The next lines name him by it.
        who.login = login
        return done

    def _clears(self, who, person):
        account, clearing = person.with_context(told=True).sudo(), self.env["collab.factor.clearing"].with_user(who)
        account.totp_secret = "JBSWY3DPEHPK3PXP"
        cleared = self._can(lambda: clearing.create({"user_id": person.id, "reason": "x"}).action_clear())
        account.totp_secret = False
        return cleared

    def _may(self, person, operation, target):
        return target.with_user(person).has_access(operation)

    def _proofs(self):
        env = self.env
        library = env.ref("collab_ressources.directory_library")
        return {
            "Lire ce qui s'adresse à tous": lambda who: self._may(who, "read", self.for_all),
            "Lire ce qui s'adresse à son réseau, sur un autre territoire que le sien": lambda who: self._may(
                who, "read", self.for_green_elsewhere
            ),
            "Lire ce qui s'adresse à un autre réseau": lambda who: self._may(who, "read", self.for_blue),
            "Déposer un document": lambda who: self._can(self._deposit, who),
            "S'adresser à un autre réseau que les siens": lambda who: self._can(
                self._deposit, who, audience_network_ids=self.blue.ids
            ),
            "Corriger ou supprimer son propre document": lambda who: self._can(
                self._correct_own_document, self._deposit(who).with_user(who)
            ),
            "Corriger ou supprimer le document d'un autre": lambda who: self._can(
                self.for_all.with_user(who).write, {"title": "y"}
            ),
            "Commenter ce que l'on lit": lambda who: self._can(
                env["collab.document.comment"].with_user(who).create, {"document_id": self.for_all.id, "body": "x"}
            ),
            "Corriger le commentaire d'un autre": lambda who: self._may(who, "write", self.said),
            "Supprimer le commentaire d'un autre": self._removes_a_comment,
            "Déposer dans un dossier réservé aux fédérations": lambda who: self._can(
                self._deposit, who, directory_id=self.reserved.id
            ),
            "Restaurer un document supprimé par un autre": self._restores_what_another_withdrew,
            "Supprimer un document avant la fin de la corbeille": lambda who: self._may(who, "unlink", self.withdrawn),
            "Voir les e-mails envoyés aux membres": lambda who: self._can(
                env["collab.notification"].with_user(who).check_access, "read"
            ),
            "Poser une question, répondre, remercier, signaler": lambda who: self._can(self._take_part, who),
            "Corriger ou supprimer sa propre question": lambda who: self._can(self._correct_own_question, who),
            "Modérer une discussion adressée à tous, ou à son réseau": lambda who: self._can(
                self._ask(self.wanda).with_user(who)._hide, "x"
            ),
            "Corriger un texte publié, quand ses premiers textes sont encore relus": lambda who: self._rewrites(who, 9),
            "Défaire seul ce qu'un modérateur a corrigé dans son texte": lambda who: self._rewrites(
                who, deed=lambda question: question._correct({"name": "Corrigé"}, "x")
            ),
            "Réécrire ce que l'on a dit dans une discussion fermée": lambda who: self._rewrites(
                who, deed=lambda question: question._close("x")
            ),
            "Lire ce que les autres disent sous sa question, une fois parti du réseau": (
                self._hears_others_in_what_he_has_left
            ),
            "Publier une actualité, la corriger, la supprimer": lambda who: self._can(self._correct_own_news, who),
            "Corriger l'actualité d'un autre, avec un motif": lambda who: self._can(
                self._announce(self.wanda).with_user(who)._correct, {"name": "y"}, "x"
            ),
            "Épingler une actualité en haut du fil": lambda who: self._can(
                self._announce(self.wanda).with_user(who)._pin, today()
            ),
            "Proposer un rendez-vous, le corriger, le supprimer": lambda who: self._can(self._correct_own_date, who),
            "Publier un rendez-vous sans qu'un modérateur le lise": lambda who: self._plan(who).state == "active",
            "Organiser au nom d'un réseau qui n'est pas le sien": lambda who: self._can(
                self._plan, who, organiser_id=self.blue.id
            ),
            "Annuler le rendez-vous d'un autre, avec un motif": lambda who: self._can(
                self._plan(self.bea).with_user(who)._cancel, "x"
            ),
            "S'inscrire à un rendez-vous, se désinscrire": lambda who: self._can(self._come_and_not, who),
            "Voir les inscrits d'un rendez-vous qui ne les montre pas": self._sees_who_comes,
            "S'abonner à l'agenda": lambda who: bool(env["collab.agenda.address"].with_user(who)._of(who)),
            "Changer la liste des types de rendez-vous": lambda who: self._can(
                env["collab.event.type"].with_user(who).create, {"name": who.login}
            ),
            "Modérer une discussion d'un autre réseau": lambda who: self._can(
                self.question_for_blue.with_user(who)._close, "x"
            ),
            "Lire les signalements et le journal des modérateurs": lambda who: self._may(
                who, "read", self.question.sudo()._flags()[:1]
            ),
            "Savoir ce qu'est devenu son propre signalement": lambda who: self._can(self._follow_own_flag, who),
            "Suspendre un membre de son réseau": lambda who: self._can(
                self._user(f"loud for {who.login}", networks=self.green).with_user(who)._suspend, "x"
            ),
            "Créer et ranger les dossiers": lambda who: self._can(
                env["dms.directory"].with_user(who).create, {"name": who.login, "parent_id": library.id}
            ),
            "Élargir ou restreindre ce que d'autres réseaux lisent aussi": lambda who: self._can(
                self._deposit(self.wanda).with_user(who).write, {"audience_network_ids": self.green.ids}
            ),
            "Déplacer un dossier vers un autre qui n'a pas les mêmes destinataires": lambda who: self._can(
                self._folder(who.login).with_user(who).write, {"parent_id": self.for_greens.id}
            ),
            "Changer la liste des types de documents": lambda who: self._can(
                env["dms.category"].with_user(who).create, {"name": who.login}
            ),
            "Changer la liste des types d'actualités": lambda who: self._can(
                env["collab.news.type"].with_user(who).create, {"name": who.login}
            ),
            "Rechercher dans ce que l'on peut lire": self._finds_what_he_reads,
            "Changer la liste des synonymes de la recherche": lambda who: self._can(
                env["collab.search.synonym"].with_user(who).create, {"name": f"{who.login}, x"}
            ),
            "Lire ce que plusieurs personnes ont cherché en vain": lambda who: self._can(
                env["collab.search.missed"].with_user(who).search, []
            ),
            "Lire ce qu'une autre personne a cherché": lambda who: self._can(
                env["collab.search.recent"].with_user(who).search, []
            ),
            "Archiver, restaurer ou supprimer un réseau, un territoire, un thème, un type": lambda who: all(
                self._can(record.with_user(who).action_retire) and self._can(record.with_user(who).action_restore)
                for record in (
                    self.green,
                    self.port,
                    env["collab.theme"].search([], limit=1),
                    env.ref("collab_ressources.category_tool"),
                    env.ref("collab_actualites.type_works"),
                )
            ),
            "Archiver une structure, ou la fusionner avec une autre": lambda who: self._can(
                self._organisation("House to close", self.green).with_user(who).action_retire
            ),
            "Fusionner un dossier, ou supprimer un dossier vide": lambda who: self._can(
                lambda: self._dialog(self._folder(f"empty for {who.login}"), who).action_delete()
            ),
            "Supprimer ce qui sert encore": self._deletes_what_is_in_use,
            "Adresser un contenu à un réseau archivé": self._addresses_what_is_archived,
            "Gérer la plateforme (l'écran des fédérations)": lambda who: who._is_internal(),
            "Créer une structure adhérente": lambda who: self._may(who, "create", env["res.partner"]),
            "Créer un compte": lambda who: self._may(who, "create", env["res.users"]),
            "Importer des structures et des membres": lambda who: self._can(
                env["collab.import"].with_user(who).create, {"filename": "x.csv"}
            ),
            "Inviter, ou inviter de nouveau": lambda who: self._can(self.nadia.with_user(who).action_invite),
            "Savoir pourquoi un autre réseau a suspendu un membre": self._reads_why,
            "Fermer un compte, et le rouvrir": self._close_and_open,
            "Effacer qui était une personne partie": lambda who: self._can(
                self._left(f"left for {who.login}").with_user(who)._erase
            ),
            "Changer l'adresse du compte d'un autre": lambda who: self._can(
                self.gina.with_user(who).write, {"login": f"gina-{who.login}@example.org"}
            ),
            "Changer sa propre adresse, en la confirmant": self._confirms_another_address,
            "Retirer la double vérification d'un membre de son réseau": lambda who: self._clears(who, self.gina),
            "Retirer la double vérification d'un membre d'un autre réseau": lambda who: self._clears(who, self.wanda),
            "Retirer la double vérification d'un salarié de fédération": lambda who: self._clears(
                who, self._user(f"peer of {who.login}", "moderator", networks=self.green)
            ),
            "Retirer sa propre double vérification sans son mot de passe": lambda who: self._clears(who, who),
            "Changer sa propre fiche": lambda who: self._can(
                who.partner_id.with_user(who)._update_own, {"phone": "115"}
            ),
            "Voir le compte d'un membre de son réseau": lambda who: bool(
                env["res.users"].with_user(who).search([("id", "=", self.gina.id)])
            ),
            "Voir le compte d'un membre d'un autre réseau": lambda who: bool(
                env["res.users"].with_user(who).search([("id", "=", self.wanda.id)])
            ),
            "Emporter la liste des membres de son réseau": lambda who: self._takes_away(who, self.gina),
            "Emporter la liste des membres d'un autre réseau": lambda who: self._takes_away(who, self.wanda),
            "Changer plusieurs personnes de structure": lambda who: self._can(
                lambda: (
                    env["collab.people.move"]
                    .with_user(who)
                    .create({"user_ids": self.gina.ids, "organisation_id": self.houses[self.green].id})
                    .action_move()
                )
            ),
            "Donner un rôle": lambda who: self._can(self.gina.with_user(who).write, {"platform_role": "member"}),
            "Changer les réglages de la plateforme": lambda who: self._can(
                env["res.config.settings"].with_user(who).create, {"collab_moderators_read_all": False}
            ),
            "Proposer de corriger la fiche d'une structure": lambda who: self._can(self._correct_card, who, self.wanda),
            "Accepter une correction d'une structure de son réseau": lambda who: self._can(
                self._correct_card(self.bea, self.greta).with_user(who).action_accept
            ),
            "Accepter une correction d'une structure d'un autre réseau": lambda who: self._can(
                self._correct_card(self.bea, self.wanda).with_user(who).action_accept
            ),
            "Changer la liste des types de structures": lambda who: self._can(
                env["collab.organisation.kind"].with_user(who).create, {"name": who.login}
            ),
            "Changer la fiche d'une structure d'un autre réseau": lambda who: self._may(
                who, "write", self.wanda.parent_id
            ),
            "Changer la fiche d'une structure": lambda who: self._may(who, "write", self.greta.parent_id),
            "Écrire et publier la charte": lambda who: self._can(
                lambda: env["collab.charter"].with_user(who).create({"body": "<p>x</p>"}).action_publish()
            ),
            "Voir qui a accepté la charte": lambda who: self._may(who, "read", env["collab.charter.acceptance"]),
            "Relancer ceux qui ne l'ont pas acceptée": lambda who: self._can(
                env["collab.charter"].with_user(who).action_remind
            ),
            "Compléter les pages légales": lambda who: self._may(
                who, "write", env.ref("collab_charte.legal_page_notice")
            ),
            "Régler les réseaux et les territoires": lambda who: (
                self._may(who, "write", self.green) and self._may(who, "write", self.port)
            ),
            "Se connecter sans code, quand les codes sont demandés": lambda who: not who._mfa_type(),
        }

    def _finds_what_he_reads(self, who):
        question = self._ask(self.wanda, name="Kaléidoscope")
        self.env.cr.flush()
        found = self.env["collab.search"].with_user(who)._find(Asked("kaléidoscope"))
        return (question._name, question.id) in found.hits

    def _takes_away(self, who, person):
        """:return bool: this person is in the workbook that the list gives to who asks for it"""
        users = self.env["res.users"].with_user(who)
        asked = users._may_call("action_export") and users.browse(person.ids).action_export()
        if not asked:
            return False
        listed = self.env["collab.people.export"].browse(int(asked["url"].rpartition("/")[2])).user_ids
        lines = load_workbook(io.BytesIO(listed.with_user(who)._exported())).active.iter_rows(values_only=True)
        return person.login in {line[2] for line in lines}

    def test_each_profile_may_do_what_is_written(self):
        _head, _line, *rows = (
            [cell.strip() for cell in line.strip("|").split("|")]
            for line in TABLE.read_text().splitlines()
            if line.startswith("|")
        )
        proofs = self._proofs()
        self.assertEqual([row[0] for row in rows], list(proofs), "each line has its proof")
        self.env["ir.config_parameter"].set_param("auth_totp.policy", "employee_required")
        for action, *answers in rows:
            for (profile, person), answer in zip(self.people.items(), answers, strict=True):
                with self.subTest(action, profile=profile):
                    self.assertEqual("oui" if proofs[action](person) else "non", answer)
