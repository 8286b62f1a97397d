"""What a table of organisations and people would change, decided before anything is written."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from stdnum.fr import siret as stdnum_siret

from odoo.exceptions import ValidationError
from odoo.tools import remove_accents

from .addresses import read_address
from .calls import ROLES
from .names import is_signed_with_role

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
    "email": ("E-mail", "Adresse e-mail", "Adresse électronique", "Courriel", "Mail", "Adresse mail"),
    "function": ("Fonction", "Poste", "Métier"),
    "phone": ("Téléphone", "Tél", "Portable"),
}
# A column that holds a whole name, and in which order: it is cut into the two.
WHOLE_NAMES = {
    "last_first": ("Nom et prénom (une colonne)", "Nom et prénom", "Nom prénom"),
    "first_last": ("Prénom et nom (une colonne)", "Prénom et nom", "Prénom nom"),
}
# What begins a last name of several words.
PARTICLES = frozenset("le la les l de du des d da dos di van von ben el al abou saint".split())
# What does not tell an organisation from another.
GENERIC = frozenset("association assoc asso les le la l de des du d et a au aux".split())
# Shorter names that differ by a letter are two names.
ALIKE_MIN_LENGTH = 6
ADDRESS = ("street", "zip", "city")
PERSON = ("firstname", "lastname", "email", "function", "phone")
# The states of the lines that write nothing.
LEFT_ASIDE = ("error", "conflict", "warning")
CELL_MAX_LENGTH = 250
# By which a cell that means nothing is filled.
BLANKS = frozenset({"-", "—", "/", "?"})
FORMULA = ("=", "@", "+", "-")


def comparable(text):
    """:return str: what tells two names apart, whatever their accents, capitals and punctuation"""
    return " ".join(
        re.findall(r"[a-z0-9]+", remove_accents(text or "").lower().replace("œ", "oe").replace("&", " et "))
    )


def essence(name):
    """:return str: what is left of the name of an organisation without its small words and its plurals"""
    kept = [word for word in comparable(name).split() if word not in GENERIC]
    return "".join(re.sub(r"(?<=\w{3})[sx]$", "", word) for word in kept) or comparable(name)


def alike(one, other):
    """:param str one, other: as ``essence`` gives them
    :return bool: they are the same, or a letter apart"""
    if one == other:
        return True
    if min(len(one), len(other)) < ALIKE_MIN_LENGTH or re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    shortest, longest = sorted((one, other), key=len)
    begins = next((i for i, letter in enumerate(shortest) if letter != longest[i]), len(shortest))
    rest = len(shortest) - begins
    ends = next((i for i in range(rest) if shortest[-1 - i] != longest[-1 - i]), rest)
    return len(longest) - begins - ends <= 1


def cut_name(text, order):
    """Cut a whole name: what is in capitals is the last name; else the first word is, or is not, by the order.

    :param str text: of one cell
    :param str order: of WHOLE_NAMES
    :return tuple[str, str]: first and last names; one is empty when there is nothing to cut
    """
    if "," in text:
        last, _comma, first = text.partition(",")
        return first.strip(), last.strip()
    pieces = text.split()
    shouted = [piece.isupper() and bool(re.search(r"[^\W\d_]{2}", piece)) for piece in pieces]
    if any(shouted) and not all(shouted):
        first, last = ([piece for piece, loud in zip(pieces, shouted, strict=True) if loud == kept] for kept in (0, 1))
    elif order == "first_last":
        first, last = pieces[:1], pieces[1:]
    else:
        end = 1
        while end < len(pieces) - 1 and comparable(pieces[end - 1]) in PARTICLES:
            end += 1
        last, first = pieces[:end], pieces[end:]
    return " ".join(first), " ".join(last)


class Place(NamedTuple):
    """Where an address lies: a commune that is known, or the name of a city alone."""

    commune_id: int | None
    names: frozenset
    shown: str

    def is_that_of(self, other):
        """:return bool: both lie in one commune, as far as their addresses say"""
        if self.commune_id and other.commune_id:
            return self.commune_id == other.commune_id
        return bool(self.names & other.names)


@dataclass(eq=False)
class Organisation:
    """An organisation that is known, or that a row of the table creates."""

    record: Any
    name: str
    values: dict
    network_ids: set
    place: Place | None = None
    site_places: list = field(default_factory=list)
    # Those that do not come from its own address, then all of them.
    other_territory_ids: set = field(default_factory=set)
    territory_ids: set = field(default_factory=set)
    row: int | None = None
    # The row on which somebody has to say whether it is another one.
    doubt_row: int | None = None
    changes: dict = field(default_factory=dict)
    changed_by: dict = field(default_factory=dict)

    @property
    def is_open(self):
        """:return bool: it is not archived"""
        return not self.record or self.record.active

    def lies_in(self, place):
        """:return bool: it has an address there"""
        return any(place.is_that_of(known) for known in (self.place, *self.site_places) if known)


@dataclass(eq=False)
class Line:
    """A row of the table, and what it does."""

    number: int
    cells: dict
    values: dict = field(default_factory=dict)
    errors: list = field(default_factory=list)
    conflicts: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    creations: list = field(default_factory=list)
    updates: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    organisation: Organisation | None = None
    # Networks and territories of the organisation, once this row is done.
    scope: tuple[set, set] = (frozenset(), frozenset())
    user: Any = None
    person: dict | None = None

    @property
    def state(self):
        """:return str: "error", "conflict", "warning", "creation", "update" or "same" """
        for state in ("error", "conflict", "warning", "creation", "update"):
            if getattr(self, f"{state}s"):
                return state
        return "same"

    @property
    def message(self):
        """:return str: a sentence a line"""
        refusals = self.errors + self.conflicts
        return "\n".join(refusals or [*self.warnings, *self.creations, *self.updates, *self.notes])


class ImportPlan:
    """The rows of a table, each compared to what the platform holds and to the rows before it.

    An organisation is known by its SIRET, else by its name and commune; a person, by his address. What is empty in the
    table changes nothing; networks are added, never taken away. An account of the federations is never touched. What
    looks like somebody, or something, that is known already waits for a yes.
    """

    def __init__(self, env, rows, networks=None, confirmed=frozenset()):
        """
        :param odoo.api.Environment env: of whoever imports; it decides what he may read, then write
        :param Iterable[tuple[int, dict[str, str]]] rows: their numbers, and their cells by column
        :param collab.network | None networks: those of what is new, where the row gives none
        :param Collection[int] confirmed: the rows that are to be imported whatever they look like
        """
        self.env = env
        self._default_network_ids = set(networks.ids) if networks else set()
        self.confirmed = confirmed
        self._places = {}
        self._networks = {}
        for network in env["collab.network"].search([]):  # pylint: disable=no-search-all  # some three of them
            for name in (network.name, network.code, network.full_name):
                self._networks[comparable(name)] = network
        self._networks.pop("", None)
        self._by_siret, self._by_name, self._by_length = {}, {}, defaultdict(list)
        for organisation in self._known_organisations():
            self._register(organisation)
        self._seen, self._seen_names = {}, {}
        lines = [Line(number, cells) for number, cells in rows]
        for line in lines:
            self._read(line)
        self._users, self._contacts = self._known_people({line.values.get("email") for line in lines} - {None})
        self._homonyms = self._known_names()
        for line in lines:
            self._plan(line)
        self.lines = lines

    # What is known already

    def _known_organisations(self):
        Partner = self.env["res.partner"].with_context(active_test=False)
        of_odoo = Partner._of_odoo()
        found = Partner.search([("is_company", "=", True), ("id", "not in", of_odoo.ids)], order="active desc, id")
        for partner in found:
            values = {name: partner[name] or "" for name in ("company_registry", "website", *ADDRESS)}
            sites = [place for site in partner.site_ids if (place := self._place_of(site))]
            others = partner.territory_ids | partner.site_ids.commune_id.territory_id
            yield Organisation(
                partner,
                partner.name,
                values,
                set(partner.network_ids.ids),
                self._place_of(partner),
                sites,
                set(others.ids),
                set(partner.scope_territory_ids.ids),
            )

    def _place_of(self, partner):
        """:return Place | None: where this contact lies, if its address says so"""
        return self._make_place(partner.commune_id, partner.city)

    def _place(self, city, zip_code):
        if (city, zip_code) not in self._places:
            commune = self.env["collab.commune"]._match(city, zip_code)
            self._places[city, zip_code] = self._make_place(commune, city)
        return self._places[city, zip_code]

    def _make_place(self, commune, city):
        names = frozenset({commune.match_name, self.env["collab.commune"]._normalize(city)} - {False, ""})
        return Place(commune.id or None, names, commune.name or city) if names else None

    def _register(self, organisation):
        known = self._by_name.setdefault(comparable(organisation.name), [])
        if organisation not in known:
            known.append(organisation)
            key = essence(organisation.name)
            self._by_length[len(key)].append((key, organisation))
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

    def _known_names(self):
        """:return dict[str, str]: by name, in any order, the address and the organisation of whoever has an account"""
        users = self.env["res.users"].with_context(active_test=False)
        names = {}
        for user in users.search_fetch([("all_group_ids", "in", self._group_ids())], ["name", "login", "parent_id"]):
            employer = user.parent_id.name
            names[self._name_key(user.name)] = f"{user.login}, {employer}" if employer else user.login
        return names

    def _group_ids(self):
        return [self.env.ref(f"collab_reseaux.group_{role}").id for role in ROLES]

    def _name_key(self, *parts):
        """:return str: first and last names are often in the other's column"""
        return " ".join(sorted(comparable(" ".join(parts)).split()))

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
        for name in ("firstname", "lastname", "company_registry", "zip", "email", "phone", "website", "networks"):
            if name in line.values:
                line.values[name] = getattr(self, f"_read_{name}")(line, line.values[name])
        line.values = {name: value for name, value in line.values.items() if value}

    def _read_firstname(self, line, text, name="firstname"):
        try:
            self.env["res.partner"]._check_text_length(name, text)
        except ValidationError as error:
            line.errors.append(error.args[0])
        return text

    def _read_lastname(self, line, text):
        return self._read_firstname(line, text, "lastname")

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
            return read_address(self.env, text)
        except ValidationError as error:
            line.errors.append(self.env._("Address: %s", error.args[0]))
            return ""

    def _read_phone(self, line, text):
        return f"0{text}" if re.fullmatch(r"[1-9]\d{8}", text) else text

    def _read_website(self, line, text):
        return self.env["res.partner"]._clean_website(text)

    def _read_networks(self, line, text):
        names = [name.strip() for name in re.split(r"[,;/+&]", text) if name.strip()]
        unknown = [name for name in names if comparable(name) not in self._networks]
        if unknown:
            known = ", ".join({network.id: network.name for network in self._networks.values()}.values())
            line.errors.append(
                self.env._(
                    "Networks: “%(names)s” is not known. Known: %(known)s.", names=", ".join(unknown), known=known
                )
            )
        return {self._networks[comparable(name)].id for name in names if name not in unknown}

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
            if line.warnings and not organisation.record and organisation.row == line.number:
                # What comes after it, under the same name, waits for it too.
                organisation.doubt_row = line.number
            if not line.warnings or organisation.doubt_row:
                self._change_organisation(line, changes)
            self._register(organisation)
        if "email" in values:
            self._seen[values["email"]] = line.number

    def _change_organisation(self, line, changes):
        organisation = line.organisation
        organisation.changes.update(changes)
        organisation.changed_by.update(dict.fromkeys(changes, line.number))
        organisation.values.update(changes)
        organisation.network_ids, organisation.territory_ids = line.scope

    def _scope_of(self, line, changes):
        """:return tuple[set[int], set[int]]: networks and territories of the organisation of this row, after it"""
        organisation = line.organisation
        networks = organisation.network_ids | line.values.get("networks", set())
        if not {"city", "zip"} & changes.keys():
            return networks, organisation.territory_ids
        address = {**organisation.values, **changes}
        return networks, organisation.other_territory_ids | self._territory_ids(address.get("city"), address.get("zip"))

    def _territory_ids(self, city, zip_code):
        place = self._place(city, zip_code)
        commune_ids = [place.commune_id] if place and place.commune_id else []
        return set(self.env["collab.commune"].browse(commune_ids).territory_id.ids)

    def _doubt(self, line, seen, remedy):
        """Hold back what looks like a mistake, until somebody says that it is none.

        :param str seen: what looks like it
        :param str remedy: what to do if it is one
        """
        if line.number in self.confirmed:
            line.notes.append(seen)
        else:
            line.warnings.append(" ".join((seen, remedy, self.env._("Otherwise, tick “Import anyway”."))))

    def _find_organisation(self, line):
        """:return tuple[Organisation | None, Any]: the one that this row names, and the place that it gives"""
        values = line.values
        siret, name = values.get("company_registry"), values.get("organisation")
        place = self._place(values.get("city"), values.get("zip"))
        if siret in self._by_siret:
            return self._by_siret[siret], place
        same_name = [o for o in self._by_name.get(comparable(name), []) if name]
        found = [o for o in same_name if not place or not o.place or o.lies_in(place)]
        found = [o for o in found if o.is_open] or found
        elsewhere = [o for o in same_name if o.is_open and o not in found]
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
        elif elsewhere:
            self._plan_elsewhere(line, elsewhere, place)
        elif name:
            self._plan_look_alike(line, name, place, siret)
        return None, place

    def _plan_elsewhere(self, line, elsewhere, place):
        """The name is that of organisations of other cities: one has moved, or this is another."""
        known = ", ".join(dict.fromkeys(o.place.shown for o in elsewhere))
        said = {"name": elsewhere[0].name, "known": known, "city": place.shown, "row": elsewhere[0].row}
        if elsewhere[0].row:
            where = self.env._("“%(name)s” is in %(known)s on line %(row)s, and in %(city)s here.", **said)
        else:
            where = self.env._("“%(name)s” is in %(known)s on the platform, and in %(city)s in the file.", **said)
        if "company_registry" in line.values:
            # A number of its own; but an organisation that moves is given another one.
            other = self.env._("If it has moved, correct its address on the platform.")
            self._doubt(line, where, other)
        else:
            what = self.env._(
                "If it is the same one, correct the city in your file, or its address on the platform. "
                "If it is another one, add its SIRET."
            )
            line.conflicts.append(f"{where} {what}")

    def _plan_look_alike(self, line, name, place, siret):
        """The name is nearly that of an organisation of the same city."""
        key = essence(name)
        near = (pair for length in (len(key) - 1, len(key), len(key) + 1) for pair in self._by_length[length])
        for other_key, other in near:
            both_sirets = siret and other.values.get("company_registry")
            apart = place and other.place and not other.lies_in(place)
            if other.is_open and not both_sirets and not apart and alike(key, other_key):
                known = f"{other.name} ({other.place.shown})" if other.place else other.name
                alike_said = self.env._("“%(name)s” looks like “%(known)s”.", name=name, known=known)
                same = self.env._("If it is the same one, write this name in your file.")
                self._doubt(line, alike_said, same)
                return

    def _plan_organisation(self, line):
        """:return dict: what changes of the organisation"""
        values = line.values
        found, place = self._find_organisation(line)
        if line.conflicts:
            return {}
        given = {name: values[name] for name in ("company_registry", "website", *ADDRESS) if name in values}
        if not found:
            self._plan_new_organisation(line, place)
            line.scope = self._scope_of(line, given)
            return given
        line.organisation = found
        if not found.is_open:
            line.conflicts.append(self.env._("“%s” is archived: take it out of the archives first.", found.name))
        if found.doubt_row:
            line.warnings.append(self.env._("Its organisation is to be checked first, on line %s.", found.doubt_row))
        if "organisation" in values and comparable(values["organisation"]) != comparable(found.name):
            line.notes.append(self.env._("This SIRET is that of “%s”, whose name stays.", found.name))
        if place and found.place and place.is_that_of(found.place) and not place.commune_id and found.place.commune_id:
            line.notes.append(
                self.env._(
                    "Without a postal code: taken for “%(name)s”, in %(city)s.", name=found.name, city=found.place.shown
                )
            )
        if place and found.lies_in(place) and not (found.place and place.is_that_of(found.place)):
            # The address of one of its sites: that of the organisation stays.
            given = {name: value for name, value in given.items() if name not in ADDRESS}
        changes = self._differences(line, found, given)
        line.scope = self._scope_of(line, changes)
        self._tell_readers(line)
        return changes

    def _plan_new_organisation(self, line, place):
        values = line.values
        name = values.get("organisation", "")
        if not name:
            line.errors.append(self.env._("No organisation has this SIRET: give the name of the new one."))
        elif not self._take_default_networks(line) and not line.errors:
            line.errors.append(self.env._("Networks: which one does this new organisation belong to?"))
        line.organisation = Organisation(None, name, {}, set(), place, row=line.number)
        line.creations.append(self.env._("New organisation: %s.", name))
        if not place or not place.commune_id:
            line.notes.append(self.env._("Its address gives no commune: it will have no territory."))

    def _take_default_networks(self, line):
        """:return set[int]: the networks of what this row creates: its own, or those of the file"""
        if not line.values.get("networks") and self._default_network_ids:
            line.values["networks"] = set(self._default_network_ids)
            names = ", ".join(self.env["collab.network"].browse(self._default_network_ids).mapped("name"))
            line.notes.append(self.env._("Networks of the file: %s.", names))
        return line.values.get("networks", set())

    def _tell_readers(self, line):
        """Say what the people of a known organisation read, and read no more, once this row has changed it."""
        organisation = line.organisation
        if not organisation.record:
            return
        before = (organisation.network_ids, organisation.territory_ids)
        sentence = self._sentence(*before, *line.scope)
        count = len(organisation.record.member_ids.user_ids) if sentence else 0
        said = {"count": count, "name": organisation.name, "change": sentence}
        if count == 1:
            line.updates.append(self.env._("1 person of “%(name)s”: %(change)s", **said))
        elif count:
            line.updates.append(self.env._("%(count)s people of “%(name)s”: %(change)s", **said))

    def _sentence(self, networks_before, territories_before, networks_after, territories_after):
        """:return str | None: as ``_scope_change_sentence``, from identifiers"""
        Network, Territory = self.env["collab.network"], self.env["collab.territory"]
        return self.env["res.partner"]._scope_change_sentence(
            Network.browse(networks_before),
            Territory.browse(territories_before),
            Network.browse(networks_after),
            Territory.browse(territories_after),
        )

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
        name = " ".join(filter(None, (values.get("firstname"), values.get("lastname"))))
        if is_signed_with_role(name):
            line.errors.append(
                self.env._("Name: “%s” tells a role within a bracket. Write the name without the role.", name)
            )
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
        if not line.organisation and not self._take_default_networks(line):
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
        self._plan_homonym(line)
        line.creations.append(
            self.env._("New member: %(first)s %(last)s.", first=values["firstname"], last=values["lastname"])
        )

    def _plan_homonym(self, line):
        """The name is that of somebody else, known already or on a row before."""
        values = line.values
        key = self._name_key(values["firstname"], values["lastname"])
        name = f"{values['firstname']} {values['lastname']}"
        if key in self._homonyms:
            known = self.env._("%(name)s has an account already (%(known)s).", name=name, known=self._homonyms[key])
            same = self.env._("If it is the same person, write the address of this account in your file.")
            self._doubt(line, known, same)
        elif key in self._seen_names:
            row = self._seen_names[key]
            known = self.env._("%(name)s is on line %(row)s too, with another address.", name=name, row=row)
            same = self.env._("If it is the same person, keep one line.")
            self._doubt(line, known, same)
        else:
            self._seen_names[key] = line.number

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
            before, after = employer.name, line.organisation.name
            if comparable(before) == comparable(after):
                before, after = self._name_in_place(employer), self._name_in_place(line.organisation)
            line.updates.append(self._change(COLUMNS["organisation"][0], before, after))
        elif not line.organisation and (added := values.get("networks", set()) - set(person.network_ids.ids)):
            line.person["network_ids"] = [*person.network_ids.ids, *added]
            line.updates.append(self._addition(person.name, added))
        self._tell_person(line, person)

    def _name_in_place(self, organisation):
        place = self._place_of(organisation) if not isinstance(organisation, Organisation) else organisation.place
        return f"{organisation.name} ({place.shown if place else '?'})"

    def _tell_person(self, line, person):
        """Say what a known person reads, and reads no more, once this row has moved him."""
        organisation = line.organisation
        if organisation and organisation.record and organisation.record == person.parent_id:
            # Said for all its people.
            return
        before = (set(person.scope_network_ids.ids), set(person.scope_territory_ids.ids))
        networks, territories = set(person.network_ids.ids), set(person.territory_ids.ids)
        if organisation:
            networks, territories = networks | line.scope[0], territories | line.scope[1]
        elif person.parent_id:
            return
        else:
            networks |= set(line.person.get("network_ids", ()))
            city, zip_code = (line.person.get(name) or person[name] for name in ("city", "zip"))
            moved = {"city", "zip"} & line.person.keys()
            territories = territories | self._territory_ids(city, zip_code) if moved else before[1]
        if sentence := self._sentence(*before, networks, territories):
            line.updates.append(self.env._("%(name)s: %(change)s", name=person.name, change=sentence))

    def _same_name(self, partner, values):
        return self._name_key(values["firstname"], values["lastname"]) == self._name_key(partner.name)

    # And does

    def apply(self):
        """Write what has been planned; lines in error, in conflict or in doubt write nothing.

        :return dict[int, res.users]: the account of each line that names a person, by its number
        """
        lines = [line for line in self.lines if line.state not in LEFT_ASIDE]
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
