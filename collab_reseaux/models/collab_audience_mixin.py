from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..refusals import beside


class Reach(NamedTuple):
    """Who can read a record: its own audience, and those of the folders around it, which close it further."""

    audience: int
    around: frozenset


class CollabAudienceMixin(models.AbstractModel):
    """Networks × territories to which a record is addressed; empty stands for everyone."""

    _name = "collab.audience.mixin"
    _inherit = "collab.access.mixin"
    _description = "Audience"
    # The field that leads to the owner of the record: he reads it, whatever its audience.
    _audience_owner = "create_uid"
    # The fields that decide who can read a record.
    _audience_fields = frozenset({"audience_network_ids", "audience_territory_ids"})

    # They include archived ones: without these, a record that is addressed only to them would be read by everyone.
    audience_network_ids = fields.Many2many("collab.network", string="For the networks", context={"active_test": False})
    audience_territory_ids = fields.Many2many(
        "collab.territory", string="For the territories", context={"active_test": False}
    )
    audience_id = fields.Many2one(
        "collab.audience",
        compute="_compute_audience_id",
        store=True,
        # Computed before the INSERT, so that a search in the same transaction finds the record.
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

        ``_audience_scope`` is still called each time. The domain is built again when its result is another one, or when
        the caches of the registry have been emptied (a role, an audience or a folder has changed). It must therefore
        depend on nothing else: it only compares columns with values.
        """
        scope, age = self.env.user._audience_scope(), self.env["collab.audience"]._age()
        known = self.env.cr.cache.setdefault("collab_readable_domains", {})
        key = self._name, self.env.uid, self.env.su
        if key not in known or known[key][:2] != (scope, age):
            known[key] = scope, age, self._audience_domain().optimize_full(self)
        return known[key][2]

    @api.model
    def _audience_terms(self):
        """:return Domain: the records that the current user may read, whatever is around them (folders)"""
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
                # If all the networks of the audience have been deleted (or all its territories), it keeps their
                # identifiers: an empty side would address the record to everyone.
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
        # It is computed: a client may not choose it by the context (``default_audience_id``) either.
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
        """:return Reach: who can read this record now"""
        # sudo: only compared, never shown
        return Reach(self.sudo().audience_id.id, self.sudo()._audiences_around())

    def _audiences_around(self):
        """:return frozenset[int]: the audiences of the folders around this record, without those that are everyone"""
        return frozenset()

    def _check_addressed(self, before):
        """Check that an author addresses everyone, or his own networks and territories. Those that others have added
        may stay.

        :param Reach before: what was checked already
        :raises ValidationError: a network or a territory has been added, to which the current user does not belong
        """
        sides = self.env["collab.audience"]._sides(before.audience) if before.audience else ((), ())
        # sudo: all that has been chosen, even if the current user may not read the record any more
        chosen = self.sudo().audience_network_ids, self.sudo().audience_territory_ids
        if not any(chosen):
            return
        foreign = [
            name
            for side, allowed, known in zip(chosen, self.env.user._audience_choices(), sides, strict=True)
            for name in (side - allowed).filtered(lambda one, known=known: one.id not in known).mapped("display_name")
        ]
        if foreign:
            not_own = self.env._(
                "You cannot address %(names)s: choose among your own networks and territories, or everyone.",
                names=", ".join(foreign),
            )
            raise beside("audience", ValidationError(not_own))

    def _check_shared(self, before):
        """Check that, when other networks read this record too, only an administrator changes its audience. The author
        may still narrow it.

        :param Reach before: who could read this record
        :raises ValidationError: only an administrator may decide this
        """
        if self.env.user.has_group("collab_reseaux.group_administrator") or not self._reaches_others(before):
            return
        if not (self._is_its_author_s() and self._narrows(before)):
            shared = self.env._("Other networks read this too: only an administrator changes whom it is addressed to.")
            raise beside("audience", ValidationError(shared))

    def _check_stays_closed(self, before):
        """Check that a record that was addressed to an archived network or territory, or was in a folder that is, does
        not become addressed to everyone, whoever asks.

        :param Reach before: who could read this record
        :raises ValidationError: it would
        """
        Audience, reach = self.env["collab.audience"], self._reach()
        sides = ([Audience._sides(audience) for audience in (one.audience, *one.around)] for one in (before, reach))
        # For networks, then for territories: the side of its own audience, then those of the folders around it.
        for was, now, in_use in zip(*(zip(*one, strict=True) for one in sides), Audience._in_use(), strict=True):
            if not now[0] and not was[0] <= in_use:
                left_open = self.env._(
                    "This is addressed to an archived network or territory: without any, everyone would read it. "
                    "Keep it, or choose another one in its place."
                )
                raise beside("audience", ValidationError(left_open))
            if not any(now) and any(not around <= in_use for around in was[1:]):
                raise ValidationError(
                    self.env._(
                        "The folder in which this lies is addressed to an archived network or territory: elsewhere, "
                        "everyone would read it. Leave it there, or choose first to whom it is addressed."
                    )
                )

    def _is_its_author_s(self):
        """:return bool: the record belongs to the current user, who may therefore narrow its audience"""
        return self.sudo()[self._audience_owner] == self.env.user  # sudo: only the owner is compared

    @api.model
    def _reaches_others(self, reach):
        """:return bool: people outside the networks of the current user can read it"""
        # sudo: his own memberships
        own = frozenset(self.env.user.sudo().partner_id.scope_network_ids.ids)
        known, _territories = self.env["collab.audience"]._known()
        sides = [self.env["collab.audience"]._sides(audience)[0] for audience in {reach.audience, *reach.around}]
        # A deleted network has no readers.
        return not any(networks and networks & known <= own for networks in sides)

    def _narrows(self, before):
        """:return bool: nobody new reads this record; any audience will do if it was addressed to all networks"""
        now, sides = self._reach(), self.env["collab.audience"]._sides
        if not before.around <= now.around:
            return False
        was, is_now = sides(before.audience), sides(now.audience)
        return not was[0] or all(not old or (new and new <= old) for old, new in zip(was, is_now, strict=True))

    @api.model
    def _audience_readers_domain(self):
        """:return Domain: the accounts that may read anything at all, whatever the audience"""
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
        """Give the part of the audience of this record that a form does not offer, and therefore cannot change.

        :param collab.network networks: that the form offers
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
        """Compute the audience of this record once a form is sent. What the form does not offer stays as it was: the
        part of an employment area in another département, or a choice of a moderator, for example.

        :param collab.network networks: chosen, among those that the form offers
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
        :param Collection[int] networks: chosen in a form, which may be an old draft
        :param Collection[int] territories: likewise
        :raises UserError: one of them is not offered to the current user any more. It cannot just be left out: the text
            would be addressed to more people, or to everyone.
        """
        for chosen, offered in zip((networks, territories), self.env.user._audience_options(), strict=True):
            if not set(chosen) <= set(offered.ids):
                gone = self.env._("A network or a territory that was chosen is not offered any more: choose again.")
                raise beside("audience", UserError(gone))

    @api.model
    def _say_addressed(self, number):
        """:param int number: how many of these records there are
        :return str: a sentence: they are addressed to the network, or the territory, that the message is about"""
        if number == 1:
            return self.env._("1 content is addressed to it.")
        return self.env._("%s contents are addressed to it.", number)

    @api.model
    def _audience_sentence(self, people, organisations):
        """
        :param int people: who read it, as _count_audience gives them
        :param int organisations: that employ them
        :return str: these two numbers, as the current user reads them: a member is one of these people, an employee of
            a federation is not
        """
        member = not self.env.user._is_internal()
        if member and people <= 1:
            return self.env._("Visible to you and to the federations.")
        if not people:
            return self.env._("Visible to the federations only.")
        if people == 1:
            return self.env._("Visible to 1 person and to the federations.")
        if not organisations:
            return self.env._("Visible to %s people.", people)
        if organisations == 1:
            return self.env._("Visible to %s people from one organisation.", people)
        return self.env._(
            "Visible to %(people)s people from %(organisations)s organisations.",
            people=people,
            organisations=organisations,
        )
