from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import SQL, format_date

from ..calls import CHOOSE, READ, ROLES, WRITE, opened
from ..spreadsheet import write_workbook


class AudienceScope(NamedTuple):
    """What a person may read: audiences of these networks and of these territories. ``None`` means all of them."""

    network_ids: frozenset[int] | None
    territory_ids: frozenset[int] | None


# The fields of the form of a person.
PERSON_FIELDS = (
    *("firstname", "lastname", "function", "login", "phone", "image_1920", "platform_role"),
    *("parent_id", "network_ids", "territory_ids"),
)
# The fields of their own account that people write directly. Neither the address, with which they log in, nor the name,
# by which others know them: our own pages change these, with checks.
OWN_FIELDS = frozenset({"lang", "tz"})
# Days without a connection after which a person is listed as away.
AWAY_DAYS = 182


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = ["collab.written.mixin", "collab.access.mixin", "res.users"]
    # Everybody may know the names of people: collab.member shows them.
    _known_by_name = True
    _written_by_platform = True
    _calls = opened("moderator", *READ, *CHOOSE, "action_export") | opened(
        "administrator", *WRITE, "action_reset_password"
    )
    _creates = opened("administrator", *PERSON_FIELDS)
    _writes = opened("administrator", *PERSON_FIELDS)

    platform_role = fields.Selection(
        [("member", "Member"), ("moderator", "Moderator"), ("administrator", "Administrator")],
        string="Role on the platform",
        compute="_compute_platform_role",
        inverse="_inverse_platform_role",
        search="_search_platform_role",
        help="What this person does on the platform.",
    )
    is_away = fields.Boolean(
        string="Not connected for six months",
        compute="_compute_is_away",
        search="_search_is_away",
        help="This person has come once, and has not connected for six months.",
    )

    reading_warning = fields.Text(
        string="What changes for this reader",
        compute="_compute_reading_warning",
        help="What this person will read, and will not read any more, once this is saved.",
    )

    role_warning = fields.Text(
        string="What changes for this role",
        compute="_compute_role_warning",
        help="What this person will do, and will not do any more, once this is saved.",
    )

    @api.depends("platform_role", "parent_id", "network_ids")
    def _compute_role_warning(self):
        for user in self:
            before = user._origin._role() if user._origin != user and user._origin else None
            changes = before and user.platform_role and before != user.platform_role
            user.role_warning = changes and user._say_new_role(before)

    def _say_new_role(self, before):
        """:param str before: the role that this person has until the form is saved
        :return str: a sentence"""
        name = self._origin.name
        if self.platform_role == "administrator":
            return self.env._("%s will read everything, and will manage the accounts and all the settings.", name)
        if self.platform_role == "member":
            return self.env._("%s will not moderate any more, and will not see these screens any more.", name)
        # sudo: the networks of the organisation, which the person who saves may not read
        networks = self.network_ids._origin | self.parent_id._origin.sudo().scope_network_ids
        values = {"person": name, "networks": self.partner_id._some_names(networks.sorted().mapped("name"))}
        if not networks:
            return self._say_network_missing(name)
        if before == "administrator":
            return self.env._(
                "%(person)s will moderate %(networks)s, and will not manage the accounts or the settings any more.",
                **values,
            )
        return self.env._("%(person)s will moderate %(networks)s and see these screens.", **values)

    def _say_network_missing(self, name):
        return self.env._("A moderator belongs to a network: choose that of %s.", name)

    @api.depends("parent_id", "network_ids", "territory_ids", "platform_role", "lastname")
    def _compute_reading_warning(self):
        Partner = self.env["res.partner"]
        for user in self:
            role = user._origin._role() if user._origin != user and user._origin else None
            user.reading_warning = False
            if role in ("member", "moderator"):
                # sudo: the networks and territories of the organisation, which the person who saves may not read
                person, organisation = user._origin.partner_id.sudo(), user.parent_id._origin.sudo()
                # A person without an organisation has the territory of his own address.
                territories = organisation.scope_territory_ids if organisation else person.commune_id.territory_id
                reached = user.territory_ids._origin | territories
                if role == "moderator":
                    # A moderator reads his network on all territories: they change nothing.
                    reached = person.scope_territory_ids
                networks = user.network_ids._origin | organisation.scope_network_ids
                user.reading_warning = Partner._scope_change_sentence(
                    person.scope_network_ids, person.scope_territory_ids, networks, reached
                )
            # On a new form, nothing is said until a name is typed.
            belongs = user.parent_id or user.network_ids or user.territory_ids
            if user.platform_role == "member" and (user._origin or user.lastname) and not belongs:
                nothing = self.env._(
                    "This person has no network and no organisation: what is addressed to everyone is all there is to "
                    "see."
                )
                user.reading_warning = "\n".join(filter(None, (user.reading_warning, nothing)))

    @api.depends("group_ids")
    def _compute_platform_role(self):
        groups = {role: self.env.ref(f"collab_reseaux.group_{role}").id for role in ROLES}
        for user in self:
            # sudo: whoever reads an account may know its role, not its groups; ``_role`` does the same for one account
            held_ids = user.sudo().all_group_ids.ids
            held = [role for role in ROLES if groups[role] in held_ids]
            user.platform_role = held[-1] if held else False

    @api.model
    def _search_platform_role(self, operator, value):
        if operator != "in":
            return NotImplemented
        groups = [Domain("all_group_ids", "in", self.env.ref(f"collab_reseaux.group_{role}").ids) for role in ROLES]
        # Holders of a higher role hold the lower ones too: they are taken out.
        alone = [held & ~Domain.OR(groups[rank + 1 :]) for rank, held in enumerate(groups)]
        return Domain.OR(alone[ROLES.index(role)] for role in value if role in ROLES)

    @api.depends("login_date")
    def _compute_is_away(self):
        limit = fields.Datetime.now() - timedelta(days=AWAY_DAYS)
        for user in self:
            user.is_away = bool(user.login_date) and user.login_date < limit

    @api.model
    def _search_is_away(self, operator, value):
        if operator != "in":
            return NotImplemented
        limit = fields.Datetime.now() - timedelta(days=AWAY_DAYS)
        # "any!" ignores access rights, as core does when it computes the date of the last connection.
        return Domain("log_ids", "any!", []) & Domain("log_ids", "not any!", [("create_date", ">=", limit)])

    def _inverse_platform_role(self):
        for user in self:
            # sudo: clients may not write groups; who may write this field has been checked
            user.sudo().group_ids = self._groups_of(user.platform_role)

    @api.model
    def _groups_of(self, role):
        """:return list: the command that gives this role, and removes all other groups"""
        return [Command.set(self.env.ref(f"collab_reseaux.group_{role}").ids if role else [])]

    @api.model
    def _completed(self, vals):
        # The groups are given at creation, because core does not let an internal user become a portal user afterwards.
        # The email is the login: the invitation is sent there.
        role = vals.get("platform_role") or ROLES[0]
        given = {"platform_role": role, "group_ids": self._groups_of(role), "email": vals.get("login")}
        return {**super()._completed(vals), **given}

    @api.model_create_multi
    def create(self, vals_list):
        # Without this key, core posts "user created" on the contact in the name of the current user, who may not post.
        quiet = {"mail_create_nolog": True}
        if not self.env.su:
            # Core would send its own invitation; people are invited by a button.
            quiet["no_reset_password"] = True
        users = super(ResUsers, self.with_context(**quiet)).create(vals_list).with_env(self.env)
        self.env["collab.member"]._forget_people()
        return users

    @api.model
    def _audience_domain(self):
        """A moderator reads the accounts of his networks, and his own; for the others, core's own rules decide."""
        user = self.env.user.sudo()  # his own role and memberships
        if user._role() == "administrator":
            return Domain("id", "not in", self._accounts_of_odoo())
        if user._role() != "moderator":
            return Domain.TRUE
        own = self.env["res.partner"]._of_networks(user.partner_id)
        return Domain("partner_id", "any", own) | Domain("id", "=", user.id)

    @api.model
    def _accounts_of_odoo(self):
        """:return list[int]: the accounts that belong to no person: system, operator, visitor, portal template"""
        names = ("user_root", "user_admin", "public_user", "template_portal_user_id")
        known = self.env["ir.model.data"]._xmlid_to_res_id
        return [number for name in names if (number := known(f"base.{name}", raise_if_not_found=False))]

    def _role(self):
        """:return str | None: the highest of ROLES that this account has; None when it belongs to no person"""
        self.ensure_one()
        held = [role for role in ROLES if self.has_group(f"collab_reseaux.group_{role}")]
        return held[-1] if held else None

    def _has_role(self, role):
        """:param str role: one of ROLES
        :return bool: this person has this role, or a higher one"""
        held = self._role()
        return held is not None and ROLES.index(held) >= ROLES.index(role)

    def write(self, vals):
        # As in ``create``: core posts a message when somebody becomes a portal user, or stops being one.
        quiet = self.with_context(mail_create_nolog=True)
        if not self.env.su and "platform_role" in vals:
            self._wait_for_other_administrators()
        role, others = vals.get("platform_role"), {name: vals[name] for name in vals if name != "platform_role"}
        # Two writes, because a moderator must always have a network (``_check_moderator_network``): it is given before
        # the role, and taken away after it.
        steps = [others, {"platform_role": role}] if role and others else [vals]
        for step in steps if role == "moderator" else reversed(steps):
            super(ResUsers, quiet).write(step)
        self.env["collab.member"]._forget_people()
        if not self.env.su and "platform_role" in vals:
            self._check_an_administrator_is_left()
        return True

    @api.model
    def _wait_for_other_administrators(self):
        """Make concurrent changes of administrators wait for each other. Two administrators who leave at the same time
        would each see the other one stay; this write makes PostgreSQL refuse the second transaction, which Odoo tries
        again, and which then finds that nobody else is left."""
        group = self.env.ref("collab_reseaux.group_administrator").id
        self.env.cr.execute(SQL("UPDATE res_groups SET write_date = write_date WHERE id = %s", group))

    @api.model
    def _check_an_administrator_is_left(self, without=()):
        """
        :param Iterable[res.users] without: people who are about to lose this role
        :raises ValidationError: there would be no administrator left
        """
        # sudo: it is only counted, whoever asks
        administrators = [("group_ids", "in", self.env.ref("collab_reseaux.group_administrator").ids)]
        others = [*self._accounts_of_odoo(), *(user.id for user in without)]
        people = self.sudo().search_count([*administrators, ("id", "not in", others)], limit=1)
        if not people:
            raise ValidationError(self.env._("The platform needs an administrator: give this role to somebody first."))

    @api.model
    def _self_accessible_fields(self):
        readable, _writeable = super()._self_accessible_fields()
        return readable, OWN_FIELDS

    # The current user, read once for each request

    @api.model
    def _reader_columns(self):
        """:return list[str]: the columns of the account that every page needs"""
        return ["partner_id", "company_id", "active"]

    @api.model
    @tools.ormcache()
    def _reader_query(self):
        """:return tuple[list[Field], list[Field], str]: what ``_read_reader`` reads (columns, links), and its query"""
        Person = self.env["res.partner"]
        account = [self._fields[name] for name in self._reader_columns()]
        names = [Person._fields[name] for name in ("name", "firstname", "lastname", "commercial_company_name")]
        links = [Person._fields[name] for name in ("scope_network_ids", "scope_territory_ids")]
        query = SQL(
            """
            SELECT %s, %s,
                   ARRAY(SELECT collab_network_id FROM collab_partner_scope_network_rel
                          WHERE res_partner_id = person.id),
                   ARRAY(SELECT collab_territory_id FROM collab_partner_scope_territory_rel
                          WHERE res_partner_id = person.id)
              FROM res_users account JOIN res_partner person ON person.id = account.partner_id
             WHERE account.id =
            """,
            SQL(", ").join(SQL.identifier("account", field.name) for field in account),
            SQL(", ").join(SQL.identifier("person", field.name) for field in names),
        )
        return [*account, *names], links, query.code

    @api.model
    @tools.ormcache("model")
    def _ranks(self, model):
        """:return dict[int, int]: the rank of each record of a model, by its order: to sort a few of them in the query
        of each page would take a third of it"""
        # sudo: only ranks are told. There are some federations, and some sixty territories.
        records = self.env[model].sudo().with_context(active_test=False).search([])  # pylint: disable=no-search-all
        return {number: rank for rank, number in enumerate(records.ids)}

    def _read_reader(self):
        """Read in one query what every page needs to know of the current user: account, names, memberships.

        The values go into the cache of the ORM, which ends with the request: a suspension, a charter or a membership
        holds at the next click. Values that are in the cache already, perhaps not written yet, are not replaced.
        """
        reader = self.sudo()  # these values decide rights, whatever the user may read himself
        columns, links, query = self._reader_query()
        rows = self.env.execute_query(SQL(f"{query} %s", self.id, to_flush=[*columns, *links]))
        for row in rows:
            known = dict(zip([*columns, *links], row, strict=True))
            person = reader.env["res.partner"].browse(known[reader._fields["partner_id"]])
            for field, value in known.items():
                record = reader if field.model_name == reader._name else person
                if field in links:
                    ranks = self._ranks(field.comodel_name)
                    # Somebody may have added one since the caches were checked.
                    value = tuple(sorted(value, key=lambda number, ranks=ranks: ranks.get(number, len(ranks))))
                field._insert_cache(record, [value])

    def _audience_scope(self):
        """Tell which audiences this person may read. It is called at each search, and kept for the transaction alone,
        until a person, an account, a role, a network or a territory changes: a change holds at the next click.

        :return AudienceScope | None: ``None``: nothing at all
        """
        self.ensure_one()
        known, age = self.env.cr.cache.setdefault("collab_scopes", {}), self.env["collab.audience"]._age()
        if self.id not in known or known[self.id][0] != age:
            known[self.id] = age, self._decide_audience_scope()
        return known[self.id][1]

    def _decide_audience_scope(self):
        """Decide which audiences this person may read. This is the only place where it is decided.

        :return AudienceScope | None: as ``_audience_scope``
        """
        user = self.sudo()  # roles and memberships decide rights, whatever the user may read himself
        if user._is_superuser() or user.has_group("collab_reseaux.group_administrator"):
            return AudienceScope(None, None)
        networks = frozenset(user.partner_id.scope_network_ids.ids)
        if user.has_group("collab_reseaux.group_moderator"):
            wide = self.env["ir.config_parameter"].sudo().get_param("collab_reseaux.moderators_read_all")
            return AudienceScope(None if wide else networks, None)
        if user.has_group("collab_reseaux.group_member"):
            territories = tuple(sorted(user.partner_id.scope_territory_ids.ids))
            return AudienceScope(networks, self.env["collab.territory"]._reach(territories))
        return None

    @api.constrains("group_ids", "partner_id", "active")
    def _check_moderator_network(self):
        """A moderator needs a network that is not archived: otherwise he only sees what is addressed to everyone."""
        for user in self.filtered("active"):
            is_moderator = user.has_group("collab_reseaux.group_moderator")
            if is_moderator and not user.has_group("collab_reseaux.group_administrator"):
                if not user.partner_id.scope_network_ids.filtered("active"):
                    raise ValidationError(user._say_network_missing(user.name))

    @api.constrains("partner_id")
    def _check_name_length(self):
        # The constraint of the contact is not enough: when the contact is created, it has no account yet.
        self.partner_id._check_name_length()

    @api.constrains("partner_id")
    def _check_employer(self):
        self.partner_id._check_employer()

    # The list of people

    def action_export(self):
        """Export these people as a workbook; when none is ticked, all those of the list.

        :return dict: an action that downloads it
        """
        if self:
            # Searched again: identifiers that the current user may not read are ignored, like those that do not exist.
            people = self.with_context(active_test=False).search([("id", "in", self.ids)])
        else:
            people = self.search(self.env.context.get("active_domain") or [])
        # sudo: clients may not write this model; the people are read with the rights of the current user
        asked = self.env["collab.people.export"].sudo().create({"user_ids": [Command.set(people.ids)]})
        return {"type": "ir.actions.act_url", "url": f"/membres/export/{asked.id}", "target": "download"}

    def _exported_columns(self):
        """:return dict[str, Callable[[res.users], str]]: the columns of the workbook, in order: by title, the function
        that gives the cell of a person"""
        roles = dict(self._fields["platform_role"]._description_selection(self.env))
        return {
            self.env._("Last name"): lambda user: user.lastname,
            self.env._("First name"): lambda user: user.firstname,
            self.env._("E-mail"): lambda user: user._shown_login(),
            self.env._("Job"): lambda user: user.function,
            self.env._("Organisation"): lambda user: user.parent_id.name,
            self.env._("Networks"): lambda user: ", ".join(user.scope_network_ids.mapped("name")),
            self.env._("Territories"): lambda user: ", ".join(user.scope_territory_ids.mapped("display_name")),
            self.env._("Role"): lambda user: roles.get(user.platform_role),
            self.env._("Last connection"): lambda user: (
                format_date(self.env, user.login_date) if user.login_date else ""
            ),
        }

    def _shown_login(self):
        """:return str | None: the email address of this person, as lists show it"""
        return self.login

    def _exported(self):
        """:return bytes: XLSX, one row for each of these people whom the current user may read, by last name"""
        readable = self.with_context(active_test=False).search(
            [("id", "in", self.ids)], order="lastname, firstname, id"
        )
        columns = self._exported_columns()
        rows = [[said(user) or "" for said in columns.values()] for user in readable]
        return write_workbook(list(columns), rows, {})

    def _signature(self):
        """:return tuple[str, str]: the name and the initials of this person, for the header of every page"""
        person = self.sudo().partner_id  # his own name
        # Only three columns: by default, reading one field fetches all sixty of them.
        person.fetch(["name", "firstname", "lastname"])
        return person.name, person._initials()

    def _own_network_ids(self):
        """:return list[int]: the networks to which this person belongs"""
        return self.sudo().partner_id.scope_network_ids.ids  # his own memberships

    def _audience_choices(self):
        """List the networks and territories to which this author may address a content: those that he may read and that
        are not archived. He may always address everyone.

        :return tuple[collab.network, collab.territory]:
        """
        scope = self._audience_scope() or AudienceScope(frozenset(), frozenset())
        # sudo: networks and geography are public. active_test: the caller's context may ask for archived ones.
        platform = self.env["collab.network"].sudo().with_context(active_test=True)
        networks = platform.search([])  # pylint: disable=no-search-all
        territories = platform.env["collab.territory"].search([])  # pylint: disable=no-search-all
        if scope.network_ids is not None:
            networks = networks.filtered(lambda network: network.id in scope.network_ids)
        if scope.territory_ids is not None:
            territories = territories.filtered(lambda territory: territory.id in scope.territory_ids)
        return networks, territories

    def _audience_options(self):
        """List what a form offers to this author: ``_audience_choices``, without the region, and with each employment
        area once (one that crosses two départements has a record in each; his own is preferred).

        :return tuple[collab.network, collab.territory]:
        """
        networks, territories = self._audience_choices()
        own = self.sudo().partner_id.scope_territory_ids  # his own memberships
        areas = territories.filtered(lambda t: t.kind == "employment_area").sorted(lambda t: (t not in own, t.id))
        once = {area.code: area.id for area in reversed(areas)}
        return networks, territories.filtered(
            lambda t: t.kind == "department" or (t.kind == "employment_area" and t.id in once.values())
        )

    def _check_may_write(self):
        """Check it before anything is written for others to read: a text, a comment, a file, a report. A module that
        suspends people adds its refusal.

        :raises AccessError: this person may not write here
        """
        if self._audience_scope() is None:
            raise AccessError(self.env._("You cannot write here."))

    def _write_own_data(self, archive):
        """Write all the data that the platform has about this person. Each module adds its own.

        :param zipfile.ZipFile archive: open, for writing
        """
        self.ensure_one()

    def _forget(self):
        """Erase who this person was: what others still read must not name him. Each module erases its own data."""
