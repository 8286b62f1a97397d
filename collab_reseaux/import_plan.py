"""What a table of organisations and people would change, decided before anything is written."""

import re
from dataclasses import dataclass, field
from typing import Any

from stdnum.fr import siret as stdnum_siret

from odoo.exceptions import ValidationError
from odoo.tools import email_normalize, remove_accents

from .addresses import read_address

# The names that each column may have in the first row; the first one is that of the model. A file format: French.
COLUMNS = {
    "organisation": ("Structure", "Nom de la structure", "Organisation", "Association", "Employeur", "Raison sociale"),
    "company_registry": ("SIRET", "N° SIRET", "Numéro SIRET"),
    "street": ("Adresse", "Adresse postale", "Rue"),
    "zip": ("Code postal", "CP"),
    "city": ("Ville", "Commune"),
    "website": ("Site web", "Site internet", "Site"),
    "networks": ("Réseaux", "Réseau", "Fédération"),
    "firstname": ("Prénom",),
    "lastname": ("Nom", "Nom de famille"),
    "email": ("Adresse électronique", "Courriel", "E-mail", "Mail", "Adresse mail", "Adresse e-mail"),
    "function": ("Fonction", "Poste", "Métier"),
    "phone": ("Téléphone", "Tél", "Portable"),
}
ADDRESS = ("street", "zip", "city")
PERSON = ("firstname", "lastname", "email", "function", "phone")
CELL_MAX_LENGTH = 250
# By which a cell that means nothing is filled.
BLANKS = frozenset({"-", "—", "/", "?"})
FORMULA = ("=", "@", "+", "-")


def words(text):
    """:return str: what tells two names apart, whatever their accents, capitals and punctuation"""
    return " ".join(
        re.findall(r"[a-z0-9]+", remove_accents(text or "").lower().replace("œ", "oe").replace("&", " et "))
    )


@dataclass(eq=False)
class Organisation:
    """An organisation that is known, or that a row of the table creates."""

    record: Any
    name: str
    values: dict
    network_ids: set
    place: Any = None
    site_places: set = field(default_factory=set)
    row: int | None = None
    changes: dict = field(default_factory=dict)
    changed_by: dict = field(default_factory=dict)


@dataclass(eq=False)
class Line:
    """A row of the table, and what it does."""

    number: int
    cells: dict
    values: dict = field(default_factory=dict)
    errors: list = field(default_factory=list)
    conflicts: list = field(default_factory=list)
    creations: list = field(default_factory=list)
    updates: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    organisation: Organisation | None = None
    user: Any = None
    person: dict | None = None

    @property
    def state(self):
        """:return str: "error", "conflict", "creation", "update" or "same" """
        for state in ("error", "conflict", "creation", "update"):
            if getattr(self, f"{state}s"):
                return state
        return "same"

    @property
    def message(self):
        """:return str: a sentence a line"""
        refusals = self.errors + self.conflicts
        return "\n".join(refusals or [*self.creations, *self.updates, *self.notes])


