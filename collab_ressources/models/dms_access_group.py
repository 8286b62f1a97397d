from odoo import api, models, tools
from odoo.tools import SQL


class DmsAccessGroup(models.Model):
    _name = "dms.access.group"
    _inherit = ["dms.access.group", "collab.cached.mixin"]

    @api.model
    def _bars(self, operation):
        """:param str operation: as for access rights
        :return tuple[int]: the folders that no group of the current user opens, and those below; none to an
            administrator, who could not repair what he does not see"""
        if self.env.user.has_group("collab_reseaux.group_administrator"):
            return ()
        return self._barred_to(self._own_ids(operation))

    @api.model
    def _own_ids(self, operation):
        """:return tuple[int]: the groups of the current user that allow the operation"""
        # Who has come, or left, is noted before it is asked who is there.
        self.flush_model(["users"])
        return self._ids_of(self.env.uid, operation)

    @api.model
    @tools.ormcache("uid", "operation")
    def _ids_of(self, uid, operation):
        allowed = {"read": SQL("TRUE")}.get(operation) or SQL.identifier("dag", f"perm_inclusive_{operation}")
        rows = self.env.execute_query(
            SQL(
                """SELECT dag.id FROM dms_access_group dag JOIN dms_access_group_users_rel users ON users.gid = dag.id
                    WHERE users.uid = %s AND %s ORDER BY dag.id""",
                uid,
                allowed,
            )
        )
        return tuple(group for (group,) in rows)

    def _compute_users(self):
        """It is computed again when somebody takes, or leaves, a role that opens folders: what is remembered goes."""
        result = super()._compute_users()
        self.env.registry.clear_cache()
        return result

    @api.model
    @tools.ormcache("groups")
    def _barred_to(self, groups):
        """:param tuple[int] groups:
        :return tuple[int]: the folders that none of them opens, and those below, whose names tell those above; what
            changes groups, folders or storages forgets it"""
        self.env["dms.directory"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """WITH barred AS (
                       SELECT parent_path FROM dms_directory folder
                        WHERE storage_id_inherit_access_from_parent_record IS TRUE OR NOT EXISTS (
                              SELECT FROM dms_directory_complete_groups_rel rel
                               WHERE rel.aid = folder.id AND rel.gid = ANY (%s)))
                   SELECT id FROM dms_directory folder
                    WHERE EXISTS (SELECT FROM barred WHERE starts_with(folder.parent_path, barred.parent_path))
                    ORDER BY id""",
                list(groups),
            )
        )
        return tuple(folder for (folder,) in rows)
