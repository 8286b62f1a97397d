from collections import Counter

from odoo import api, fields, models
from odoo.tools.i18n import format_list

# The longest list of names in a sentence: beyond it, "… and 4 others".
NAMED_MAX = 6


class ResPartner(models.Model):
    """Sentences that say what people will start, or stop, reading before their networks or territories are changed."""

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
                # sudo: they are only counted; whoever changes an organisation may not read all of its people
                people = people.sudo().search([("partner_id.commercial_partner_id", "=", partner._origin.id)])
            after = {}
            for person in people.partner_id - partner._origin:
                networks, territories = person._scope_in(partner, partner.site_ids)
                after[person] = networks._origin, territories._origin
            partner.reading_warning = self._reading_changes(after)

    @api.model
    def _reading_changes(self, after):
        """Say what a change of memberships would change in what people read.

        :param dict[res.partner, tuple[collab.network, collab.territory]] after: by person, in sudo, the networks and
            territories that he would have
        :return str: one line for each group of people to whom the same happens, the largest group first; empty when
            nobody reads more or less than now
        """
        groups = Counter()
        for person, (networks, territories) in after.items():
            account = person.user_ids.filtered("active")[:1]
            role = account._role() if account else None
            if role not in ("member", "moderator"):
                continue
            before = person.scope_network_ids, person.scope_territory_ids
            if role == "moderator":
                # A moderator reads his network on all territories: they change nothing.
                territories = before[1]
            groups[self._scope_change(*before, networks, territories)] += 1
        groups.pop(((), ()), None)
        return "\n".join(self._say_change(people, *change) for change, people in groups.most_common())

    @api.model
    def _scope_change_sentence(self, before_networks, before_territories, after_networks, after_territories):
        """Say what changes in what a person reads when his memberships change.

        :param collab.network before_networks: all his networks now, those of his organisation included
        :param collab.territory before_territories: all his territories now, likewise
        :param collab.network after_networks: all his networks after the change
        :param collab.territory after_territories: all his territories after the change
        :return str | None: a sentence; None when he reads neither more nor less
        """
        change = self._scope_change(before_networks, before_territories, after_networks, after_territories)
        return self._say_change(None, *change) if any(change) else None

    @api.model
    def _scope_change(self, before_networks, before_territories, after_networks, after_territories):
        """:return tuple[tuple[str], tuple[str]]: the names of the networks and territories whose contents a person will
        stop reading, and of those whose contents he will start reading"""
        Territory, names = self.env["collab.territory"], []
        reach = [Territory._reach(tuple(sorted(side.ids))) for side in (before_territories, after_territories)]
        sides = [before_networks.sorted(), after_networks.sorted()]
        for one, other in ((0, 1), (1, 0)):
            # sudo: geography is public
            territories = Territory.sudo().browse(reach[one] - reach[other]).sorted("parent_path")
            names.append((*(sides[one] - sides[other]).mapped("name"), *territories.mapped("display_name")))
        return tuple(names)

    @api.model
    def _say_change(self, people, lost, gained):
        """:param int | None people: how many people; None for the one person whose form is open
        :param Sequence[str] lost: names of the networks and territories whose contents they will stop reading
        :param Sequence[str] gained: names of those whose contents they will start reading
        :return str: a sentence"""
        values = {"people": people, "lost": self._some_names(lost), "gained": self._some_names(gained)}
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
    def _some_names(self, names):
        """:return str: all the names when they are few; otherwise the first ones, and how many others there are"""
        if len(names) <= NAMED_MAX:
            # Without a language in the context, English: that of the sentence around it.
            return format_list(self.env, names, lang_code=self.env.lang or "en_US")
        named = ", ".join(names[: NAMED_MAX - 1])
        return self.env._("%(named)s and %(others)s others", named=named, others=len(names) - NAMED_MAX + 1)
