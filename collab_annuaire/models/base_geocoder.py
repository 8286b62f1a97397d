import logging
import time
from typing import NamedTuple

import requests

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.collab_reseaux.models.res_partner_pin import REGION_BOX

_logger = logging.getLogger(__name__)

# The search of the French address service: which addresses look like this one, and how much.
SERVICE = "https://data.geopf.fr/geocodage/search"
# It accepts fifty requests a second from one address; we are not in a hurry.
SECONDS_BETWEEN = 0.1
TIMEOUT_SECONDS = 10
# Asked to wait, we do so once or twice; then the job comes back later.
RETRIES, RETRY_MAX_SECONDS = 2, 5
ADDRESSES_A_RUN = 200
# An address may make the service fail. When it fails on three in a row, the service itself does not work.
FAILURES_IN_A_ROW = 3
SCORE_MIN = 0.5
# What it answers when it knows the commune alone, which we know too.
NO_ADDRESS = frozenset({"municipality"})


class Answer(NamedTuple):
    """Where the service says that an address is."""

    latitude: float
    longitude: float
    score: float  # how sure it is, from 0 to 1
    label: str  # the address, as it writes it
    kind: str  # housenumber, street, locality or municipality


class ServiceAway(Exception):
    """The service does not answer, or not as it should: this tells nothing about the address."""


