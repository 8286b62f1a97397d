from collections import Counter

from odoo import api, fields, models
from odoo.tools.i18n import format_list

# A sentence names no more: the rest is a number.
NAMED_MAX = 6


class ResPartner(models.Model):
    """What changes for readers when somebody, or an organisation, changes networks or territories: said beforehand."""

    _inherit = "res.partner"

    reading_warning = fields.Text(
        string="What changes for readers",
        compute="_compute_reading_warning",
        help="What the people of this organisation will read, and will not read any more, once this is saved.",
    )

    @api.depends(
        *("network_ids", "territory_ids", "commune_id.territory_id"),
        *("site_ids.type", "site_ids.commune_id.territory_id"),
    )
    def _compute_reading_warning(self):
        for partner in self:
            changed, people = partner._origin != partner, self.env["res.users"]
            if changed:
                # sudo: counted, and not told; whoever changes an organisation may not read all of its people
                people = people.sudo().search([("partner_id.commercial_partner_id", "=", partner._origin.id)])
            after = {}
            for person in people.partner_id - partner._origin:
                networks, territories = person._scope_in(partner, partner.site_ids)
                after[person] = networks._origin, territories._origin
            partner.reading_warning = self._reading_changes(after)

    @api.model
    def _reading_changes(self, after):
        """Say what changes for readers, before it does: to whoever moves them, or what they belong to.

        :param dict[res.partner, tuple[collab.network, collab.territory]] after: by person, in sudo, the networks in
            which he would take part, and the territories to which he would belong
        :return str: a sentence for each group of people for whom the same changes, the largest first; nothing when
            nobody reads more or less
        """
        groups = Counter()
        for person, (networks, territories) in after.items():
            account = person.user_ids.filtered("active")[:1]
            role = account._role() if account else None
            if role not in ("member", "moderator"):
                continue
            before = person.scope_network_ids, person.scope_territory_ids
            if role == "moderator":
                # He reads his network on all territories.
                territories = before[1]
            groups[self._scope_change(*before, networks, territories)] += 1
        groups.pop(((), ()), None)
        return "\n".join(self._say_change(people, *change) for change, people in groups.most_common())

    @api.model
    def _scope_change_sentence(self, before_networks, before_territories, after_networks, after_territories):
        """Say what changes in what a person reads, when he goes from some memberships to others.

        :param collab.network before_networks: in which he takes part, those of his organisation included
        :param collab.territory before_territories: to which he belongs, likewise
        :param collab.network after_networks: the same, once it is done
        :param collab.territory after_territories: the same, once it is done
        :return str | None: a sentence; None when he reads neither more nor less
        """
        change = self._scope_change(before_networks, before_territories, after_networks, after_territories)
        return self._say_change(None, *change) if any(change) else None

    @api.model
    def _scope_change(self, before_networks, before_territories, after_networks, after_territories):
        """:return tuple[tuple[str], tuple[str]]: the names of that of which a person does not read any more what is
        addressed to it, and of that of which he will"""
        Territory, names = self.env["collab.territory"], []
        reach = [Territory._reach(tuple(sorted(places.ids))) for places in (before_territories, after_territories)]
        sides = [before_networks.sorted(), after_networks.sorted()]
        for one, other in ((0, 1), (1, 0)):
            # sudo: geography is known to all
            places = Territory.sudo().browse(reach[one] - reach[other]).sorted("parent_path")
            names.append((*(sides[one] - sides[other]).mapped("name"), *places.mapped("display_name")))
        return tuple(names)

    @api.model
    def _say_change(self, people, lost, gained):
        """:param int | None people: how many; None: a person of whom the reader knows who it is
        :param Sequence[str] lost: names, of that of which they do not read any more what is addressed to it
        :param Sequence[str] gained: likewise, of that of which they will
        :return str:"""
        values = {"people": people, "lost": self._some(lost), "gained": self._some(gained)}
        if lost and gained:
            said = {
                None: self.env._(
                    "This person will no longer see what is addressed to %(lost)s, and will see what is addressed to "
                    "%(gained)s.",
                    **values,
                ),
                1: self.env._(
                    "1 person will no longer see what is addressed to %(lost)s, and will see what is addressed to "
                    "%(gained)s.",
                    **values,
                ),
            }
            several = self.env._(
                "%(people)s people will no longer see what is addressed to %(lost)s, and will see what is addressed "
                "to %(gained)s.",
                **values,
            )
        elif lost:
            said = {
                None: self.env._("This person will no longer see what is addressed to %(lost)s.", **values),
                1: self.env._("1 person will no longer see what is addressed to %(lost)s.", **values),
            }
            several = self.env._("%(people)s people will no longer see what is addressed to %(lost)s.", **values)
        else:
            said = {
                None: self.env._("This person will also see what is addressed to %(gained)s.", **values),
                1: self.env._("1 person will also see what is addressed to %(gained)s.", **values),
            }
            several = self.env._("%(people)s people will also see what is addressed to %(gained)s.", **values)
        return said.get(people, several)

    @api.model
    def _some(self, names):
        """:return str: the first names, and how many others there are"""
        if len(names) <= NAMED_MAX:
            # In the language of the sentence that they stand in.
            return format_list(self.env, names, lang_code=self.env.lang or "en_US")
        named = ", ".join(names[: NAMED_MAX - 1])
        return self.env._("%(named)s and %(others)s others", named=named, others=len(names) - NAMED_MAX + 1)
