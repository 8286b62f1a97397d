"""Decide what each row of a table changes, then do it."""

from ..names import is_signed_with_role
from .cells import CellReader
from .comparing import comparable, person_key
from .known import KnownOrganisations, KnownPeople
from .rows import ADDRESS, COLUMNS, LEFT_ASIDE, PERSON, Line, Organisation


class ImportPlan:
    """The rows of a table, each compared to what the platform holds and to the rows before it.

    An organisation is recognized by its SIRET, or else by its name and its commune; a person, by the email address. An
    empty cell changes nothing; networks are added, never removed. The accounts of the federations are never changed. A
    row that looks like an organisation or a person that exists already waits until somebody confirms it.
    """

    def __init__(self, env, rows, networks=None, confirmed=frozenset()):
        """
        :param odoo.api.Environment env: of the person who imports: his rights decide what is read, then written
        :param Iterable[tuple[int, dict[str, str]]] rows: the number of each row, and its cells by column
        :param collab.network | None networks: given to what is created, when its row has no network
        :param Collection[int] confirmed: the numbers of the doubtful rows that somebody confirmed
        """
        self.env = env
        self._default_network_ids = set(networks.ids) if networks else set()
        self.confirmed = confirmed
        self._organisations = KnownOrganisations(env)
        # The number of the first row that has this address, or this name.
        self._row_of_address, self._row_of_name = {}, {}
        lines, cells = [Line(number, cells) for number, cells in rows], CellReader(env)
        for line in lines:
            cells.convert(line)
        self._people = KnownPeople(env, {line.values.get("email") for line in lines} - {None})
        for line in lines:
            self._plan(line)
        self.lines = lines

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
                # The next rows that name this organisation wait for the same confirmation.
                organisation.doubt_row = line.number
            if not line.warnings or organisation.doubt_row:
                self._change_organisation(line, changes)
            self._organisations.add(organisation)
        if "email" in values:
            self._row_of_address[values["email"]] = line.number

    def _change_organisation(self, line, changes):
        organisation = line.organisation
        organisation.changes.update(changes)
        organisation.changed_by.update(dict.fromkeys(changes, line.number))
        organisation.values.update(changes)
        organisation.network_ids, organisation.territory_ids = line.scope

    def _scope_of(self, line, changes):
        """:return tuple[set[int], set[int]]: the networks and territories of the organisation, once it is applied"""
        organisation = line.organisation
        networks = organisation.network_ids | line.values.get("networks", set())
        if not {"city", "zip"} & changes.keys():
            return networks, organisation.territory_ids
        address = {**organisation.values, **changes}
        return networks, organisation.other_territory_ids | self._organisations.territory_ids(
            address.get("city"), address.get("zip")
        )

    def _doubt(self, line, reason, remedy):
        """Hold a row back because it looks like a mistake, until somebody confirms it.

        :param str reason: what looks like a mistake
        :param str remedy: what to do if it is one
        """
        if line.number in self.confirmed:
            line.notes.append(reason)
        else:
            line.warnings.append(" ".join((reason, remedy, self.env._("Otherwise, tick “Import anyway”."))))

    def _find_organisation(self, line):
        """:return tuple[Organisation | None, Place | None]: the known organisation that this row names, and where the
        row says that it is"""
        values = line.values
        siret, name = values.get("company_registry"), values.get("organisation")
        place = self._organisations.place(values.get("city"), values.get("zip"))
        if known := self._organisations.with_siret(siret):
            return known, place
        same_name = self._organisations.named(name)
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
        """The name exists, but in other cities: either the organisation has moved, or this is another one."""
        known = ", ".join(dict.fromkeys(o.place.shown for o in elsewhere))
        said = {"name": elsewhere[0].name, "known": known, "city": place.shown, "row": elsewhere[0].row}
        if elsewhere[0].row:
            where = self.env._("“%(name)s” is in %(known)s on line %(row)s, and in %(city)s here.", **said)
        else:
            where = self.env._("“%(name)s” is in %(known)s on the platform, and in %(city)s in the file.", **said)
        if "company_registry" in line.values:
            # A new SIRET does not prove that it is another organisation: one that moves gets a new SIRET.
            other = self.env._("If it has moved, correct its address on the platform.")
            self._doubt(line, where, other)
        else:
            what = self.env._(
                "If it is the same one, correct the city in your file, or its address on the platform. "
                "If it is another one, add its SIRET."
            )
            line.conflicts.append(f"{where} {what}")

    def _plan_look_alike(self, line, name, place, siret):
        """The name is very close to that of an organisation of the same city: probably a typing mistake."""
        for other in self._organisations.almost_named(name):
            both_sirets = siret and other.values.get("company_registry")
            apart = place and other.place and not other.lies_in(place)
            if other.is_open and not both_sirets and not apart:
                known = f"{other.name} ({other.place.shown})" if other.place else other.name
                alike_said = self.env._("“%(name)s” looks like “%(known)s”.", name=name, known=known)
                same = self.env._("If it is the same one, write this name in your file.")
                self._doubt(line, alike_said, same)
                return

    def _plan_organisation(self, line):
        """:return dict: the values of the organisation that change"""
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
            # The row gives the address of one of its sites: the address of the organisation does not change.
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
        """:return set[int]: the networks of what this row creates: those of the row, or else the default ones"""
        if not line.values.get("networks") and self._default_network_ids:
            line.values["networks"] = set(self._default_network_ids)
            names = ", ".join(self.env["collab.network"].browse(self._default_network_ids).mapped("name"))
            line.notes.append(self.env._("Networks of the file: %s.", names))
        return line.values.get("networks", set())

    def _tell_readers(self, line):
        """Add to the message what the people of a known organisation will start, or stop, reading."""
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
        """:return str | None: as ``_scope_change_sentence``, which takes records; here, sets of identifiers"""
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
                    # An organisation has one row for each of its people: when they disagree, the first one decides.
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
        if values["email"] in self._row_of_address:
            line.errors.append(
                self.env._(
                    "The address %(address)s is already on line %(row)s.",
                    address=values["email"],
                    row=self._row_of_address[values["email"]],
                )
            )
            return
        user = self._people.accounts.get(values["email"])
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
        if contact := self._people.contacts.get(values["email"]):
            if not self._same_name(contact, values):
                line.conflicts.append(self.env._("This address is already that of %s.", contact.name))
                return
            line.person["partner_id"] = contact.id
        self._plan_homonym(line)
        line.creations.append(
            self.env._("New member: %(first)s %(last)s.", first=values["firstname"], last=values["lastname"])
        )

    def _plan_homonym(self, line):
        """Hold the row back when somebody of the same name has an account, or is on a previous row."""
        values = line.values
        key = person_key(values["firstname"], values["lastname"])
        name = f"{values['firstname']} {values['lastname']}"
        if key in self._people.described_by_name:
            known = self.env._(
                "%(name)s has an account already (%(known)s).", name=name, known=self._people.described_by_name[key]
            )
            same = self.env._("If it is the same person, write the address of this account in your file.")
            self._doubt(line, known, same)
        elif key in self._row_of_name:
            row = self._row_of_name[key]
            known = self.env._("%(name)s is on line %(row)s too, with another address.", name=name, row=row)
            same = self.env._("If it is the same person, keep one line.")
            self._doubt(line, known, same)
        else:
            self._row_of_name[key] = line.number

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
        place = (
            self._organisations.place_of(organisation)
            if not isinstance(organisation, Organisation)
            else organisation.place
        )
        return f"{organisation.name} ({place.shown if place else '?'})"

    def _tell_person(self, line, person):
        """Add to the message what a known person will start, or stop, reading once he has moved."""
        organisation = line.organisation
        if organisation and organisation.record and organisation.record == person.parent_id:
            # He does not move: ``_tell_readers`` has counted him with the people of his organisation.
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
            territories = territories | self._organisations.territory_ids(city, zip_code) if moved else before[1]
        if sentence := self._sentence(*before, networks, territories):
            line.updates.append(self.env._("%(name)s: %(change)s", name=person.name, change=sentence))

    def _same_name(self, partner, values):
        return person_key(values["firstname"], values["lastname"]) == person_key(partner.name)

    # What is written

    def apply(self):
        """Write what was planned. Lines with an error, a conflict or a doubt write nothing.

        :return dict[int, res.users]: the account of each line that names a person, by its number
        """
        lines = [line for line in self.lines if line.state not in LEFT_ASIDE]
        self._apply_organisations(lines)
        return self._apply_people([line for line in lines if line.person is not None])

    def _apply_organisations(self, lines):
        organisations = list({id(line.organisation): line.organisation for line in lines if line.organisation}.values())
        new, known = ([o for o in organisations if bool(o.record) == is_known] for is_known in (False, True))
        # No change is tracked: a file of a thousand rows would write as many messages.
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
        # No invitation leaves now: an administrator sends them later, by a button.
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
