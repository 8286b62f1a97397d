"""What the platform already knows, to which the rows of a table are compared."""

import re
from collections import defaultdict

from ..calls import ROLES
from .comparing import alike, comparable, essence, person_key
from .rows import ADDRESS, Organisation, Place


class KnownOrganisations:
    """The organisations of the platform, and those that the rows read so far would create."""

    def __init__(self, env):
        """:param odoo.api.Environment env: of the person who imports: his rights decide what is found"""
        self.env = env
        self._places = {}
        self._by_siret, self._by_name, self._by_length = {}, {}, defaultdict(list)
        for organisation in self._read_all():
            self.add(organisation)

    def _read_all(self):
        Partner = self.env["res.partner"].with_context(active_test=False)
        of_odoo = Partner._of_odoo()
        found = Partner.search([("is_company", "=", True), ("id", "not in", of_odoo.ids)], order="active desc, id")
        for partner in found:
            values = {name: partner[name] or "" for name in ("company_registry", "website", *ADDRESS)}
            sites = [place for site in partner.site_ids if (place := self.place_of(site))]
            others = partner.territory_ids | partner.site_ids.commune_id.territory_id
            yield Organisation(
                partner,
                partner.name,
                values,
                set(partner.network_ids.ids),
                self.place_of(partner),
                sites,
                set(others.ids),
                set(partner.scope_territory_ids.ids),
            )

    def place_of(self, partner):
        """:return Place | None: where this contact is; None when its address has no city"""
        return self._make_place(partner.commune_id, partner.city)

    def place(self, city, zip_code):
        """:return Place | None: where this address is; None when it has no city"""
        if (city, zip_code) not in self._places:
            commune = self.env["collab.commune"]._match(city, zip_code)
            self._places[city, zip_code] = self._make_place(commune, city)
        return self._places[city, zip_code]

    def _make_place(self, commune, city):
        names = frozenset({commune.match_name, self.env["collab.commune"]._normalize(city)} - {False, ""})
        return Place(commune.id or None, names, commune.name or city) if names else None

    def add(self, organisation):
        """Let the next rows find this organisation, by its current name and SIRET."""
        known = self._by_name.setdefault(comparable(organisation.name), [])
        if organisation not in known:
            known.append(organisation)
            key = essence(organisation.name)
            self._by_length[len(key)].append((key, organisation))
        if siret := organisation.values.get("company_registry"):
            self._by_siret.setdefault(re.sub(r"\D", "", siret), organisation)

    def with_siret(self, siret):
        """:return Organisation | None: the one that has this SIRET"""
        return self._by_siret.get(siret)

    def named(self, name):
        """:return list[Organisation]: those that have this name, whatever its accents, capitals and punctuation"""
        return self._by_name.get(comparable(name), []) if name else []

    def almost_named(self, name):
        """:return Iterator[Organisation]: those whose name differs by small words, a plural or a letter at most"""
        key = essence(name)
        near = (pair for length in (len(key) - 1, len(key), len(key) + 1) for pair in self._by_length[length])
        return (organisation for other_key, organisation in near if alike(key, other_key))

    def territory_ids(self, city, zip_code):
        """:return set[int]: the territory of the commune of this address; empty when the commune is unknown"""
        place = self.place(city, zip_code)
        commune_ids = [place.commune_id] if place and place.commune_id else []
        return set(self.env["collab.commune"].browse(commune_ids).territory_id.ids)


class KnownPeople:
    """The accounts and contacts that have an address of the table, and the names of all accounts."""

    def __init__(self, env, addresses):
        """
        :param odoo.api.Environment env: of the person who imports: his rights decide what is found
        :param Iterable[str] addresses: the email addresses of the rows
        """
        self.env = env
        self.accounts, self.contacts = self._by_address(list(addresses))
        self.described_by_name = self._describe_accounts()

    def _by_address(self, addresses):
        """:return tuple[dict, dict]: by address, the accounts, then the contacts that have no account"""
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

    def _describe_accounts(self):
        """:return dict[str, str]: for each account, by ``person_key``: its address, and its organisation"""
        groups = [self.env.ref(f"collab_reseaux.group_{role}").id for role in ROLES]
        users = self.env["res.users"].with_context(active_test=False)
        names = {}
        for user in users.search_fetch([("all_group_ids", "in", groups)], ["name", "login", "parent_id"]):
            employer = user.parent_id.name
            names[person_key(user.name)] = f"{user.login}, {employer}" if employer else user.login
        return names
