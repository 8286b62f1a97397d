from odoo import api, fields, models
from odoo.tools import SQL

from ..calls import CHOOSE, ROLES, opened
from ..names import initials
from ..phones import dialled


class CollabMember(models.Model):
    """The people of the platform, as the others see them."""

    _name = "collab.member"
    _inherit = "collab.projection.mixin"
    _description = "Member as seen by the others"
    _auto = False
    # The fields that the SQL reads: the ORM writes their pending changes to the database before a search here.
    _depends = {
        "res.partner": [
            *("name", "firstname", "lastname", "function", "active", "commercial_partner_id", "email", "phone"),
            *("shows_email", "shows_phone", "shows_photo", "is_listed", "help_words", "work_days"),
            *("scope_network_ids", "scope_territory_ids", "help_theme_ids", "city"),
        ],
        "res.users": ["partner_id", "active", "group_ids"],
    }
    _order = "name, id"
    _calls = opened("moderator", *CHOOSE)

    # It includes "(modération)" or "(administration)": the mark is part of the name, so that every page shows it.
    name = fields.Char(readonly=True)
    function = fields.Char(string="Job", readonly=True)
    organisation_id = fields.Many2one("collab.organisation", string="Employer", readonly=True)
    organisation_name = fields.Char(string="Organisation", readonly=True)
    firstname = fields.Char(string="First name", readonly=True)
    lastname = fields.Char(string="Last name", readonly=True)
    user_id = fields.Many2one("res.users", string="Account", readonly=True)
    # Whoever is not listed has a name, for what he has signed, and an organisation; the rest is empty.
    is_listed = fields.Boolean(string="In the directory", readonly=True)
    help_words = fields.Char(string="How he may help", readonly=True)
    work_days = fields.Char(string="Days of work", readonly=True)
    city = fields.Char(readonly=True, help="Of his organisation: where somebody lives is shown to nobody.")
    # Empty unless this person has chosen to show them.
    email = fields.Char(readonly=True)
    phone = fields.Char(readonly=True)
    has_photo = fields.Boolean(readonly=True)

    def _dialled(self):
        """:return str: the address of a link that calls the number that this person shows"""
        self.ensure_one()
        return dialled(self.phone)

    def _initials(self):
        """:return str: one or two letters, shown in place of the photo"""
        self.ensure_one()
        return initials(self.firstname, self.lastname) if self.firstname or self.lastname else initials(self.name)

    @api.model
    def _departed_name(self):
        """:return str: what replaces the name of somebody who has left, wherever he has signed something"""
        return self.env._("Member who has left")

    @api.model
    def _by_account(self, users):
        """:return dict[int, collab.member]: by identifier of the account; accounts that have left are not in it"""
        fields_shown = ["name", "organisation_name", "user_id"]
        members = self.search_fetch([("user_id", "in", users.ids)], fields_shown)
        return {member.user_id.id: member for member in members}

    @api.model
    def _named_by_account(self, user_ids):
        """As ``_by_account``, but without records: pages that show lists call it. Each person is looked up once in a
        transaction: a page that shows several lists first asks for all their authors, in a single query.

        :param Iterable[int] user_ids: identifiers of accounts
        :return dict[int, tuple[str, str | None, int, str]]: by account: name, organisation, identifier of the member,
            and short name, for lists
        """
        wanted = set(user_ids)
        if not wanted or self.env.user._audience_scope() is None:
            return {}
        # The marks of the federations, in the name, are in the language of the reader.
        known = self._looked_up().setdefault(self.env.lang, {})
        if asked := tuple(wanted - known.keys()):
            self.env.flush_all()
            rows = self.env.execute_query(
                SQL(
                    "SELECT user_id, name, organisation_name, id, short_name FROM (%s) m WHERE user_id IN %s",
                    self._table_query,
                    asked,
                )
            )
            # Those who have left are remembered too, as nobody.
            known.update(dict.fromkeys(asked) | {user: tuple(shown) for user, *shown in rows})
        return {user: known[user] for user in wanted if known[user]}

    @api.model
    def _looked_up(self):
        """:return dict: the names that are known, by language and account"""
        return self.env.cr.cache.setdefault("collab.member", {})

    @api.model
    def _forget_people(self):
        """Forget the names that this transaction has looked up, and what people may read: a person or an account has
        just changed."""
        for kept in ("collab.member", "collab_scopes"):
            self.env.cr.cache.pop(kept, None)

    @property
    def _table_query(self):
        # A person who has two accounts is shown once, with the first one. A subquery on each row finds it, and not a
        # GROUP BY, which would read all accounts even to name twenty authors. FROM begins with res_users for the same
        # reason: the callers ask for a few accounts.
        known = self.env["ir.model.data"]._xmlid_to_res_id
        return SQL(
            """
            SELECT partner.id, partner.firstname, partner.lastname, partner.is_listed,
                   CASE WHEN partner.is_listed THEN partner.function END AS function,
                   CASE WHEN partner.is_listed THEN partner.help_words END AS help_words,
                   CASE WHEN partner.is_listed THEN partner.work_days END AS work_days,
                   CASE WHEN partner.is_listed THEN organisation.city END AS city,
                   -- Lists are made of these at once, and not person by person: PostgreSQL only computes those that the
                   -- query around this one names.
                   CASE WHEN partner.is_listed THEN account.create_date END AS joined_date,
                   CASE WHEN partner.is_listed THEN ARRAY(
                       SELECT link.collab_network_id FROM collab_partner_scope_network_rel link
                        WHERE link.res_partner_id = partner.id) END AS networks,
                   CASE WHEN partner.is_listed THEN ARRAY(
                       SELECT link.collab_territory_id FROM collab_partner_scope_territory_rel link
                        WHERE link.res_partner_id = partner.id) END AS territories,
                   CASE WHEN partner.is_listed THEN ARRAY(
                       SELECT link.collab_theme_id FROM collab_partner_theme_rel link
                        WHERE link.res_partner_id = partner.id) END AS themes,
                   CASE role.rank WHEN 3 THEN format(%(administration)s, partner.name)
                                  WHEN 2 THEN format(%(moderation)s, partner.name)
                                  ELSE partner.name END AS name,
                   CASE WHEN partner.firstname IS NULL OR partner.lastname IS NULL THEN partner.name
                        -- « Anne de La Tour » is « Anne L. »
                        ELSE format('%%s %%s.', partner.firstname, coalesce(
                            substring(partner.lastname FROM '^[[:lower:]].*?([[:upper:]])'),
                            left(partner.lastname, 1))) END AS short_name,
                   organisation.id AS organisation_id,
                   organisation.name AS organisation_name,
                   account.id AS user_id,
                   CASE WHEN partner.is_listed AND partner.shows_email THEN partner.email END AS email,
                   CASE WHEN partner.is_listed AND partner.shows_phone THEN partner.phone END AS phone,
                   partner.is_listed AND partner.shows_photo AND EXISTS (
                       SELECT FROM ir_attachment photo
                        WHERE photo.res_model = 'res.partner' AND photo.res_id = partner.id
                          AND photo.res_field = 'image_1920'
                          -- Core draws one, a letter on a ground, for its own employees.
                          AND photo.mimetype != 'image/svg+xml') AS has_photo
              FROM res_users account
              -- The roles that this account has explicitly, not through a role that implies it.
              JOIN LATERAL (
                   SELECT max(CASE link.gid WHEN %(administrator)s THEN 3 WHEN %(moderator)s THEN 2 ELSE 1 END) AS rank
                     FROM res_groups_users_rel link
                    WHERE link.uid = account.id AND link.gid IN (%(member)s, %(moderator)s, %(administrator)s)
                   ) role ON role.rank IS NOT NULL
              JOIN res_partner partner ON partner.id = account.partner_id
              LEFT JOIN res_partner organisation
                ON organisation.id = partner.commercial_partner_id AND organisation.id != partner.id
             WHERE partner.active AND account.active
               AND account.id = (
                   SELECT min(other.id) FROM res_users other
                    WHERE other.partner_id = account.partner_id AND other.active)
            """,
            # "%1$s" is for PostgreSQL's format(): it puts the name there.
            administration=self.env._("%(name)s (administration)", name="%1$s"),
            moderation=self.env._("%(name)s (moderation)", name="%1$s"),
            **{role: known(f"collab_reseaux.group_{role}", raise_if_not_found=False) or 0 for role in ROLES},
        )
