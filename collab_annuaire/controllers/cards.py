from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from odoo.addons.collab_contribution.controllers.forms import ITEM, Form, Forms
from odoo.addons.collab_habillage.paging import Paging, address_of
from odoo.addons.collab_habillage.saying import say
from odoo.addons.collab_reseaux.websites import host_of

from ..models.res_partner_card import LISTS, SITE_TEXTS, TEXTS

SHOWN = [
    *("name", "phone", "email", "website", "activities", "about", "city", "zip", "kind_ids", "network_ids"),
]
PLACE_SHOWN = [
    *("is_site", "name", "street", "street2", "zip", "city", "phone"),
    *("organisation_id", "latitude", "longitude", "is_approximate"),
]
PERSON_SHOWN = ["name", "firstname", "lastname", "function", "work_days", "has_photo"]
PEOPLE_A_PAGE = 20
PUBLISHED_SHOWN = 10
# The fields of the form of a card, and the names that they have there.
WORDS = {
    "name": "nom",
    "street": "rue",
    "street2": "complement",
    "zip": "code_postal",
    "city": "commune",
    "phone": "telephone",
    "email": "email",
    "website": "site",
    "activities": "activites",
    "about": "presentation",
    "kind_ids": "types",
    "network_ids": "reseaux",
    "territory_ids": "territoires",
}