class ImportPlan:
    """The rows of a table, each compared to what the platform holds and to the rows before it.

    An organisation is known by its SIRET, else by its name and commune; a person, by his address. What is empty in the
    table changes nothing; networks are added, never taken away. An account of the federations is never touched.
    """

    def __init__(self, env, rows):
        """
        :param odoo.api.Environment env: of whoever imports; it decides what he may read, then write
        :param Iterable[tuple[int, dict[str, str]]] rows: their numbers, and their cells by column
        """
        self.env = env
        self._communes = {}
        self._networks = {}
        for network in env["collab.network"].search([]):  # pylint: disable=no-search-all  # some three of them
            for name in (network.name, network.code, network.full_name):
                self._networks[words(name)] = network
        self._networks.pop("", None)
        self._by_siret, self._by_name = {}, {}
        for organisation in self._known_organisations():
            self._register(organisation)
        self._seen = {}
        lines = [Line(number, cells) for number, cells in rows]
        for line in lines:
            self._read(line)
        self._users, self._contacts = self._known_people({line.values.get("email") for line in lines} - {None})
        for line in lines:
            self._plan(line)
        self.lines = lines

    # What is known already

    def _known_organisations(self):
        Partner = self.env["res.partner"].with_context(active_test=False)
        # sudo: the partners of Odoo's own companies, which are nobody's employer here
        own = self.env["res.company"].sudo().search([]).partner_id  # pylint: disable=no-search-all  # one, as a rule
        found = Partner.search([("is_company", "=", True), ("id", "not in", own.ids)], order="active desc, id")
        for partner in found:
            values = {name: partner[name] or "" for name in ("company_registry", "website", *ADDRESS)}
            sites = {self._place_of(site) for site in partner.site_ids} - {None}
            yield Organisation(
                partner, partner.name, values, set(partner.network_ids.ids), self._place_of(partner), sites
            )

    def _place_of(self, partner):
        """:return: what tells two addresses apart: a commune, or a city that is none"""
        return partner.commune_id.id or words(partner.city) or None

    def _place(self, city, zip_code):
        if (city, zip_code) not in self._communes:
            commune = self.env["collab.commune"]._match(city, zip_code)
            self._communes[city, zip_code] = commune.id or words(city) or None
        return self._communes[city, zip_code]

    def _register(self, organisation):
        known = self._by_name.setdefault(words(organisation.name), [])
        if organisation not in known:
            known.append(organisation)
        if siret := organisation.values.get("company_registry"):
            self._by_siret.setdefault(re.sub(r"\D", "", siret), organisation)

    def _known_people(self, addresses):
        """:return tuple[dict, dict]: accounts, and people who have none, by address"""
        addresses = list(addresses)
        users = self.env["res.users"].with_context(active_test=False)
        named = users.search(["|", ("login", "in", addresses), ("partner_id.email_normalized", "in", addresses)])
        accounts = {}
        for user in named:
            for address in (user.email_normalized, user.login):
                accounts[address] = user
        contacts = self.env["res.partner"].search(
            [("email_normalized", "in", addresses), ("is_company", "=", False), ("user_ids", "=", False)]
        )
        return accounts, {contact.email_normalized: contact for contact in contacts}

    # What a row says

    def _read(self, line):
        """Check each cell by itself; what is wrong is all said at once."""
        for name, text in line.cells.items():
            title = COLUMNS[name][0]
            if not text or text in BLANKS:
                continue
            if text.startswith(FORMULA) and not (name == "phone" and text.startswith("+")):
                line.errors.append(
                    self.env._(
                        "%(column)s: “%(text)s” looks like a formula: paste its value.", column=title, text=text[:40]
                    )
                )
            elif len(text) > CELL_MAX_LENGTH or "\ufffd" in text or not text.isprintable():
                line.errors.append(
                    self.env._("%(column)s: “%(text)s…” is too long, or damaged.", column=title, text=text[:40])
                )
            else:
                line.values[name] = text
        for name in ("company_registry", "zip", "email", "phone", "website", "networks"):
            if name in line.values:
                line.values[name] = getattr(self, f"_read_{name}")(line, line.values[name])
        line.values = {name: value for name, value in line.values.items() if value}

    def _read_company_registry(self, line, text):
        digits = re.sub(r"\W", "", text)
        if digits.isdecimal():
            # A number loses its first zeros in a spreadsheet.
            digits = digits.zfill(14)
        if not stdnum_siret.is_valid(digits):
            line.errors.append(self.env._("SIRET: “%s” is not one: fourteen digits, without a mistake.", text))
        return digits

    def _read_zip(self, line, text):
        digits = text.replace(" ", "")
        return digits.zfill(5) if digits.isdecimal() else text

    def _read_email(self, line, text):
        try:
            return read_address(self.env, email_normalize(text) or text)
        except ValidationError as error:
            line.errors.append(self.env._("Address: %s", error.args[0]))
            return ""

    def _read_phone(self, line, text):
        return f"0{text}" if re.fullmatch(r"[1-9]\d{8}", text) else text

    def _read_website(self, line, text):
        return self.env["res.partner"]._clean_website(text)

    def _read_networks(self, line, text):
        names = [name.strip() for name in re.split(r"[,;/+&]", text) if name.strip()]
        unknown = [name for name in names if words(name) not in self._networks]
        if unknown:
            known = ", ".join({network.id: network.name for network in self._networks.values()}.values())
            line.errors.append(
                self.env._(
                    "Networks: “%(names)s” is not known. Known: %(known)s.", names=", ".join(unknown), known=known
                )
            )
        return {self._networks[words(name)].id for name in names if name not in unknown}

    # What it changes

    def _plan(self, line):
        values = line.values
        has_person = any(name in values for name in PERSON)
        has_organisation = "organisation" in values or "company_registry" in values
        if not line.errors and not has_person and not has_organisation:
            line.errors.append(self.env._("This line has neither an organisation nor a person."))
        changes = self._plan_organisation(line) if has_organisation else {}
        if has_person:
            self._plan_person(line)
        if line.errors or line.conflicts:
            line.organisation = line.user = line.person = None
            return
        if organisation := line.organisation:
            organisation.changes.update(changes)
            organisation.changed_by.update(dict.fromkeys(changes, line.number))
            organisation.values.update(changes)
            organisation.network_ids |= values.get("networks", set())
            self._register(organisation)
        if "email" in values:
            self._seen[values["email"]] = line.number

    def _find_organisation(self, line):
        """:return tuple[Organisation | None, Any]: the one that this row names, and the place that it gives"""
        values = line.values
        siret, name = values.get("company_registry"), values.get("organisation")
        place = self._place(values.get("city"), values.get("zip"))
        if siret in self._by_siret:
            return self._by_siret[siret], place
        same_name = self._by_name.get(words(name), []) if name else []
        found = [o for o in same_name if not place or not o.place or place in {o.place, *o.site_places}]
        found = [o for o in found if not o.record or o.record.active] or found
        if len(found) > 1:
            line.conflicts.append(
                self.env._(
                    "Several organisations are called “%s”: add the SIRET, or the city and the postal code.", name
                )
            )
        elif found and siret and found[0].values.get("company_registry"):
            line.conflicts.append(
                self.env._(
                    "“%(name)s” is known here with another SIRET (%(siret)s).",
                    name=name,
                    siret=found[0].values["company_registry"],
                )
            )
        elif found:
            return found[0], place
        return None, place

    def _plan_organisation(self, line):
        """:return dict: what changes of the organisation"""
        values = line.values
        found, place = self._find_organisation(line)
        if line.conflicts:
            return {}
        given = {name: values[name] for name in ("company_registry", "website", *ADDRESS) if name in values}
        if not found:
            if "organisation" not in values:
                line.errors.append(self.env._("No organisation has this SIRET: give the name of the new one."))
            elif not values.get("networks") and not line.errors:
                line.errors.append(self.env._("Networks: which one does this new organisation belong to?"))
            name = values.get("organisation", "")
            line.organisation = Organisation(None, name, {}, set(), place, row=line.number)
            line.creations.append(self.env._("New organisation: %s.", name))
            if not isinstance(place, int):
                line.notes.append(self.env._("Its address gives no commune: it will have no territory."))
            return given
        line.organisation = found
        if found.record and not found.record.active:
            line.conflicts.append(self.env._("“%s” is archived: take it out of the archives first.", found.name))
        if "organisation" in values and words(values["organisation"]) != words(found.name):
            line.notes.append(self.env._("This SIRET is that of “%s”, whose name stays.", found.name))
        if place in found.site_places and place != found.place:
            # The address of one of its sites: that of the organisation stays.
            given = {name: value for name, value in given.items() if name not in ADDRESS}
        return self._differences(line, found, given)

    def _differences(self, line, found, given):
        changes = {}
        for name, value in given.items():
            before = found.values.get(name)
            title = COLUMNS[name][0]
            if value == before:
                continue
            if found.row or name in found.changed_by:
                if before:
                    # One organisation, several people: the first row decides.
                    row = found.changed_by.get(name, found.row)
                    line.notes.append(
                        self.env._(
                            "%(column)s: line %(row)s gives “%(before)s”, which is kept.",
                            column=title,
                            row=row,
                            before=before,
                        )
                    )
                    continue
            changes[name] = value
            line.updates.append(self._change(title, before, value))
        added = line.values.get("networks", set()) - found.network_ids
        if added:
            line.updates.append(self._addition(found.name, added))
        return changes

    def _change(self, title, before, after):
        return self.env._(
            "%(column)s: “%(before)s” becomes “%(after)s”.", column=title, before=before or "", after=after
        )

    def _addition(self, name, network_ids):
        added = ", ".join(self.env["collab.network"].browse(network_ids).mapped("name"))
        return self.env._("Networks of “%(name)s”: + %(added)s.", name=name, added=added)

    def _plan_person(self, line):
        values = line.values
        missing = [COLUMNS[name][0] for name in ("firstname", "lastname") if name not in values]
        if "email" not in values and not line.cells.get("email"):
            missing.append(COLUMNS["email"][0])
        if missing:
            line.errors.append(self.env._("Missing: %s.", ", ".join(missing)))
        if line.errors or line.conflicts:
            return
        if values["email"] in self._seen:
            line.errors.append(
                self.env._(
                    "The address %(address)s is already on line %(row)s.",
                    address=values["email"],
                    row=self._seen[values["email"]],
                )
            )
            return
        user = self._users.get(values["email"])
        if user:
            self._plan_known_person(line, user)
        else:
            self._plan_new_person(line)

    def _plan_new_person(self, line):
        values = line.values
        if not line.organisation and not values.get("networks"):
            line.errors.append(self.env._("Networks: this person has no organisation; which network is he in?"))
            return
        line.person = {name: values[name] for name in PERSON if name in values}
        if not line.organisation:
            line.person |= {name: values[name] for name in ADDRESS if name in values}
        if contact := self._contacts.get(values["email"]):
            if not self._same_name(contact, values):
                line.conflicts.append(self.env._("This address is already that of %s.", contact.name))
                return
            line.person["partner_id"] = contact.id
        line.creations.append(
            self.env._("New member: %(first)s %(last)s.", first=values["firstname"], last=values["lastname"])
        )

    def _plan_known_person(self, line, user):
        values, person = line.values, user.partner_id
        if not user.share:
            line.conflicts.append(
                self.env._("This address is that of an account of the federations, which the import leaves alone.")
            )
        elif not user.active:
            line.conflicts.append(
                self.env._("This address is that of a closed account: open it again from its form, if it is to be.")
            )
        elif not self._same_name(person, values):
            line.conflicts.append(self.env._("This address is already that of %s.", person.name))
        if line.conflicts:
            return
        line.user, line.person = user, {}
        names = ("function", "phone", *(() if line.organisation or person.parent_id else ADDRESS))
        for name in names:
            if name in values and values[name] != (person[name] or ""):
                line.person[name] = values[name]
                line.updates.append(self._change(COLUMNS[name][0], person[name], values[name]))
        employer = person.parent_id
        if line.organisation and (not line.organisation.record or line.organisation.record != employer):
            line.updates.append(self._change(COLUMNS["organisation"][0], employer.name, line.organisation.name))
        elif not line.organisation and (added := values.get("networks", set()) - set(person.network_ids.ids)):
            line.person["network_ids"] = [*person.network_ids.ids, *added]
            line.updates.append(self._addition(person.name, added))

    def _same_name(self, partner, values):
        """First and last names are often in the other's column."""
        given = words(f"{values['firstname']} {values['lastname']}").split()
        return sorted(given) == sorted(words(partner.name).split())

    # And does

    def apply(self):
        """Write what has been planned; lines in error or in conflict write nothing.

        :return dict[int, res.users]: the account of each line that names a person, by its number
        """
        lines = [line for line in self.lines if line.state not in ("error", "conflict")]
        self._apply_organisations(lines)
        return self._apply_people([line for line in lines if line.person is not None])

    def _apply_organisations(self, lines):
        organisations = list({id(line.organisation): line.organisation for line in lines if line.organisation}.values())
        new, known = ([o for o in organisations if bool(o.record) == is_known] for is_known in (False, True))
        # One row a person: as many mails and messages as there are rows would be noise.
        Partner = self.env["res.partner"].with_context(tracking_disable=True)
        created = Partner.create(
            [
                {"name": organisation.name, "is_company": True, "network_ids": list(organisation.network_ids)}
                | organisation.changes
                for organisation in new
            ]
        )
        for organisation, record in zip(new, created, strict=True):
            organisation.record = record
        for organisation in known:
            changes = dict(organisation.changes)
            if organisation.network_ids - set(organisation.record.network_ids.ids):
                changes["network_ids"] = list(organisation.network_ids)
            if changes:
                organisation.record.write(changes)

    def _apply_people(self, lines):
        group = self.env.ref("collab_reseaux.group_member")
        new, known = ([line for line in lines if bool(line.user) == is_known] for is_known in (False, True))
        values = []
        for line in new:
            belonging = (
                {"parent_id": line.organisation.record.id}
                if line.organisation
                else {"network_ids": list(line.values["networks"])}
            )
            values.append({**line.person, **belonging, "login": line.values["email"], "group_ids": group.ids})
        # Invitations leave later, when somebody decides so.
        Users = self.env["res.users"].with_context(no_reset_password=True, tracking_disable=True)
        for line, user in zip(new, Users.create(values), strict=True):
            line.user = user
        for line in known:
            person, changes = line.user.partner_id, dict(line.person)
            if line.organisation and line.organisation.record != person.parent_id:
                changes["parent_id"] = line.organisation.record.id
            if changes:
                person.write(changes)
        return {line.number: line.user for line in lines}
