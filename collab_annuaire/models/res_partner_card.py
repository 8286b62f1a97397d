import json

from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command

from odoo.addons.collab_reseaux.addresses import read_address
from odoo.addons.collab_reseaux.models.res_partner_organisation import ABOUT_MAX, ACTIVITIES_MAX
from odoo.addons.collab_reseaux.phones import read_phone
from odoo.addons.collab_reseaux.refusals import beside
from odoo.addons.collab_reseaux.websites import read_website

ADDRESS = ("street", "street2", "zip", "city")
SITE_ADDRESS = ("street", "zip", "city")
TEXTS = ("name", *ADDRESS, "phone", "email", "website", "activities", "about")
LISTS = ("kind_ids", "network_ids", "territory_ids")
SITE_TEXTS = ("name", *SITE_ADDRESS, "phone")
# What a referent writes at once: it decides nobody's scope. So does an address that stays in its commune.
OWN = frozenset({"phone", "email", "website", "activities", "about", "kind_ids"})
SITE_OWN = frozenset({"name", "phone"})
LINE_MAX = 200
SITES_ADDED_MAX = 5


class ResPartner(models.Model):
    """The card of an organisation: what its referents correct, and what any member proposes to correct.

    What differs from the card is kept as ``changes``, which a moderator may accept later::

        {"own": {field: [before, after]}, "sites": {"<number>": {field: [before, after]}}, "added": [{field: value}]}

    A text is a string, empty for nothing; a list is made of numbers. A site that is gone has ``active`` changed.
    """

    _inherit = "res.partner"

    def _card(self):
        """:return dict: in ``own`` and, by number, in ``sites``, what is saved of this organisation, which every member
        sees"""
        # sudo: the facts that its page shows
        organisation = self.sudo()
        return {
            "own": {
                **{name: organisation[name] or "" for name in TEXTS},
                **{name: sorted(organisation[name].ids) for name in LISTS},
            },
            "sites": {str(site.id): {name: site[name] or "" for name in SITE_TEXTS} for site in organisation.site_ids},
        }

    def _stamped(self):
        # sudo: only whether it is an organisation
        if not self.sudo().is_company:
            return super()._stamped()
        return [json.dumps(self._card(), sort_keys=True)]

    # Writing it

    def _update_as_referent(self, typed, note=""):
        """Save what a referent corrects: at once what decides no scope, and the rest once a moderator accepts it.

        :param dict typed: as ``_changes_asked``
        :param str note: for the moderator
        :return collab.correction: what waits; empty when nothing does
        :raises AccessError: the current user is not a referent of this organisation, or is suspended
        :raises ValidationError: says what is wrong, and beside which field
        """
        self._check_referent()
        self._check_shown()
        self.env.user._check_may_write()
        now, later = self._parted(self._changes_asked(typed))
        # sudo: members write no organisation, but these fields of that of which they are referents
        self.sudo()._apply_changes(now)
        return self.env["collab.correction"]._keep(self, later, note)

    def _suggest(self, typed, note=""):
        """Propose to correct the card of this organisation.

        :param dict typed: as ``_changes_asked``
        :param str note: what no field says
        :return collab.correction: what waits; empty when nothing differs
        :raises AccessError: the current user is suspended
        :raises ValidationError: says what is wrong, and beside which field
        """
        self._check_shown()
        self.env.user._check_may_write()
        return self.env["collab.correction"]._keep(self, self._changes_asked(typed), note)

    def _parted(self, changes):
        """:param dict changes: asked by a referent
        :return tuple[dict, dict]: those that are made at once, and those that wait for a moderator"""
        now, later = self._no_changes(), self._no_changes()
        # sudo: its own communes, to compare
        places = {"own": self.sudo(), **{str(site.id): site for site in self.sudo().site_ids}}

        def part(place, facts, own, address):
            free = own | set(address) if self._stays_in_commune(places[place], facts) else own
            at_once = {name: both for name, both in facts.items() if name in free}
            return at_once, {name: both for name, both in facts.items() if name not in free}

        now["own"], later["own"] = part("own", changes["own"], OWN, ADDRESS)
        for number, facts in changes["sites"].items():
            for where, kept in zip((now, later), part(number, facts, SITE_OWN, SITE_ADDRESS), strict=True):
                if kept:
                    where["sites"][number] = kept
        later["added"] = changes["added"]
        return now, later

    @api.model
    def _stays_in_commune(self, place, facts):
        """:param res.partner place: an organisation or a site, in sudo
        :param dict facts: what changes there
        :return bool: these changes leave its address in the same commune, hence its territory as it is"""
        if not facts.keys() & {"zip", "city"}:
            return True
        city, code = (facts.get(name, [None, place[name]])[1] for name in ("city", "zip"))
        commune = place.env["collab.commune"]._match(city, code)
        return bool(commune) and commune == place.commune_id

    def _apply_changes(self, changes):
        """Write these changes, with the rights of the current user.

        :param dict changes:
        :raises AccessError: they are not all his to make
        :raises ValidationError: the model refuses one of them
        """
        if changes["own"]:
            self.write({name: self._as_written(name, after) for name, (_before, after) in changes["own"].items()})
        for number, facts in changes["sites"].items():
            # sudo: only to know whose site it is, and whether it is still there
            site = self.browse(int(number)).sudo().exists()
            if not site.active or site.parent_id != self.sudo() or site.type != "site":
                continue
            site = site.with_env(self.env)
            if "active" in facts:
                site.check_access("write")
                # sudo: clients may not write this field; whoever may change this site has accepted that it is gone
                site.sudo().active = False
            else:
                site.write({name: after for name, (_before, after) in facts.items()})
        for facts in changes["added"]:
            self.create({**facts, "type": "site", "parent_id": self.id})

    @api.model
    def _as_written(self, name, value):
        return [Command.set(value)] if name in LISTS else value

    # Reading what was typed

    @api.model
    def _no_changes(self):
        return {"own": {}, "sites": {}, "added": []}

    def _changes_asked(self, typed):
        """Compare what somebody has typed to the card.

        :param dict typed: in ``own``, values by field; in ``sites``, the same by number of the site; in ``removed``,
            numbers of those that are gone; in ``added``, values of new ones. What is left out stays.
        :return dict: ``changes``
        :raises ValidationError: says what is wrong, and beside which field (``site-3-city``, ``added-city``)
        """
        card, changes = self._card(), self._no_changes()
        own = {name: self._read_fact(name, value, name) for name, value in typed.get("own", {}).items()}
        if "name" in own and not own["name"]:
            raise beside("name", ValidationError(self.env._("Type the name of the organisation.")))
        for name in own.keys() & set(LISTS):
            self._check_choice(name, own[name], card["own"][name])
        changes["own"] = self._differing(card["own"], own)
        removed = {str(number) for number in typed.get("removed", ())}
        for number, facts in typed.get("sites", {}).items():
            number = str(number)
            if number not in card["sites"]:
                continue
            if number in removed:
                changes["sites"][number] = {"active": [True, False]}
                continue
            read = {name: self._read_site_fact(name, value, f"site-{number}") for name, value in facts.items()}
            if differing := self._differing(card["sites"][number], read):
                changes["sites"][number] = differing
        for facts in typed.get("added", ())[:SITES_ADDED_MAX]:
            read = {name: self._read_site_fact(name, value, "added") for name, value in facts.items()}
            if any(read.values()):
                if not read.get("name"):
                    raise beside("added-name", ValidationError(self.env._("Give this site a name.")))
                if not read.get("city"):
                    raise beside("added-city", ValidationError(self.env._("Say in which commune this site is.")))
                changes["added"].append({name: value for name, value in read.items() if value})
        return changes

    @api.model
    def _differing(self, saved, read):
        return {name: [saved[name], value] for name, value in read.items() if value != saved[name]}

    @api.model
    def _read_site_fact(self, name, value, where):
        """:param str where: of which site, in the name of the field of a form"""
        if name not in SITE_TEXTS:
            raise AccessError(self.env._("This is not yours to write: %s.", name))
        if name == "name" and where != "added" and not value.strip():
            raise beside(f"{where}-name", ValidationError(self.env._("Give this site a name.")))
        return self._read_fact(name, value, f"{where}-{name}")

    @api.model
    def _read_fact(self, name, value, field):
        """:param str name: of a field of the card
        :param str | list[int] value: as it was typed, or ticked
        :param str field: its name in the form
        :return str | list[int]: as it is kept
        :raises ValidationError: says what is wrong with it"""
        if name in LISTS:
            return sorted(set(value))
        if name not in TEXTS:
            raise AccessError(self.env._("This is not yours to write: %s.", name))
        text = value.replace("\0", "").replace("\r\n", "\n").strip()
        if name != "about":
            text = " ".join(text.split())
        limit = {"about": ABOUT_MAX, "activities": ACTIVITIES_MAX}.get(name, LINE_MAX)
        try:
            if len(text) > limit:
                raise ValidationError(
                    self.env._("%(limit)s characters at most: this has %(count)s.", limit=limit, count=len(text))
                )
            readers = {"phone": read_phone, "email": read_address, "website": read_website}
            return (readers[name](self.env, text) if name in readers and text else text) or ""
        except ValidationError as refusal:
            raise beside(field, refusal) from None

    def _check_choice(self, name, chosen, saved):
        """:raises ValidationError: what is chosen in a list is not offered"""
        offered = set(self._choices()[name])
        if set(chosen) - offered - set(saved) or (name == "network_ids" and not chosen and saved):
            said = self.env._("This choice does not exist any more: choose again.")
            if not chosen:
                said = self.env._("Leave at least one network.")
            raise beside(name, ValidationError(said))

    @api.model
    def _choices(self):
        """:return dict[str, dict[int, str]]: by field of LISTS, what a form offers, by number, in order"""
        # sudo: networks and geography are public
        platform = self.env(su=True, context={**self.env.context, "active_test": True})
        territories = platform["collab.territory"].search([("kind", "!=", "region")])
        networks = platform["collab.network"].search([])  # pylint: disable=no-search-all  # some three of them
        return {
            "kind_ids": self.env["collab.organisation.kind"]._labels(),
            "network_ids": {network.id: network.name for network in networks},
            "territory_ids": {territory.id: territory.display_name for territory in territories},
        }

    # Saying it

    @api.model
    def _card_labels(self):
        """:return dict[str, str]: by field of the card, its name for members, who never see those of the screens"""
        return {
            "name": self.env._("Name"),
            "street": self.env._("Number and street"),
            "street2": self.env._("Building, floor"),
            "zip": self.env._("Postal code"),
            "city": self.env._("Commune"),
            "phone": self.env._("Phone"),
            "email": self.env._("E-mail"),
            "website": self.env._("Website"),
            "activities": self.env._("What it does"),
            "about": self.env._("Presentation"),
            "kind_ids": self.env._("Types"),
            "network_ids": self.env._("Networks"),
            "territory_ids": self.env._("Other territories"),
        }

    def _changed_rows(self, changes):
        """
        :param dict changes:
        :return list[dict]: in words, one for each fact: ``label``; ``before``, when it was proposed; ``now``;
            ``after``; ``is_stale``, it has been changed since
        """
        card, rows = self._card(), []
        labels = self._card_labels()

        def row(label, name, before, now, after):
            said = [self._say_fact(name, value) for value in (before, now, after)]
            stale = now not in (before, after)
            rows.append({"label": label, **dict(zip(("before", "now", "after"), said, strict=True)), "is_stale": stale})

        for name, (before, after) in changes["own"].items():
            row(labels[name], name, before, card["own"][name], after)
        for number, facts in changes["sites"].items():
            site = card["sites"].get(number)
            # sudo: the name of a site, which its page shows, or has shown
            title = site["name"] if site else self.sudo().browse(int(number)).exists().name or ""
            there, gone = self.env._("is there"), self.env._("does not exist any more")
            for name, (before, after) in facts.items():
                label = self.env._("Site “%s”", title)
                if name == "active":
                    said = {"before": there, "now": there if site else gone, "after": gone}
                    rows.append({"label": label, **said, "is_stale": False})
                else:
                    row(f"{label}, {labels[name]}", name, before, site[name] if site else "", after)
        for facts in changes["added"]:
            said = ", ".join(filter(None, (facts.get(name) for name in SITE_TEXTS)))
            rows.append({"label": self.env._("New site"), "before": "", "now": "", "after": said, "is_stale": False})
        return rows

    @api.model
    def _say_fact(self, name, value):
        """:return str: a value of the card, for its reader"""
        if name == "kind_ids":
            names = self.env["collab.organisation.kind"]._names()
            return ", ".join(names[number] for number in value if number in names)
        if name in LISTS:
            # sudo: networks and geography are public
            known = self.sudo().env[self._fields[name].comodel_name].with_context(active_test=False)
            return ", ".join(known.browse(value).exists().mapped("display_name"))
        return value