class Cards(Forms, Controller):
    """The page of an organisation, the form that corrects it, and the page on which a referent says who works there."""

    def _read(self, number):
        """:return collab.organisation: one that the reader sees
        :raises NotFound: there is none"""
        shown = request.env["collab.organisation"].search_fetch([("id", "=", number)], SHOWN)
        if not shown:
            raise request.not_found()
        return shown

    def _read_as_referent(self, number):
        """:return tuple[collab.organisation, res.partner]: one of which the reader is a referent
        :raises NotFound: he is not"""
        shown = self._read(number)
        organisation = request.env["res.partner"].browse(shown.id)
        if not organisation._is_referent():
            raise request.not_found()
        return shown, organisation

    @route("/annuaire/structures/<int:organisation_id>", methods=["GET"], **ITEM)
    def organisation(self, organisation_id, page=1, **kw):
        shown, env = self._read(organisation_id), request.env
        organisation = env["res.partner"].browse(shown.id)
        address, Member = f"/annuaire/structures/{shown.id}", env["collab.member"]
        listed = [("organisation_id", "=", shown.id), ("is_listed", "=", True)]
        paging = Paging(page, Member.search_count(listed), PEOPLE_A_PAGE, lambda page: address_of(address, page=page))
        people = Member.search_fetch(listed, PERSON_SHOWN, offset=paging.offset, limit=PEOPLE_A_PAGE)
        kinds, networks = env["collab.organisation.kind"]._names(), env["collab.network"]._all_branding()
        places = env["collab.place"].search_fetch([("organisation_id", "=", shown.id)], PLACE_SHOWN)
        values = {
            "shown": shown,
            "kinds": [kinds[number] for number in shown.kind_ids.ids if number in kinds],
            "networks": [network for network in networks if network["id"] in shown.network_ids.ids],
            "places": places,
            "place_on_map": places.filtered("latitude")[:1],
            "people": people,
            "paging": paging,
            "published": env["collab.contents"]._published_by(organisation._all_accounts(), PUBLISHED_SHOWN),
            "is_referent": organisation._is_referent(),
            "is_managed": bool(env["res.partner"].search_count([("id", "=", shown.id), ("is_managed", "=", True)]))
            if env.user._has_role("moderator")
            else False,
            "waiting": env["collab.correction"]._waiting_of(organisation),
            "host_of": host_of,
        }
        return request.render("collab_annuaire.organisation", values)

    # Correcting it

    @route("/annuaire/structures/<int:organisation_id>/modifier", methods=["GET", "POST"], **ITEM)
    def correct(self, organisation_id, phrase="", jeton="", empreinte=None, **kw):
        """Correct the card, for a referent; propose to correct it, for anybody else."""
        shown = self._read(organisation_id)
        organisation, form = request.env["res.partner"].browse(shown.id), Form("corriger")
        is_referent = organisation._is_referent()
        if request.httprequest.method == "POST":
            form, typed = self._read_card(organisation, phrase, jeton, kw)
            act, kept = organisation._update_as_referent if is_referent else organisation._suggest, []
            form.send(lambda: kept.append(act(typed, phrase)), organisation, empreinte)
            if not form.refusal:
                # Nothing, when the form had been received already.
                for correction in kept:
                    self._say_kept(correction, is_referent, form)
                return request.redirect(f"/annuaire/structures/{shown.id}")
        return self._render_card(shown, organisation, form, is_referent)

    def _read_card(self, organisation, note, token, sent):
        """:return tuple[Form, dict]: what was typed: as the page shows it again, and as ``res.partner`` reads it"""
        sites = [str(site) for site in organisation._card()["sites"]]
        own = {name: sent[WORDS[name]] for name in TEXTS if WORDS[name] in sent}
        own |= {name: self._ticked(WORDS[name]) for name in LISTS if f"{WORDS[name]}-la" in sent}
        typed = {
            "own": own,
            "sites": {
                number: {
                    name: sent[f"lieu-{number}-{WORDS[name]}"]
                    for name in SITE_TEXTS
                    if f"lieu-{number}-{WORDS[name]}" in sent
                }
                for number in sites
            },
            "removed": self._ticked("parti"),
            "added": [{name: sent.get(f"nouveau-{WORDS[name]}", "") for name in SITE_TEXTS}],
        }
        values = {**own, "note": note, "removed": [str(number) for number in typed["removed"]]}
        for number, facts in typed["sites"].items():
            values |= {f"site-{number}-{name}": text for name, text in facts.items()}
        values |= {f"added-{name}": text for name, text in typed["added"][0].items()}
        return Form("corriger", values, token), typed

    def _say_kept(self, correction, is_referent, form):
        """:param collab.correction correction: what waits for a moderator, if anything"""
        env = request.env
        if is_referent and correction:
            said = env._("Card changed. A moderator still has to accept this: %s.", correction.summary)
        elif is_referent:
            said = env._("Card changed.")
        elif correction:
            said = env._("Correction proposed. A moderator looks at it, and you are told.")
        else:
            said = env._("Nothing differs from the card: nothing is proposed.")
        say(said, received=form.sent_token)

    def _render_card(self, shown, organisation, form, is_referent):
        card, waiting = organisation._card(), request.env["collab.correction"]._waiting_of(organisation)
        saved = self._flat(card)
        if form.field == "stamp":
            form.differences = self._differences(organisation, form, saved)
        # The form opens on what its author has proposed already.
        opened = self._overlaid(saved, waiting)
        choices = organisation._choices()
        for name in LISTS:
            known = set(choices[name])
            kept = [number for number in card["own"][name] if number not in known]
            choices[name] |= {number: organisation._say_fact(name, [number]) for number in kept}
        values = {
            "shown": shown,
            "form": form,
            "card": card,
            "saved": opened,
            "choices": choices,
            "waiting": waiting,
            "is_referent": is_referent,
            "stamp": organisation._stamp(),
            "labels": organisation._card_labels(),
        }
        return request.render("collab_annuaire.correct", values)

    def _flat(self, card):
        """:return dict: what a form shows of a card, by field"""
        flat = {**card["own"], "note": "", "removed": []}
        for number, facts in card["sites"].items():
            flat |= {f"site-{number}-{name}": text for name, text in facts.items()}
        return flat | {f"added-{name}": "" for name in SITE_TEXTS}

    def _overlaid(self, saved, waiting):
        """:param collab.correction waiting: what the reader has proposed, if anything
        :return dict: what a form opens on"""
        if not waiting:
            return saved
        changes, opened = waiting.changes, {**saved, "note": waiting.note or ""}
        opened |= {name: after for name, (_before, after) in changes["own"].items()}
        for number, facts in changes["sites"].items():
            if "active" in facts:
                opened["removed"] = [*opened["removed"], number]
            else:
                opened |= {f"site-{number}-{name}": after for name, (_before, after) in facts.items()}
        for facts in changes["added"][:1]:
            opened |= {f"added-{name}": text for name, text in facts.items()}
        return opened

    def _differences(self, organisation, form, saved):
        """:return list[tuple[str, str]]: label and text of what is saved now, where the form says something else"""
        labels, rows = organisation._card_labels(), []
        for name, value in saved.items():
            if name in form.values and name not in ("note", "removed") and form.values[name] != value:
                field = name.rpartition("-")[2]
                rows.append((labels[field], organisation._say_fact(field, value) or "—"))
        return rows

    # Who works there

    @route("/annuaire/structures/<int:organisation_id>/equipe", methods=["GET", "POST"], **ITEM)
    def team(self, organisation_id, sur="", **kw):
        """Ask a referent who still works there; before an account is closed, say what that does."""
        shown, organisation = self._read_as_referent(organisation_id)
        team, left, error = organisation._team(), [], None
        if request.httprequest.method == "POST":
            # Somebody who has come since the page was opened is not one of those who were unticked.
            gone = {*self._ticked("vus")} - {*self._ticked("la")}
            left = [person for person in team if person["id"] in gone and not person["stays"]]
            if not left or sur:
                try:
                    organisation._confirm_team([person["id"] for person in left])
                    self._say_confirmed(len(team) - len(left), [person["name"] for person in left])
                    return request.redirect(f"/annuaire/structures/{shown.id}")
                except UserError as refusal:
                    request.env.cr.rollback()
                    error = str(refusal)
        # sudo: when he, or another referent, said it last
        confirmed = organisation.sudo().team_confirmed_date
        values = {"shown": shown, "team": team, "left": left, "error": error, "confirmed": confirmed}
        if not left or error:
            return request.render("collab_annuaire.team", values)
        title = request.env._("Close %s accounts?", len(left))
        if len(left) == 1:
            title = request.env._("Close the account of %s?", left[0]["name"])
        return request.render("collab_annuaire.team_left", {**values, "title": title})

    def _say_confirmed(self, number, names):
        env = request.env
        if len(names) == 1:
            said = env._("Thank you. The account of %s is closed.", names[0])
        elif names:
            said = env._("Thank you. The accounts of %s are closed.", env["res.partner"]._some_names(names))
        elif number == 1:
            said = env._("Thank you: 1 person is still there.")
        else:
            said = env._("Thank you: %s people are still there.", number)
        say(said)
