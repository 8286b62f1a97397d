from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..calls import CHOOSE, ROLES, opened


class CollabMember(models.Model):
    """The people of the platform as the others see them: the identifier is that of the partner.

    Members never read ``res.partner`` or ``res.users`` of others; they read this projection, whose columns are the
    only ones that exist for them.
    """

    _name = "collab.member"
    _description = "Member as seen by the others"
    _auto = False
    # What must be written to the database before the projection is read.
    _depends = {
        "res.partner": [
            *("name", "function", "active", "commercial_partner_id", "email", "phone"),
            *("shows_email", "shows_phone", "shows_photo"),
        ],
        "res.users": ["partner_id", "active", "group_ids"],
    }
    _order = "name, id"
    _calls = opened("moderator", *CHOOSE)

    # Whoever speaks for a federation is marked so wherever he is named: nobody gives himself this mark.
    name = fields.Char(readonly=True)
    function = fields.Char(string="Job", readonly=True)
    organisation_name = fields.Char(string="Organisation", readonly=True)
    user_id = fields.Many2one("res.users", string="Account", readonly=True)
    # Empty unless this person shows them.
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
        """:return str: what signs the contents of somebody who has left, wherever his name stood"""
        return self.env._("Member who has left")

    @api.model
    def _by_account(self, users):
        """:return dict[int, collab.member]: by account, those who are people of the platform"""
        fields_shown = ["name", "organisation_name", "user_id"]
        members = self.search_fetch([("user_id", "in", users.ids)], fields_shown)
        return {member.user_id.id: member for member in members}

    @api.model
    def _named_by_account(self, user_ids):
        """As ``_by_account``, in one query and without records, for the lists that every page shows.

        :param Iterable[int] user_ids: accounts
        :return dict[int, tuple[str, str | None, int]]: by account, the name, the organisation and the identifier
        """
        user_ids = tuple(user_ids)
        if not user_ids or self.env.user._audience_scope() is None:
            return {}
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT user_id, name, organisation_name, id FROM (%s) m WHERE user_id IN %s",
                self._table_query,
                user_ids,
            )
        )
        return {user: tuple(shown) for user, *shown in rows}

    @property
    def _table_query(self):
        # Who has two accounts is one person, by the first: looked up for each, or to name twenty authors would read the
        # accounts of everybody. Accounts come first: asking for a few of them costs little.
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
            # A format of PostgreSQL, in which a name is put.
            administration=self.env._("%(name)s (administration)", name="%1$s"),
            moderation=self.env._("%(name)s (moderation)", name="%1$s"),
            **{role: self._holds(role) for role in ROLES},
        )

    @api.model
    def _holds(self, role):
        """:return SQL: the account holds this role explicitly, as the people of the platform do"""
        group = self.env["ir.model.data"]._xmlid_to_res_id(f"collab_reseaux.group_{role}", raise_if_not_found=False)
        return SQL(
            "EXISTS (SELECT FROM res_groups_users_rel link WHERE link.uid = account.id AND link.gid = %s)", group or 0
        )
