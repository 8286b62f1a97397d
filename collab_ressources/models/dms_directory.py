from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.collab_reseaux.calls import CHOOSE, READ, WRITE, opened


class DmsDirectory(models.Model):
    _name = "dms.directory"
    _inherit = [
        "collab.written.mixin",
        "collab.used.mixin",
        "dms.directory",
        "collab.audience.mixin",
        "collab.cached.mixin",
        "collab.bookmark.mixin",
    ]
    _slug = "dossier"
    _audience_fields = frozenset({"audience_network_ids", "audience_territory_ids", "parent_id"})
    _retired_by = "moderator"
    _merged_by = "folder_id"
    _listed_in = "collab_ressources.dms_directory_library_action"
    _calls = opened("moderator", *READ, *CHOOSE, *WRITE, "action_retire")
    _creates = _writes = opened(
        "moderator", "name", "parent_id", "deposit_by", "audience_network_ids", "audience_territory_ids"
    )

    deposit_by = fields.Selection(
        [("members", "All members"), ("moderators", "The federations only")],
        string="Who deposits here",
        default="members",
        required=True,
        help="In the folders below too.",
    )

    @api.model
    def _get_domain_by_access_groups(self, operation):
        if operation == "create":
            return super()._get_domain_by_access_groups(operation)
        return self._access_groups_domain("id", operation)

    @api.model
    def _audience_domain(self):
        """A folder is closed to whom one of the folders above it is closed."""
        own_terms = self._audience_terms()
        if own_terms.is_true() or own_terms.is_false():
            return own_terms
        closed = self._closed_ids(own_terms)
        return Domain("id", "not in", closed) if closed else Domain.TRUE

    @api.model
    @tools.ormcache("own_terms")
    def _closed_ids(self, own_terms):
        """:param Domain own_terms: what a reader may read of what has an audience, each record taken alone
        :return tuple[int]: the folders that are closed to him, and those below"""
        # sudo: they are those that he cannot search
        closed = self.sudo().search(~own_terms)
        return tuple(self.sudo().search([("id", "child_of", closed.ids)]).ids if closed else ())

    def _default_parent_id(self):
        """Choose no folder in the place of whoever creates one: dms takes the one that the context names."""
        return False

    @api.depends_context("uid")
    def _compute_display_name(self):
        """dms names a folder after those above it, open to whoever reads it, or by itself where there is no room."""
        closed = self._closed()
        closed.display_name = False
        return super(DmsDirectory, self - closed)._compute_display_name()

    @api.depends_context("uid")
    def _compute_size(self):
        """Weigh what the reader may read: dms weighs all, and a weight tells that something is there."""
        within = Domain("directory_id", "child_of", self.ids)
        weights = self.env["dms.file"]._read_group(within, ["directory_id"], ["size:sum"])
        # sudo: where folders lie, and not what they are; his own document may lie in one that was closed since
        weighed = [(folder.sudo().parent_path, weight) for folder, weight in weights]
        for folder in self:
            path = folder.sudo().parent_path or "-"  # nothing lies in what is not written yet
            folder.size = sum(weight for inner, weight in weighed if inner.startswith(path))

    def _open_steps(self):
        """:return dms.directory: this folder and those above it, from the first level down, that the reader may open"""
        # sudo: where it lies; whether each is open is then asked for the reader
        steps = self.browse(int(step) for step in (self.sudo().parent_path or "").split("/") if step)
        return steps.sudo(False)._filtered_access("read").with_env(self.env)

    def _known_names(self):
        """:return list[str]: the names that all those who read what lies in this folder know, even an author to whom it
        has been closed since: its own, and those of the folders above it that are open to everybody"""
        # sudo: only these names are given
        steps = self.sudo().browse(int(step) for step in (self.sudo().parent_path or "").split("/") if step)
        names, is_open = [], True
        for step in steps:
            is_open = is_open and not any(self.env["collab.audience"]._sides(step.audience_id.id))
            # The first one is that of the library itself.
            if step == self or (is_open and step.parent_id):
                names.append(step.name)
        return names

    def check_access_token(self, access_token=False):
        """A link that is passed on opens nothing to whom the audience excludes."""
        return super().check_access_token(access_token) and self.sudo(False).has_access("read")

    @api.model
    @tools.ormcache()
    def _folders(self):
        """:return dict[int, tuple[str, int, tuple[int]]]: the folders of the library, by name: their name, the folder
        above, and the path from the first level down to themselves"""
        library = self.env["ir.model.data"]._xmlid_to_res_id("collab_ressources.directory_library")
        # sudo: each reader is shown those that are open to him, by `_open_ids`
        found = self.sudo().search([("parent_path", "=like", f"{library}/_%")], order="name")
        return {
            folder.id: (folder.name, folder.parent_id.id, tuple(int(i) for i in folder.parent_path.split("/")[1:-1]))
            for folder in found
        }

    @api.model
    def _open_ids(self):
        """:return tuple[int]: the folders of the library that the reader may open, by name"""
        # What decides is looked at each time; what follows from it, for folders that have not changed, is remembered.
        scope = self.env.user._audience_scope()
        groups = self.env["dms.access.group"]._own_ids("read")
        return self._open_to(self.env.uid, self.env.su, tuple(self.env.companies.ids), scope, groups)

    @api.model
    @tools.ormcache("uid", "su", "companies", "scope", "groups")
    def _open_to(self, uid, su, companies, scope, groups):
        """:return tuple[int]: as ``_open_ids``"""
        folders = self._folders()
        library = self.env["ir.model.data"]._xmlid_to_res_id("collab_ressources.directory_library")
        # All those below, and not their hundreds of identifiers: the query is short.
        readable = frozenset(self._search(Domain("parent_path", "=like", f"{library}/_%"), order="id"))
        return tuple(folder for folder in folders if folder in readable)

    @api.model
    def _below(self, folder_id):
        """:return tuple[int]: this folder and those that lie in it, at any depth"""
        return tuple(folder for folder, (_name, _parent, path) in self._folders().items() if folder_id in path)

    @api.model
    def _totals(self, numbers):
        """:param dict[int, int] numbers: of what lies in each folder
        :return dict[int, int]: of what lies in it and below, for the folders of the library"""
        totals, folders = {}, self._folders()
        for folder, number in numbers.items():
            for step in folders[folder][2] if folder in folders else ():
                totals[step] = totals.get(step, 0) + number
        return totals

    @api.model
    def _tree(self, open_folders, folder, totals):
        """The folders that a reader may open, each below the one in which it lies.

        :param Iterable[int] open_folders: as ``_open_ids``
        :param int | None folder: the one that is open now
        :param dict[int, int] totals: of what lies in each, and below
        :return list[dict]: ``id``, ``name``, ``depth`` (0 for the first level), ``count``, ``is_open`` (it is open now,
            or what is open lies in it), ``is_near`` (it lies where one that is open lies, or in it)
        """
        folders = self._folders()
        steps = folders[folder][2] if folder else ()
        near = {self.env["ir.model.data"]._xmlid_to_res_id("collab_ressources.directory_library"), *steps}
        # By name, as the base sorts them: "É" comes with "E".
        rank = {number: index for index, number in enumerate(folders)}
        return [
            {
                "id": number,
                "name": folders[number][0],
                "depth": len(folders[number][2]) - 1,
                "count": totals.get(number, 0),
                "is_open": number in steps,
                "is_near": folders[number][1] in near,
            }
            for number in sorted(open_folders, key=lambda number: [rank[step] for step in folders[number][2]])
        ]

    @api.model
    def _deposit_folders(self):
        """:return dict[int, str]: the folders where the reader may deposit, in the order of the tree, each with the
        names from the first level down"""
        folders, reserved = self._folders(), self._reserved_ids()
        found = [
            ([folders[step][0] for step in folders[folder][2]], folder)
            for folder in self._open_ids()
            if folder not in reserved
        ]
        return {folder: " › ".join(names) for names, folder in sorted(found)}

    @api.model
    def _last_deposit_id(self):
        """:return int | bool: the folder of what the current user has deposited last, which he may have lost since"""
        return (
            self.env["dms.file"].search([("create_uid", "=", self.env.uid)], order="id desc", limit=1).directory_id.id
        )

    @api.model
    def _reserved_ids(self):
        """:return frozenset[int]: the folders where the current user does not deposit"""
        return frozenset() if self.env.user._is_internal() or self.env.su else self._filled_by_moderators()

    @api.model
    @tools.ormcache()
    def _filled_by_moderators(self):
        # sudo: a setting, which holds for all; with the folders below
        marked = self.sudo().search([("deposit_by", "=", "moderators")])
        return frozenset(self.sudo().search([("id", "child_of", marked.ids)]).ids if marked else ())

    @api.constrains("name")
    def _check_name(self):
        """Replace dms's check, which refuses a name that stands already beside: it would tell that a folder exists to
        whom it is closed."""
        for folder in self:
            self.env["collab.upload"]._check_name(folder.name)
            beside = Domain("parent_id", "=", folder.parent_id.id) & Domain("id", "!=", folder.id)
            # dms creates in sudo: what is asked is about the person.
            seen = self.with_user(self.env.user)
            if folder.parent_id and seen.search_count(beside & Domain("name", "=", folder.name), limit=1):
                raise ValidationError(self.env._("There is already a folder “%s” here.", folder.name))

    def write(self, vals):
        # Before dms looks at where it would go.
        self._check_given([vals])
        if isinstance(parent := vals.get("parent_id"), int) and parent:
            self._lock_steps(parent)
        result = super().write(vals)
        if vals.keys() & {"name", *self._audience_fields}:
            # sudo: whoever tidies up does not read all that lies there
            documents = self.sudo().env["dms.file"]
            documents.search([("directory_id", "child_of", self.ids)])._note_searched()
        return result

    def _lock_steps(self, parent_id):
        """Keep others who move folders below the same ones waiting: they are then replayed, and find where these lie
        now. Of two folders moved into each other at once, each would see the other where it was."""
        # sudo: they are locked, and not told
        steps = self.sudo().browse(parent_id).parent_path.split("/")
        locked = tuple({*self.ids, *(int(step) for step in steps if step)})
        self.env.cr.execute(SQL("SELECT FROM dms_directory WHERE id IN %s ORDER BY id FOR NO KEY UPDATE", locked))

    def unlink(self):
        # Before dms, which would delete the documents with their folder, past the bin.
        self._check_unused()
        self.check_access("unlink")
        # sudo: dms deletes the documents too, a right that nobody has, of which there are none
        return super(DmsDirectory, self.sudo()).unlink()

    @api.model
    def _say_addressed(self, number):
        if number == 1:
            return self.env._("1 folder is addressed to it.")
        return self.env._("%s folders are addressed to it.", number)

    def _uses(self):
        """No document goes with its folder, in the bin or not."""
        # sudo: counted, and not told
        below = self.sudo().env["dms.file"].with_context(active_test=False)
        within = Domain("directory_id", "child_of", self.ids)
        here = below.search_count(within & Domain("active", "=", True))
        in_bin = below.search_count(within & Domain("active", "=", False))
        root = [] if self.parent_id else [self.env._("All folders lie in it.")]
        return [
            *super()._uses(),
            *root,
            *self._said(here, self.env._("1 document lies there."), self.env._("%s documents lie there.", here)),
            *self._said(
                in_bin,
                self.env._("1 document that lay there is still in the bin."),
                self.env._("%s documents that lay there are still in the bin.", in_bin),
            ),
        ]

    def _remedy(self):
        return self.env._("Merge it into another folder.")

    def _check_retires(self):
        self.check_access("unlink")
        return super()._check_retires()

    def _merge_into(self, target):
        """Put all that lies in these folders into another one; they disappear.

        :param dms.directory target:
        :raises UserError: it lies in one of them, or is not open to the same people
        """
        (self | target).check_access("write")
        for folder in self:
            if target.id in self._below(folder.id):
                raise UserError(self.env._("A folder does not go into itself: choose another one."))
            if folder._audiences() != target._audiences():
                raise UserError(
                    self.env._(
                        "“%(one)s” and “%(other)s” are not open to the same people.", one=folder.name, other=target.name
                    )
                )
            # sudo: what is not addressed to whoever tidies up is tidied up too, and stays closed to him
            everything = folder.sudo().with_context(active_test=False)
            everything.env["dms.file"].search([("directory_id", "=", folder.id)]).directory_id = target
            for child in everything.child_directory_ids:
                same = self.sudo().search([("parent_id", "=", target.id), ("name", "=", child.name)])
                if same and child.sudo(False)._audiences() == same.sudo(False)._audiences():
                    child.sudo(False)._merge_into(same.sudo(False))
                else:
                    child.parent_id = target
            self.env["collab.mark"]._copy(self._name, folder.ids, target.id)
            folder.unlink()

    def _audiences_around(self):
        return frozenset(self.parent_id._audiences())

    def _is_its_author_s(self):
        """Once others deposit in it, a folder is nobody's own."""
        return False

    def _audiences(self):
        """:return set[int]: what decides who may open this folder: its audience, and those above"""
        # sudo: compared, and not told
        steps = [int(step) for step in (self.sudo().parent_path or "").split("/") if step]
        everyone = self.env["collab.audience"]._of((), ())
        return set(self.sudo().browse(steps).audience_id.ids) - {everyone}
