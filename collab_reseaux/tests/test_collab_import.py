import base64
import io

from openpyxl import Workbook, load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CollabCase

HEAD = "Structure;SIRET;Adresse;Code postal;Ville;Réseaux;Prénom;Nom;Adresse électronique;Fonction;Téléphone"
SIRET, OTHER_SIRET = "43782982300032", "38996942900031"


@tagged("post_install", "-at_install")
class TestCollabImport(CollabCase):
    """A federation employee brings people in from the table that he has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls._user("ada", "administrator")
        cls.nantes = cls.env["collab.commune"].search([("code", "=", "44109")])

    def _import(self, content, filename="people.csv", check=True):
        content = content.encode() if isinstance(content, str) else content
        values = {"file": base64.b64encode(content), "filename": filename}
        record = self.env["collab.import"].with_user(self.ada).create(values)
        if check:
            record.action_check()
        return record

    def _rows(self, *rows):
        return self._import("\n".join([HEAD, *rows]))

    def _states(self, record):
        return {line.number: line.state for line in record.line_ids}

    def _account(self, address):
        return self.env["res.users"].search([("login", "=", address)])

    def test_a_check_writes_nothing_and_the_import_does_what_it_said(self):
        record = self._rows(
            f"Les Amis;{SIRET};1 quai;44000;Nantes;Blue;Zoé;L'Hôte;Zoe@Example.org;Éducatrice;02 40 00 00 00",
            "Les Amis;;;;;;Paul;Petit;paul@example.org;;",
            "Autre Maison;;;49000;Angers;Blue, GREEN;;;;;",
            ";;;44600;Saint-Nazaire;Green;Léa;Seule;lea@example.org;;",
        )
        self.assertEqual(self._states(record), dict.fromkeys(range(2, 6), "creation"))
        self.assertFalse(self._account("zoe@example.org"))
        record.action_import()
        zoe, paul, lea = (self._account(f"{name}@example.org") for name in ("zoe", "paul", "lea"))
        self.assertEqual(record.user_ids, zoe | paul | lea)
        house = zoe.parent_id
        self.assertEqual((house.name, house.company_registry, house.commune_id), ("Les Amis", SIRET, self.nantes))
        self.assertEqual(house.network_ids, self.blue)
        self.assertEqual((zoe.firstname, zoe.lastname, zoe.function), ("Zoé", "L'Hôte", "Éducatrice"))
        self.assertEqual(paul.parent_id, house)
        self.assertEqual(paul.partner_id.scope_territory_ids, self.nantes.territory_id)
        self.assertEqual((lea.parent_id.id, lea.partner_id.scope_network_ids), (False, self.green))
        self.assertEqual(lea.partner_id.scope_territory_ids.code, "5219")
        self.assertTrue(zoe.share and zoe.has_group("collab_reseaux.group_member"))
        other = self.env["res.partner"].search([("name", "=", "Autre Maison")])
        self.assertEqual(other.network_ids, self.blue | self.green)
        # Nobody is invited by an import.
        self.assertFalse(self.env["mail.mail"].search([("email_to", "like", "example.org")]))

    def test_the_same_file_twice_changes_nothing(self):
        rows = (
            f"Les Amis;{SIRET};1 quai;44000;Nantes;Blue;Zoé;L'Hôte;zoe@example.org;Éducatrice;02 40 00 00 00",
            ";;;44600;Saint-Nazaire;Green;Léa;Seule;lea@example.org;;612345678",
            "Autre Maison;;;49000;Angers;Blue;;;;;",
        )
        self._rows(*rows).action_import()
        before = self.env["res.partner"].search_count([])
        again = self._rows(*rows)
        self.assertEqual(self._states(again), dict.fromkeys(range(2, 5), "same"))
        again.action_import()
        self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_an_organisation_is_known_by_its_siret_then_by_its_name_and_commune(self):
        def house(name, city, postal_code, siret=False):
            address = {"city": city, "zip": postal_code, "company_registry": siret}
            record = self._organisation(name, networks=self.blue)
            record.write(address)
            return record

        first = house("Les Amis", "Nantes", "44000", SIRET)
        second = house("Toît & Moi", "Angers", "49000")
        house("Homonyme", "Nantes", "44000")
        house("Homonyme", "Angers", "49000")
        archived = house("Fermée", "Nantes", "44000")
        archived.active = False
        record = self._rows(
            f"Un autre nom;{SIRET};;;;;A;A;a@example.org;;",
            "TOIT ET MOI;;;49000;Angers;Blue;B;B;b@example.org;;",
            f"Toit  & moi;{OTHER_SIRET};;49100;ANGERS CEDEX;;C;C;c@example.org;;",
            "Homonyme;;;;;;D;D;d@example.org;;",
            "Homonyme;;;44000;Nantes;;E;E;e@example.org;;",
            "Les amis;73282932000074;;44000;Nantes;;F;F;f@example.org;;",
            "Fermée;;;;;;G;G;g@example.org;;",
            ";36252187900034;;;;Blue;H;H;h@example.org;;",
        )
        states = self._states(record)
        messages = {line.number: line.message for line in record.line_ids}
        self.assertIn("Les Amis", messages[2])
        self.assertNotIn("TOIT ET MOI", messages[3])
        self.assertIn(OTHER_SIRET, messages[4])
        self.assertEqual([states[number] for number in (5, 7, 8, 9)], ["conflict", "conflict", "conflict", "error"])
        record.action_import()
        self.assertEqual(self._account("a@example.org").parent_id, first)
        self.assertEqual(first.name, "Les Amis")
        self.assertEqual(self._account("b@example.org").parent_id, second)
        self.assertEqual(self._account("c@example.org").parent_id, second)
        self.assertEqual(second.company_registry, OTHER_SIRET)
        self.assertEqual(self._account("e@example.org").parent_id.city, "Nantes")

    def test_what_is_known_is_brought_up_to_date_and_what_is_empty_stays(self):
        house, other = (
            self._organisation("Les Amis", networks=self.blue),
            self._organisation("Ailleurs", networks=self.blue),
        )
        other.phone = "02 41 00 00 00"
        user = self._user("zoe@example.org", organisation=house)
        user.partner_id.write({"firstname": "Zoé", "lastname": "L'Hôte", "function": "Éducatrice", "phone": "02 40"})
        record = self._rows("Ailleurs;;;;;Green;zoe;L'HOTE;ZOE@EXAMPLE.ORG;Cheffe de service;")
        self.assertEqual(self._states(record), {2: "update"})
        self.assertIn("Cheffe de service", record.line_ids.message)
        self.assertIn("Ailleurs", record.line_ids.message)
        record.action_import()
        self.assertEqual((user.parent_id, user.function, user.phone), (other, "Cheffe de service", "02 40"))
        self.assertEqual((user.firstname, user.lastname), ("Zoé", "L'Hôte"))
        self.assertEqual(other.network_ids, self.blue | self.green)

    def test_an_address_of_somebody_else_is_a_conflict_and_federations_are_left_alone(self):
        self._user("zoe@example.org", networks=self.blue).partner_id.write({"firstname": "Zoé", "lastname": "L'Hôte"})
        left = self._user("left@example.org", networks=self.blue)
        left.active = False
        staff = self._user("staff@example.org", "moderator", networks=self.blue)
        staff.partner_id.write({"firstname": "Staff", "lastname": "Member", "function": "Before"})
        record = self._rows(
            ";;;;;Green;Autre;Personne;zoe@example.org;;",
            ";;;;;Green;left;Nom;left@example.org;;",
            ";;;;;Green;Staff;Member;staff@example.org;After;",
            ";;;;;Green;Double;Un;double@example.org;;",
            ";;;;;Green;Double;Deux;Double@Example.org;;",
        )
        self.assertEqual(self._states(record), {2: "conflict", 3: "conflict", 4: "conflict", 5: "creation", 6: "error"})
        self.assertIn("Zoé L'Hôte", record.line_ids.filtered(lambda line: line.number == 2).message)
        record.action_import()
        self.assertEqual((staff.function, staff.partner_id.network_ids), ("Before", self.blue))
        self.assertEqual(self._account("double@example.org").name, "Double Un")

    def test_a_faulty_line_says_all_that_is_wrong_and_holds_back_nobody_else(self):
        record = self._rows(
            "Les Amis;12345;;44000;Nantes;Rouge;Zoé;L'Hôte;zoe-example.org;;",
            ";;;;;Blue;Paul;;;;",
            ";;;;Nantes;;;;;;",
            '=HYPERLINK("http://x");;;;;Blue;Ivan;Petit;ivan@example.org;=1+1;',
            ";;;;;Blue;@SUM(1);Petit;sum@example.org;;+33 6 12 34 56 78",
            ";;;;;Blue;Anne;Bonne;l'anne+1@asso.example.org;;+33 6 12 34 56 78",
            f";;;;;Blue;{'x' * 300};Long;long@example.org;;",
            ";;;;;;Sans;Réseau;sans@example.org;;",
            ";;;;;Blue;Deux;Fois;deux@@example.org;;",
            ";;;;;Blue;Sans;Domaine;sans@domaine;;",
        )
        self.assertEqual(self._states(record), {**dict.fromkeys((2, 3, 4, 5, 6, 8, 9, 10, 11), "error"), 7: "creation"})
        first = record.line_ids.filtered(lambda line: line.number == 2).message
        for said in ("12345", "Rouge", "zoe-example.org"):
            self.assertIn(said, first)
        self.assertEqual(record.line_ids[0].state, "error", "what is to correct comes first")
        record.action_import()
        self.assertEqual(self._account("l'anne+1@asso.example.org").phone, "+33 6 12 34 56 78")
        faulty = load_workbook(io.BytesIO(record._faulty_file())).active
        self.assertEqual(faulty.max_row, 10)
        self.assertIn("Rouge", faulty.cell(2, faulty.max_column).value)
        self.assertNotIn("f", {cell.data_type for row in faulty.iter_rows() for cell in row})

    def test_a_name_that_says_a_role_as_the_platform_does_is_an_error(self):
        record = self._rows(
            "Les Amis;;;44000;Nantes;Blue;Paul;Petit (modération);paul@example.org;;",
            "Les Amis;;;44000;Nantes;Blue;Léa [Administratrice];Petit;lea@example.org;;",
            "Les Amis;;;44000;Nantes;Blue;Zoé;Petit (CHRS);zoe@example.org;;",
        )
        self.assertEqual(self._states(record), {2: "error", 3: "error", 4: "creation"})
        self.assertIn("Petit (modération)", record.line_ids[0].message)

    def test_an_address_is_read_as_in_the_form_and_never_guessed(self):
        record = self._rows(
            ";;;;;Blue;Anne;Marie;anne marie@asso.example.org;;",
            ";;;;;Blue;Jean;Le Roux;Jean Le Roux <jean@asso.example.org>;;",
            ";;;;;Blue;Paul;Petit;  Paul@ASSO.example.org ;;",
        )
        self.assertEqual(self._states(record), {2: "error", 3: "error", 4: "creation"})
        said = record.line_ids.filtered(lambda line: line.number == 2).message
        self.assertIn("An email address has no space: take out that of “anne marie@asso.example.org”.", said)
        record.action_import()
        self.assertTrue(self._account("paul@asso.example.org"))
        self.assertFalse(self._account("marie@asso.example.org") | self._account("jean@asso.example.org"))

    def test_a_name_is_as_long_as_the_form_takes_it(self):
        record = self._rows(
            f";;;;;Blue;{'x' * 81};Petit;one@example.org;;",
            f";;;;;Blue;Paul;{'x' * 81};two@example.org;;",
            f";;;;;Blue;{'x' * 80};{'x' * 80};three@example.org;;",
        )
        self.assertEqual(self._states(record), {2: "error", 3: "error", 4: "creation"})
        said = [record.line_ids.filtered(lambda line, row=row: line.number == row).message for row in (2, 3)]
        self.assertIn("First name: 80 characters at most.", said[0])
        self.assertIn("Last name: 80 characters at most.", said[1])

    def test_a_table_is_read_whatever_its_encoding_its_delimiter_and_its_quotes(self):
        head = ["Prénom", "Nom", "Adresse électronique", "Réseaux", "Fonction"]
        cells = ["Zoé", "L'Hôte", "zoe@example.org", "Blue", 'Cheffe de service, "SIAO" ; nuit']
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"):
            for delimiter in ";,\t":
                quoted = ['"{}"'.format(cell.replace('"', '""')) for cell in cells]
                text = f"{delimiter.join(head)}\r\n{delimiter.join(quoted)}\r\n\r\n"
                with self.subTest(encoding=encoding, delimiter=delimiter):
                    record = self._import(text.encode(encoding))
                    self.assertEqual(record.line_ids.state, "creation", record.line_ids.message)
                    self.assertEqual(record.line_ids.cells["function"], cells[4])

    def test_a_workbook_is_read_as_it_shows(self):
        book = Workbook()
        book.active.append(
            ["N° SIRET", "Structure", "CP", "Ville", "Réseau", "Prénom", "Nom", "Courriel", "Tél", "Âge"]
        )
        book.active.append(
            [int(SIRET), "Les Amis", 44000, "Nantes", "Blue", "Zoé", "L'Hôte", "zoe@example.org", 612345678, 40]
        )
        book.active.append(["", "=A2", "", "", "Blue", "Paul", "Petit", "paul@example.org", "", ""])
        target = io.BytesIO()
        book.save(target)
        record = self._import(target.getvalue(), "people.xlsx")
        self.assertEqual(self._states(record), {2: "creation", 3: "error"})
        self.assertEqual(record.ignored, "Âge")
        record.action_import()
        zoe = self._account("zoe@example.org")
        self.assertEqual((zoe.parent_id.company_registry, zoe.parent_id.zip, zoe.phone), (SIRET, "44000", "0612345678"))

    def test_the_model_is_a_file_that_can_be_imported(self):
        model = load_workbook(io.BytesIO(self.env["collab.import"].with_user(self.ada)._model_file()))
        sheet = model.worksheets[0]
        sheet.append(["Les Amis", SIRET, "", "44000", "Nantes", "", "Blue", "Zoé", "L'Hôte", "zoe@example.org", "", ""])
        target = io.BytesIO()
        model.save(target)
        self.assertEqual(self._import(target.getvalue()).line_ids.state, "creation")

    def test_what_cannot_be_read_is_said_in_words(self):
        for content, said in (
            (b"", "Choose a file"),
            (b"\n\n", "empty"),
            (b"\x89PNG\r\n\x1a\n\0\0\0", "neither a workbook"),
            (b"%PDF-1.7 1 0 obj", "neither a workbook"),
            (b"PK\x03\x04 not a workbook", "neither a workbook"),
            (f'{HEAD}\n"Les Amis;1\n'.encode(), "stops making sense"),
            (f"{HEAD}\n;;;;;Blue;A;B;a@example.org;;\n".encode() * 20_000, "more than 5000 lines"),
            (b"x" * 6_000_000, "too big"),
        ):
            with self.subTest(said), self.assertRaisesRegex(UserError, said):
                self._import(content)

    # ------------------------------------------------------------------ what looks like something known

    def _only(self, *rows):
        record = self._rows(*rows)
        self.assertEqual(len(record.line_ids), len(rows))
        return record.line_ids.sorted("number")

    def _house(self, name, city=False, postal_code=False, networks=None, siret=False):
        record = self._organisation(name, networks=networks or self.blue)
        record.write({"city": city, "zip": postal_code, "company_registry": siret})
        return record

    def test_a_city_without_its_postal_code_makes_no_second_organisation(self):
        house = self._house("Les Amis", "Nantes", "44000")
        record = self._rows("Les amis;;;;NANTES;Blue;Zoé;L'Hôte;zoe@example.org;;")
        self.assertEqual(record.line_ids.state, "creation")
        self.assertIn("Without a postal code", record.line_ids.message)
        record.action_import()
        self.assertEqual(self._account("zoe@example.org").parent_id, house)
        self.assertEqual(house.commune_id, self.nantes)

    def test_a_name_that_is_nearly_that_of_another_waits_for_a_yes(self):
        self._house("Les Jardins du Lac", "Nantes", "44000")
        for name, doubtful in (
            ("Association Les Jardins du Lac", True),
            ("Jardin du lac", True),
            ("LES JARDINS DU LÀC", False),
            ("Les Jardains du Lac", True),
            ("Les Jardins du Port", False),
        ):
            with self.subTest(name):
                line = self._only(f"{name};;;44000;Nantes;Blue;Zoé;L'Hôte;zoe@example.org;;")
                self.assertEqual(line.state == "warning", doubtful, line.message)
                if doubtful:
                    self.assertIn("Les Jardins du Lac (Nantes)", line.message)
        # Elsewhere, or with numbers of their own, two names alike are two organisations.
        self.assertEqual(self._only("Jardin du lac;;;49000;Angers;Blue;A;B;a@example.org;;").state, "creation")

    def test_two_numbered_names_are_two_organisations(self):
        self._house("Relais 72", "Le Mans", "72000")
        self.assertEqual(self._only("Relais 73;;;72000;Le Mans;Blue;A;B;a@example.org;;").state, "creation")

    def test_a_doubtful_line_is_left_aside_with_what_follows_it_until_it_is_ticked(self):
        self._house("Les Jardins du Lac", "Nantes", "44000")
        rows = (
            "Association Les Jardins du Lac;;;44000;Nantes;Blue;Zoé;L'Hôte;zoe@example.org;;",
            "Association Les Jardins du Lac;;;;;;Paul;Petit;paul@example.org;;",
            ";;;;;Blue;Anne;Bonne;anne@example.org;;",
        )
        record = self._rows(*rows)
        self.assertEqual(self._states(record), {2: "warning", 3: "warning", 4: "creation"})
        self.assertEqual((record.faulty_count, record.planned_count), (2, 1))
        self.assertIn("on line 2", record.line_ids.filtered(lambda line: line.number == 3).message)
        before = self.env["res.partner"].search_count([("is_company", "=", True)])
        record.action_import()
        self.assertEqual(self._states(record), {2: "warning", 3: "warning", 4: "creation"})
        self.assertFalse(self._account("zoe@example.org") | self._account("paul@example.org"))
        self.assertEqual(self.env["res.partner"].search_count([("is_company", "=", True)]), before)
        self.assertEqual(load_workbook(io.BytesIO(record._faulty_file())).active.max_row, 3)

        ticked = self._rows(*rows[:2])
        first = ticked.line_ids.sorted("number")[0]
        ticked.write({"line_ids": [(1, first.id, {"confirmed": True})]})
        # What is ticked stays so when the file is checked again.
        ticked.action_check()
        self.assertEqual(self._states(ticked), dict.fromkeys((2, 3), "creation"))
        self.assertNotIn("tick", ticked.line_ids.sorted("number")[0].message)
        ticked.action_import()
        self.assertEqual(self._account("paul@example.org").parent_id, self._account("zoe@example.org").parent_id)
        self.assertEqual(self.env["res.partner"].search_count([("is_company", "=", True)]), before + 1)

    def test_a_doubtful_person_changes_nothing_of_a_known_organisation(self):
        house = self._house("Les Amis", "Nantes", "44000")
        self._user("zoe@example.org", networks=self.blue).partner_id.write({"firstname": "Zoé", "lastname": "L'Hôte"})
        record = self._rows("Les Amis;;5 quai;;;Green;zoe;L'HOTE;zoe.lhote@example.org;;")
        self.assertEqual(record.line_ids.state, "warning")
        self.assertIn("zoe@example.org", record.line_ids.message)
        record.action_import()
        self.assertEqual((house.street, house.network_ids), (False, self.blue))

    def test_two_lines_of_one_name_are_one_person_until_somebody_says_otherwise(self):
        lines = self._only(
            ";;;;;Blue;Jean;Martin;jean@example.org;;",
            ";;;;;Blue;Martin;JEAN;martin.jean@example.org;;",
        )
        self.assertEqual(lines.mapped("state"), ["creation", "warning"])
        self.assertIn("line 2", lines[1].message)

    def test_a_tick_is_no_yes_to_another_row(self):
        self._user("zoe@example.org", networks=self.blue).partner_id.write({"firstname": "Zoé", "lastname": "L'Hôte"})
        record = self._rows(";;;;;Blue;Zoé;L'Hôte;zoe2@example.org;;")
        record.write({"line_ids": [(1, record.line_ids.id, {"confirmed": True})]})
        other = "\n".join([HEAD, ";;;;;Blue;Zoé;L'Hôte;zoe3@example.org;;"]).encode()
        record.file = base64.b64encode(other)
        record.action_check()
        self.assertEqual(record.line_ids.state, "warning")
        record.action_import()
        self.assertFalse(self._account("zoe3@example.org"))

    def test_nothing_is_imported_that_has_not_been_checked_as_it_is(self):
        row = ";;;;;Blue;Zoé;L'Hôte;zoe@example.org;;"
        other = base64.b64encode(f"{HEAD}\n;;;;;Blue;Paul;Petit;paul@example.org;;".encode())
        for change in (
            lambda record: {"file": other},
            lambda record: {"network_ids": [(4, self.green.id)]},
            lambda record: {
                "column_ids": [
                    (1, column.id, {"target": {"firstname": "lastname", "lastname": "firstname"}[column.target]})
                    for column in record.column_ids
                    if column.target in ("firstname", "lastname")
                ]
            },
            lambda record: {"column_ids": [(1, record.column_ids[0].id, {"target": "street"})]},
        ):
            record = self._rows(row)
            record.write(change(record))
            self.assertEqual((record.state, record.summary), ("draft", False))
            with self.assertRaisesRegex(UserError, "Check the file first"):
                record.action_import()
            self.assertFalse(self._account("zoe@example.org") | self._account("paul@example.org"))
        record = self._rows(row)
        record.column_ids[0].target = "street"
        self.assertEqual(record.state, "draft", "by its column likewise")
        record.action_check()
        self.assertIn("Two columns", record.problem)
        record.column_ids[0].target = False
        record.action_check()
        record.action_import()
        self.assertTrue(self._account("zoe@example.org"))

    def test_what_has_been_imported_is_read_from_nothing_else(self):
        record = self._rows(";;;;;Blue;Zoé;L'Hôte;zoe@example.org;;")
        record.action_import()
        for vals in (
            {"file": base64.b64encode(b"x")},
            {"network_ids": [(4, self.green.id)]},
            {"column_ids": [(1, record.column_ids[0].id, {"target": "street"})]},
        ):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "has been imported"):
                record.write(vals)
        self.assertEqual(record.state, "done")

    def test_nothing_of_a_line_is_written_from_outside_but_its_tick(self):
        record = self._rows(";;;;;Blue;Zoé;L'Hôte;zoe@example.org;;")
        with self.assertRaises(AccessError):
            record.write({"line_ids": [(1, record.line_ids.id, {"state": "creation"})]})
        with self.assertRaises(AccessError):
            record.write({"line_ids": [(0, 0, {"number": 3, "state": "creation"})]})

    # ------------------------------------------------------------------ what has moved

    def test_an_organisation_of_another_city_is_a_conflict_with_both_cities_named(self):
        house = self._house("Les Jardins", "Angers", "49000")
        user = self._user("zoe@example.org", organisation=house)
        user.partner_id.write({"firstname": "Zoé", "lastname": "L'Hôte"})
        before = self.env["res.partner"].search_count([("is_company", "=", True)])
        record = self._rows("Les Jardins;;;49300;Cholet;Blue;Zoé;L'Hôte;zoe@example.org;;")
        self.assertEqual(record.line_ids.state, "conflict")
        self.assertIn("is in Angers on the platform, and in Cholet in the file", record.line_ids.message)
        record.action_import()
        self.assertEqual((user.parent_id, house.city), (house, "Angers"))
        self.assertEqual(self.env["res.partner"].search_count([("is_company", "=", True)]), before)

    def test_a_siret_says_which_one_it_is(self):
        house = self._house("Les Jardins", "Angers", "49000", siret=SIRET)
        self._user("zoe@example.org", organisation=house)
        moved = self._only(f"Les Jardins;{SIRET};;49300;Cholet;;;;;;")
        self.assertEqual(moved.state, "update")
        self.assertIn("“Angers” becomes “Cholet”", moved.message)
        # A number of its own may be that of one that has moved.
        other = self._only(f"Les Jardins;{OTHER_SIRET};;49300;Cholet;Blue;;;;;")
        self.assertEqual(other.state, "warning")
        self.assertIn("Angers", other.message)

    def test_two_rows_of_one_name_and_two_cities_are_a_conflict_too(self):
        lines = self._only(
            "Les Jardins;;;49000;Angers;Blue;A;A;a@example.org;;",
            "Les Jardins;;;49300;Cholet;Blue;B;B;b@example.org;;",
        )
        self.assertEqual(lines.mapped("state"), ["creation", "conflict"])
        self.assertIn("Angers on line 2", lines[1].message)

    # ------------------------------------------------------------------ what it changes for readers

    def test_what_a_line_changes_in_what_people_read_is_said_on_it(self):
        house = self._house("Les Jardins", "Angers", "49000", siret=SIRET)
        self._house("Ailleurs", "Nantes", "44000", networks=self.green)
        for name in ("zoe", "ana"):
            user = self._user(f"{name}@example.org", organisation=house)
            user.partner_id.write({"firstname": name, "lastname": "Nom"})
        lines = self._only(
            f"Les Jardins;{SIRET};;49300;Cholet;Green;;;;;",
            "Ailleurs;;;;;;zoe;Nom;zoe@example.org;;",
            ";;;;;Green;New;Comer;new@example.org;;",
        )
        self.assertIn("2 people of “Les Jardins”", lines[0].message)
        for said in ("Green", "Cholet", "Angers"):
            self.assertIn(said, lines[0].message.splitlines()[-1])
        self.assertIn("zoe Nom: ", lines[1].message)
        self.assertIn("Blue", lines[1].message.splitlines()[-1])
        self.assertIn("Nantes", lines[1].message.splitlines()[-1])
        self.assertNotIn("see", lines[2].message)

    def test_what_is_said_is_what_happens(self):
        house = self._house("Les Jardins", "Angers", "49000", siret=SIRET)
        user = self._user("zoe@example.org", organisation=house)
        before = user.partner_id.scope_territory_ids
        record = self._rows(f"Les Jardins;{SIRET};;49300;Cholet;Green;;;;;")
        record.action_import()
        self.assertEqual(user.partner_id.scope_network_ids, self.blue | self.green)
        self.assertFalse(user.partner_id.scope_territory_ids & before)

    def test_a_line_that_changes_nothing_for_readers_says_nothing_of_them(self):
        house = self._house("Les Amis", "Nantes", "44000")
        self._user("zoe@example.org", organisation=house)
        line = self._only("Les Amis;;5 quai;44000;Nantes;Blue;;;;;")
        self.assertEqual(line.state, "update")
        self.assertNotIn("see", line.message)

    # ------------------------------------------------------------------ columns, networks of the file

    def _mapped(self, record, **targets):
        columns = {column.name: column.id for column in record.column_ids}
        record.write({"column_ids": [(1, columns[name], {"target": target}) for name, target in targets.items()]})
        record.action_check()

    def test_a_column_that_is_not_known_is_offered_and_what_is_chosen_is_read(self):
        record = self._import("Salarié;Courriel;Age;Réseau\nDUPONT Marie;marie@example.org;40;Blue\n")
        self.assertEqual(record.line_ids.state, "error", record.line_ids.message)
        self.assertEqual(record.ignored, "Salarié, Age")
        self.assertEqual(record.column_ids.mapped("sample"), ["DUPONT Marie", "marie@example.org", "40", "Blue"])
        self._mapped(record, Salarié="last_first")
        self.assertEqual(record.line_ids.state, "creation", record.line_ids.message)
        self.assertEqual(record.ignored, "Age")
        record.action_import()
        marie = self._account("marie@example.org")
        self.assertEqual((marie.firstname, marie.lastname, marie.email), ("Marie", "DUPONT", "marie@example.org"))

    def test_both_names_in_one_column_are_cut(self):
        for title, typed, first, last in (
            ("Nom et prénom", "DUPONT Marie", "Marie", "DUPONT"),
            ("Nom et prénom", "Marie DUPONT", "Marie", "DUPONT"),
            ("Nom et prénom", "Dupont Marie-Anne", "Marie-Anne", "Dupont"),
            ("Nom et prénom", "Le Bihan Yann", "Yann", "Le Bihan"),
            ("Nom et prénom", "DE LA TOUR Anne Marie", "Anne Marie", "DE LA TOUR"),
            ("Nom et prénom", "Dupont, Marie", "Marie", "Dupont"),
            ("Nom et prénom", "DUPONT MARIE", "MARIE", "DUPONT"),
            ("Prénom et nom", "Yann Le Bihan", "Yann", "Le Bihan"),
            ("Prénom Nom", "J.-P. Petit", "J.-P.", "Petit"),
            ("Prénom et nom", "L'HÔTE Zoé", "Zoé", "L'HÔTE"),
        ):
            with self.subTest(typed, title=title):
                cells = self._import(f'{title};Courriel;Réseau\n"{typed}";m@example.org;Blue\n').line_ids.cells
                self.assertEqual((cells["firstname"], cells["lastname"]), (first, last))

    def test_a_name_of_one_word_is_an_error_and_no_half_person(self):
        record = self._import("Nom et prénom;Courriel;Réseau\nDupont;m@example.org;Blue\n")
        self.assertEqual(record.line_ids.state, "error")
        self.assertIn("Prénom", record.line_ids.message)

    def test_columns_that_do_not_say_enough_are_asked_about_before_the_lines(self):
        for content, said in (
            ("Prénom;Nom\nZoé;L'Hôte\n", "Say which column"),
            ("Nom;Courriel\nDUPONT Marie;m@example.org\n", "is alone"),
        ):
            with self.subTest(said):
                record = self._import(content)
                self.assertIn(said, record.problem)
                self.assertEqual((record.state, len(record.line_ids)), ("draft", 0))
                self.assertEqual(len(record.column_ids), 2)
                with self.assertRaises(UserError):
                    record.action_import()
        self._mapped(record, Nom="last_first")
        self.assertEqual((record.problem, record.state), (False, "checked"))

    def test_of_two_columns_alike_the_second_is_left_open(self):
        record = self._import("Nom;Nom de famille;Prénom;Courriel;Réseau\nA;B;C;c@example.org;Blue\n")
        self.assertEqual(record.column_ids.mapped("target"), ["lastname", False, "firstname", "email", "networks"])
        columns = dict(zip(("Nom", "Nom de famille"), record.column_ids, strict=False))
        record.write({"column_ids": [(1, columns["Nom de famille"].id, {"target": "lastname"})]})
        record.action_check()
        self.assertIn("Two columns", record.problem)
        record.write({"column_ids": [(1, record.column_ids[0].id, {"target": False})]})
        record.action_check()
        self.assertEqual(record.line_ids.cells["lastname"], "B")

    def test_another_file_is_asked_about_anew_and_one_of_the_same_columns_is_not(self):
        record = self._import("Salarié;Courriel\nDUPONT Marie;m@example.org\n")
        self._mapped(record, Salarié="last_first")
        record.file = base64.b64encode("Salarié;Courriel\nPETIT Paul;p@example.org\n".encode())
        record.action_check()
        self.assertEqual(record.column_ids.mapped("target"), ["last_first", "email"])
        self.assertEqual(record.column_ids[0].sample, "PETIT Paul")
        record.file = base64.b64encode("Salariée;Courriel\nPETIT Paul;p@example.org\n".encode())
        record.action_check()
        self.assertEqual(record.column_ids.mapped("target"), [False, "email"])

    def test_the_networks_of_the_file_are_those_of_what_is_new_and_says_none(self):
        known = self._house("Connue", "Nantes", "44000")
        record = self._import(
            f"{HEAD}\nNeuve;;;49000;Angers;;A;Un;a@example.org;;\nAutre;;;49000;Angers;Blue;B;Deux;b@example.org;;\n"
            ";;;;;;C;Trois;c@example.org;;\nConnue;;;;;;D;Quatre;d@example.org;;\n",
            check=False,
        )
        record.network_ids = self.green
        record.action_check()
        self.assertEqual(self._states(record), dict.fromkeys(range(2, 6), "creation"))
        record.action_import()
        networks = [self._account(f"{name}@example.org").partner_id.scope_network_ids for name in "abcd"]
        self.assertEqual(networks, [self.green, self.blue, self.green, self.blue])
        self.assertEqual(known.network_ids, self.blue)

    def test_the_address_of_an_account_is_its_login_however_it_was_typed(self):
        self._rows(";;;;;Blue;Zoé;L'Hôte; Zoe.LHOTE@Example.ORG ;;").action_import()
        zoe = self._account("zoe.lhote@example.org")
        self.assertEqual((zoe.login, zoe.email), ("zoe.lhote@example.org", "zoe.lhote@example.org"))

    def test_a_line_twice_as_long_costs_no_more_queries_per_organisation(self):
        def rows(start, count):
            return "\n".join(
                [
                    HEAD,
                    *(
                        f"Les Amis;;;44000;Nantes;Blue;P{i};N{i};p{i}@example.org;;"
                        for i in range(start, start + count)
                    ),
                ]
            )

        def cost(content):
            record = self._import(content, check=False)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            record.action_check()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        cost(rows(0, 10))
        small, big = cost(rows(0, 10)), cost(rows(0, 200))
        self.assertLessEqual(big - small, 5)

    def test_only_administrators_import(self):
        for role in ("member", "moderator"):
            person = self._user(role, role, networks=self.blue)
            with self.assertRaises(AccessError):
                self.env["collab.import"].with_user(person).create({})

    def test_a_file_that_has_been_imported_is_not_imported_again(self):
        record = self._rows("Les Amis;;;;;Blue;Zoé;L'Hôte;zoe@example.org;;")
        record.action_import()
        for act in (record.action_import, record.action_check):
            with self.assertRaises(UserError):
                act()

    def test_names_and_addresses_are_kept_no_longer_than_they_serve(self):
        record = self._rows("Les Amis;;;;;Blue;Zoé;L'Hôte;zoe@example.org;;")
        self.env.cr.execute("UPDATE collab_import SET create_date = create_date - interval '31 days'")
        recent = self._rows("Les Amis;;;;;Blue;Zoé;L'Hôte;zoe@example.org;;")
        self.env["collab.import"]._gc_old()
        self.assertFalse(record.exists())
        self.assertTrue(recent.exists())