class BaseGeocoder(models.AbstractModel):
    """One provider: the French address service, once an administrator has turned it on. Those of core are closed: a
    public server that is not ours to use so, and one that follows people."""

    _inherit = "base.geocoder"

    @api.model
    def _is_on(self):
        """:return bool: an administrator has turned the service of addresses on"""
        # sudo: a setting
        return bool(self.env["ir.config_parameter"].sudo().get_param("collab_annuaire.geocoder"))

    @api.model
    def _get_provider(self):
        return self.env.ref("collab_annuaire.geo_provider_geoplateforme")

    @api.model
    def _call_openstreetmap(self, addr, **kw):
        raise UserError(self.env._("This service of addresses is not used here."))

    @api.model
    def _call_openstreetmap_reverse(self, lat, lon):
        raise UserError(self.env._("This service of addresses is not used here."))

    @api.model
    def _call_googlemap(self, addr, **kw):
        raise UserError(self.env._("This service of addresses is not used here."))

    @api.model
    def _call_geoplateforme(self, addr, **kw):
        """As core's providers.

        :return tuple[float, float] | None: latitude and longitude
        :raises UserError: it is off, or does not answer
        """
        try:
            answer = self._ask_geoplateforme(addr)
        except ServiceAway as error:
            raise UserError(self.env._("The service of addresses does not answer: try again later.")) from error
        is_sure = answer and answer.score >= self._score_min()
        return (answer.latitude, answer.longitude) if is_sure else None

    @api.model
    def _score_min(self):
        """:return float: below, somebody places the organisation by hand"""
        # sudo: a setting of the operator
        return float(self.env["ir.config_parameter"].sudo().get_param("collab_annuaire.geocoder_score_min", SCORE_MIN))

    @api.model
    def _ask_geoplateforme(self, address, commune_code=None):
        """
        :param str address: street and town
        :param str | None commune_code: INSEE code of the only commune where it is looked for
        :return Answer | None: the best one; None: it knows none
        :raises UserError: an administrator has not turned it on
        :raises ServiceAway: it does not answer as it should
        """
        if not self._is_on():
            raise UserError(self.env._("The service of addresses is turned off, in the settings."))
        # sudo: a setting of the operator
        url = self.env["ir.config_parameter"].sudo().get_param("collab_annuaire.geocoder_url", SERVICE)
        asked = {"q": address, "limit": 1, "autocomplete": 0, "index": "address"}
        if commune_code:
            asked["citycode"] = commune_code
        for attempt in range(RETRIES + 1):
            try:
                response = requests.get(url, asked, timeout=TIMEOUT_SECONDS, allow_redirects=False)
            except requests.RequestException as error:
                raise ServiceAway(str(error)) from error
            if response.status_code != requests.codes.too_many_requests or attempt == RETRIES:
                break
            time.sleep(self._pause_asked(response))
        # It answers so to what it cannot read: an address of two letters, for example.
        if response.status_code == requests.codes.bad_request:
            return None
        if response.status_code != requests.codes.ok:
            raise ServiceAway(f"HTTP {response.status_code}")
        return self._read_answer(response)

    @api.model
    def _pause_asked(self, response):
        """:return float: how many seconds to wait before asking again"""
        asked = response.headers.get("Retry-After", "")
        return min(int(asked) if asked.isdecimal() else 1, RETRY_MAX_SECONDS)

    @api.model
    def _read_answer(self, response):
        """:return Answer | None:
        :raises ServiceAway: it is not an answer of this service"""
        try:
            found = response.json()["features"]
            if not found:
                return None
            said = found[0]["properties"]
            # GeoJSON says the longitude first.
            longitude, latitude = found[0]["geometry"]["coordinates"][:2]
            answer = Answer(float(latitude), float(longitude), float(said["score"]), said["label"], said["type"])
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise ServiceAway(f"not understood: {error!r}") from error
        south, west, north, east = REGION_BOX
        if not (south <= answer.latitude <= north and west <= answer.longitude <= east):
            return None
        return answer

    # The job

    @api.model
    def _waiting_domain(self):
        """:return Domain: the organisations and sites whose present address has not been asked about"""
        partners = self.env["res.partner"]
        asked = Domain("pin_asked_date", "=", False) & Domain("pin_source", "=", False)
        known = Domain("street", "not in", (False, "")) & Domain("commune_id", "!=", False)
        return partners._placed_domain() & asked & known

    @api.model
    def _place_waiting(self):
        """Ask about the addresses of organisations, never of people, and keep what is answered. The job may be stopped
        at any line, and run again: each answer is kept as it comes."""
        if not self._is_on():
            return
        progress = self.env["ir.cron"]._commit_progress
        # Those on which it has just failed come last.
        waiting = self.env["res.partner"].search(self._waiting_domain(), order="pin_failures, id")
        progress(0, remaining=len(waiting))
        failures = 0
        for place in waiting[:ADDRESSES_A_RUN]:
            started = time.monotonic()
            if self._place(place):
                failures = 0
                self._note_state(is_away=False)
            else:
                failures += 1
            if failures == FAILURES_IN_A_ROW:
                self._note_state(is_away=True)
                # Nothing remains for now: the job would otherwise begin again at once.
                progress(1, remaining=0)
                break
            if not progress(1):
                break
            time.sleep(max(0, started + SECONDS_BETWEEN - time.monotonic()))

    @api.model
    def _place(self, place):
        """
        :param res.partner place: an organisation, or a site of one
        :return bool: the service has answered
        """
        commune = place.commune_id
        try:
            answer = self._ask_geoplateforme(f"{place.street} {commune.name}", commune.code)
        except ServiceAway as error:
            _logger.info("The service of addresses has failed on %s: %s", place.id, error)
            place.pin_failures += 1
            return False
        now = fields.Datetime.now()
        if answer and answer.kind not in NO_ADDRESS and answer.score >= self._score_min():
            found = {"pin_score": answer.score, "pin_label": answer.label}
            place._set_pin("service", answer.latitude, answer.longitude, **found)
        elif answer:
            place.write({"pin_score": answer.score, "pin_label": answer.label})
        place.write({"pin_asked_date": now, "pin_failures": 0})
        return True

    @api.model
    def _note_state(self, is_away):
        """Remember since when the service does not answer: the first page of the federations says it."""
        parameters, name = self.env["ir.config_parameter"].sudo(), "collab_annuaire.geocoder_away"  # sudo: as above
        if is_away != bool(parameters.get_param(name)):
            parameters.set_param(name, is_away and fields.Datetime.to_string(fields.Datetime.now()))
