from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain


class Reach(NamedTuple):
    """Whom a record reaches: its own audience, and those of what it lies in, which close it further."""

    audience: int
    around: frozenset


class CollabAudienceMixin(models.AbstractModel):
    """Networks × territories to which a record is addressed; empty stands for everyone."""

    _name = "collab.audience.mixin"
    _inherit = "collab.access.mixin"
    _description = "Audience"
    # The field that says whose record it is: he reads it, whatever its audience.
    _audience_owner = "create_uid"
    # The fields that decide whom a record reaches.
    _audience_fields = frozenset({"audience_network_ids", "audience_territory_ids"})

    # Those that are archived included: without them, what was addressed to them would be addressed to everyone.
    audience_network_ids = fields.Many2many("collab.network", string="For the networks", context={"active_test": False})
    audience_territory_ids = fields.Many2many(
        "collab.territory", string="For the territories", context={"active_test": False}
    )
    audience_id = fields.Many2one(
        "collab.audience",
        compute="_compute_audience_id",
        store=True,
        # Known before the row is there, for whoever searches it in the same transaction.
        precompute=True,
        index=True,
        ondelete="restrict",
        compute_sudo=True,
        help="The two above as one value, which is what rules compare.",
    )

    @api.model
    def _audience_domain(self):
        return self._audience_terms()

    @api.model
    def _readable_domain(self):
        """Build this domain once in a transaction: a page asks for it at each of its searches, and the ORM takes longer
        to prepare it than PostgreSQL to answer.

        What the reader may read is decided anew each time (``_audience_scope``); what follows from it holds until
        something else is decided, or the caches of the registry are emptied: a role, an audience, a folder has changed.
        Hence a domain of these records compares columns with values, and asks for nothing else.
        """
        scope, age = self.env.user._audience_scope(), self.env["collab.audience"]._age()
        known = self.env.cr.cache.setdefault("collab_readable_domains", {})
        key = self._name, self.env.uid, self.env.su
        if key not in known or known[key][:2] != (scope, age):
            known[key] = scope, age, self._audience_domain().optimize_full(self)
        return known[key][2]

    @api.model
    def _audience_terms(self):
        """:return Domain: the records that the current user may read, each taken alone"""
        addressed = self._addressed_domain()
        if addressed.is_true() or addressed.is_false():
            return addressed
        return addressed | Domain(self._audience_owner, "=", self.env.uid)

    @api.model
    def _addressed_domain(self):
        """:return Domain: the records that are addressed to the current user, whoever has written them"""
        scope = self.env.user._audience_scope()
        if scope is None:
            return Domain.FALSE
        if scope.network_ids is None and scope.territory_ids is None:
            return Domain.TRUE
        return Domain("audience_id", "in", self.env["collab.audience"]._visible_ids(scope))

    def _addressed(self):
        """:return: those of these records that are addressed to the current user"""
        return self.filtered_domain(self._addressed_domain())

    @api.depends("audience_network_ids", "audience_territory_ids")
    def _compute_audience_id(self):
        Audience = self.env["collab.audience"]
        for record in self:
            chosen = [record.audience_network_ids.ids, record.audience_territory_ids.ids]
            if record.audience_id:
                # What was addressed to nothing but what is no more stays so: without any choice, it would be for all.
                for side, (was, known) in enumerate(
                    zip(Audience._sides(record.audience_id.id), Audience._known(), strict=True)
                ):
                    chosen[side] = chosen[side] or (was if was.isdisjoint(known) else ())
            record.audience_id = Audience._of(*chosen)

    @api.depends("audience_id")
    def _compute_audience_visible(self):
        return super()._compute_audience_visible()

    @api.model
    def default_get(self, fields):
        # Nobody chooses it, in the context either.
        return super().default_get([name for name in fields if name != "audience_id"])

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_audience_id(vals_list)
        records = super().create(vals_list)
        for record in records:
            record._check_addressed(Reach(False, frozenset()))
        return records

    def write(self, vals):
        self._refuse_audience_id([vals])
        if not vals.keys() & self._audience_fields:
            return super().write(vals)
        before = {record: record._reach() for record in self}
        result = super().write(vals)
        for record, reach in before.items():
            if record._reach() != reach:
                record._check_addressed(reach)
                record._check_shared(reach)
                record._check_stays_closed(reach)
        return result

    @api.model
    def _refuse_audience_id(self, vals_list):
        if any("audience_id" in vals for vals in vals_list):
            raise AccessError(self.env._("An audience is made of networks and territories: choose these."))

    def _reach(self):
        """:return Reach: whom this record reaches now"""
        # sudo: compared, and not told
        return Reach(self.sudo().audience_id.id, self.sudo()._audiences_around())

    def _audiences_around(self):
        """:return frozenset[int]: the audiences of what this record lies in, everyone left out"""
        return frozenset()

    def _check_addressed(self, before):
        """An author addresses everyone, or whom he belongs to; what others have added besides may stay.

        :param Reach before: what was checked already
        :raises ValidationError: he is no part of a network, or of a territory, that has been added
        """
        sides = self.env["collab.audience"]._sides(before.audience) if before.audience else ((), ())
        # sudo: what has been chosen, whoever reads it now
        chosen = self.sudo().audience_network_ids, self.sudo().audience_territory_ids
        foreign = [
            name
            for side, allowed, known in zip(chosen, self.env.user._audience_choices(), sides, strict=True)
            for name in (side - allowed).filtered(lambda one, known=known: one.id not in known).mapped("display_name")
        ]
        if foreign:
            raise ValidationError(
                self.env._(
                    "You cannot address %(names)s: choose among your own networks and territories, or everyone.",
                    names=", ".join(foreign),
                )
            )

    def _check_shared(self, before):
        """What other networks read too is widened, or narrowed, by an administrator; its author may narrow it.

        :param Reach before: whom this record reached
        :raises ValidationError: this is for an administrator to decide
        """
        if self.env.user.has_group("collab_reseaux.group_administrator") or not self._reaches_others(before):
            return
        if not (self._is_its_author_s() and self._narrows(before)):
            raise ValidationError(
                self.env._("Other networks read this too: only an administrator changes whom it is addressed to.")
            )

    def _check_stays_closed(self, before):
        """What was addressed to something archived, or lay in what was, does not come to be addressed to everyone,
        whoever asks.

        :param Reach before: whom this record reached
        :raises ValidationError: it would
        """
        Audience, reach = self.env["collab.audience"], self._reach()
        sides = ([Audience._sides(audience) for audience in (one.audience, *one.around)] for one in (before, reach))
        # Of networks, then of territories: its own, and those of what it lies in.
        for was, now, in_use in zip(*(zip(*one, strict=True) for one in sides), Audience._in_use(), strict=True):
            if not now[0] and not was[0] <= in_use:
                raise ValidationError(
                    self.env._(
                        "This is addressed to an archived network or territory: without any, everyone would read it. "
                        "Keep it, or choose another one in its place."
                    )
                )
            if not any(now) and any(not around <= in_use for around in was[1:]):
                raise ValidationError(
                    self.env._(
                        "The folder in which this lies is addressed to an archived network or territory: elsewhere, "
                        "everyone would read it. Leave it there, or choose first to whom it is addressed."
                    )
                )

    def _is_its_author_s(self):
        """:return bool: the current user may take back what he has given to others here"""
        return self.sudo()[self._audience_owner] == self.env.user  # sudo: whose it is, whoever asks

    @api.model
    def _reaches_others(self, reach):
        """:return bool: somebody reads it who belongs to no network of the current user"""
        # sudo: his own memberships
        own = frozenset(self.env.user.sudo().partner_id.scope_network_ids.ids)
        known, _territories = self.env["collab.audience"]._known()
        sides = [self.env["collab.audience"]._sides(audience)[0] for audience in {reach.audience, *reach.around}]
        # A network that is no more has no readers.
        return not any(networks and networks & known <= own for networks in sides)

    def _narrows(self, before):
        """:return bool: nobody reads this record who did not, unless it is its author who had addressed everyone"""
        now, sides = self._reach(), self.env["collab.audience"]._sides
        if not before.around <= now.around:
            return False
        was, is_now = sides(before.audience), sides(now.audience)
        return not was[0] or all(not old or (new and new <= old) for old, new in zip(was, is_now, strict=True))

    @api.model
    def _audience_readers_domain(self):
        """:return Domain: the people who can be readers at all, before any audience"""
        member = self.env.ref("collab_reseaux.group_member")
        return Domain("active", "=", True) & Domain("all_group_ids", "in", member.ids)

    @api.model
    def _audience_readers_among(self, network_ids, territory_ids):
        """
        :param Sequence[int] network_ids: networks of the audience; empty for all
        :param Sequence[int] territory_ids: territories of the audience; empty for all
        :return Domain: the members who read what is addressed so
        """
        domain = self._audience_readers_domain()
        if network_ids:
            domain &= Domain("partner_id.scope_network_ids", "in", list(network_ids))
        if territory_ids:
            reached_by = self.env["collab.territory"]._reached_by(territory_ids)
            domain &= Domain("partner_id.scope_territory_ids", "in", list(reached_by))
        return domain

    @api.model
    def _count_audience(self, network_ids, territory_ids):
        """Count the members who would read a record, for the sentence that an author reads before publishing.

        :param Sequence[int] network_ids: networks of the audience; empty for all
        :param Sequence[int] territory_ids: territories of the audience; empty for all
        :return tuple[int, int]: people, and organisations that employ them
        """
        domain = self._audience_readers_among(network_ids, territory_ids)
        # sudo: an author may not list the others; only the two numbers leave this method.
        Users = self.env["res.users"].sudo()
        employed = domain & Domain("partner_id.commercial_partner_id.is_company", "=", True)
        [(organisations,)] = Users._read_group(employed, [], ["commercial_partner_id:count_distinct"])
        return Users.search_count(domain), organisations

    def _audience_kept(self, networks, territories):
        """What stays of the audience of this record, whatever a form says: what it does not offer.

        :param collab.network networks: that it offers
        :param collab.territory territories: likewise
        :return dict: what the audience picker shows of it
        """
        shown = self.env["collab.audience"]._shown(self.audience_id.id)
        return {
            "audience_of": self,
            "kept_networks": [network for network in shown["networks"] if network["id"] not in networks.ids],
            "kept_territories": {
                number: name for number, name in shown["territories"].items() if number not in territories.ids
            },
        }

    def _audience_chosen(self, networks, territories):
        """What the audience of this record becomes once a form is sent. What it does not offer stays as it was: another
        part of the area of its author, a choice of his moderator.

        :param collab.network networks: chosen, among those that it offers
        :param collab.territory territories: likewise
        :return dict[str, Model]: the audience, by field
        """
        offered = self.env.user._audience_options()
        return {
            name: (self[name] - options) | chosen
            for name, options, chosen in zip(
                ("audience_network_ids", "audience_territory_ids"), offered, (networks, territories), strict=True
            )
        }

    @api.model
    def _check_offered(self, networks, territories):
        """
        :param Collection[int] networks: that a form names, which may have waited as a draft
        :param Collection[int] territories: likewise
        :raises UserError: the current user is not offered one of them any more; left out, what he writes would be
            addressed to more people, or to everyone
        """
        for chosen, offered in zip((networks, territories), self.env.user._audience_options(), strict=True):
            if not set(chosen) <= set(offered.ids):
                raise UserError(
                    self.env._("A network or a territory that was chosen is not offered any more: choose again.")
                )

    @api.model
    def _say_addressed(self, number):
        """:param int number: of these records
        :return str: that they are addressed to a network, or a territory, which is known"""
        if number == 1:
            return self.env._("1 content is addressed to it.")
        return self.env._("%s contents are addressed to it.", number)

    @api.model
    def _audience_sentence(self, people, organisations):
        """:return str: the two numbers of _count_audience, as an author reads them"""
        if people <= 1:
            return self.env._("Visible to you alone, and to the federations.")
        return self.env._(
            "Visible to %(people)s people from %(organisations)s organisations.",
            people=people,
            organisations=organisations,
        )
