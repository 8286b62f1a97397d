from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..calls import CHOOSE, ROLES, opened


class CollabMember(models.Model):
    """The people of the platform, as the others see them. The identifier of a row is that of the partner.

    Members never read ``res.partner`` or ``res.users`` of others. They read this view of the database, which only has
    the columns that they may see.
    """

    _name = "collab.member"
    _description = "Member as seen by the others"
    _auto = False
    # The fields that the SQL reads: the ORM writes their pending changes to the database before a search here.
    _depends = {
        "res.partner": [
            *("name", "function", "active", "commercial_partner_id", "email", "phone"),
            *("shows_email", "shows_phone", "shows_photo"),
        ],
        "res.users": ["partner_id", "active", "group_ids"],
    }
    _order = "name, id"
    _calls = opened("moderator", *CHOOSE)

    # It includes "(modération)" or "(administration)": the mark is part of the name, so that every page shows it.
    name = fields.Char(readonly=True)
    function = fields.Char(string="Job", readonly=True)
    organisation_name = fields.Char(string="Organisation", readonly=True)
    user_id = fields.Many2one("res.users", string="Account", readonly=True)
    # Empty unless this person has chosen to show them.
    email = fields.Char(readonly=True)
    phone = fields.Char(readonly=True)
    has_photo = fields.Boolean(readonly=True)

    audience_visible = fields.Boolean(
        string="Visible to me",
        compute="_compute_audience_visible",
        search="_search_audience_visible",
        compute_sudo=True,
        help="People are shown to each other whatever their networks, once they may read anything at all.",
    )

    @api.depends_context("uid")
    def _compute_audience_visible(self):
        self.audience_visible = self.env.user._audience_scope() is not None

    @api.model
    def _search_audience_visible(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.TRUE if self.env.user._audience_scope() is not None else Domain.FALSE

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
        :return dict[int, tuple[str, str | None, int]]: by account: name, organisation, and identifier of the member
        """
        wanted = set(user_ids)
        if not wanted or self.env.user._audience_scope() is None:
            return {}
        # The marks of the federations, in the name, are in the language of the reader.
        known = self.env.cr.cache.setdefault("collab.member", {}).setdefault(self.env.lang, {})
        if asked := tuple(wanted - known.keys()):
            self.env.flush_all()
            rows = self.env.execute_query(
                SQL(
                    "SELECT user_id, name, organisation_name, id FROM (%s) m WHERE user_id IN %s",
                    self._table_query,
                    asked,
                )
            )
            # Those who have left are remembered too, as nobody.
            known.update(dict.fromkeys(asked) | {user: tuple(shown) for user, *shown in rows})
        return {user: known[user] for user in wanted if known[user]}

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
        return SQL(
            """
            SELECT partner.id, partner.function,
                   CASE WHEN %(administrator)s THEN format(%(administration)s, partner.name)
                        WHEN %(moderator)s THEN format(%(moderation)s, partner.name)
                        ELSE partner.name END AS name,
                   organisation.name AS organisation_name,
                   account.id AS user_id,
                   CASE WHEN partner.shows_email THEN partner.email END AS email,
                   CASE WHEN partner.shows_phone THEN partner.phone END AS phone,
                   partner.shows_photo AND EXISTS (
                       SELECT FROM ir_attachment photo
                        WHERE photo.res_model = 'res.partner' AND photo.res_id = partner.id
                          AND photo.res_field = 'image_1920') AS has_photo
              FROM res_users account
              JOIN res_partner partner ON partner.id = account.partner_id
              LEFT JOIN res_partner organisation
                ON organisation.id = partner.commercial_partner_id AND organisation.id != partner.id
             WHERE partner.active AND account.active
               AND (%(member)s OR %(moderator)s OR %(administrator)s)
               AND account.id = (
                   SELECT min(other.id) FROM res_users other
                    WHERE other.partner_id = account.partner_id AND other.active)
            """,
            # "%1$s" is for PostgreSQL's format(): it puts the name there.
            administration=self.env._("%(name)s (administration)", name="%1$s"),
            moderation=self.env._("%(name)s (moderation)", name="%1$s"),
            **{role: self._holds(role) for role in ROLES},
        )

    @api.model
    def _holds(self, role):
        """:return SQL: a condition: the account has this role explicitly, not through a role that implies it"""
        group = self.env["ir.model.data"]._xmlid_to_res_id(f"collab_reseaux.group_{role}", raise_if_not_found=False)
        return SQL(
            "EXISTS (SELECT FROM res_groups_users_rel link WHERE link.uid = account.id AND link.gid = %s)", group or 0
        )
