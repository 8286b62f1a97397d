from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class CollabBookmarkMixin(models.AbstractModel):
    """What a person may keep at hand, and follow."""

    _name = "collab.bookmark.mixin"
    _description = "What may be kept and followed"
    # The name of this kind of content in addresses, in French; and the marks that its readers may put.
    _slug = None
    _marks = ("favourite", "follow")

    is_favourite = fields.Boolean(compute="_compute_marks", search="_search_is_favourite", compute_sudo=True)
    is_followed = fields.Boolean(compute="_compute_marks", search="_search_is_followed", compute_sudo=True)

    @api.depends_context("uid")
    def _compute_marks(self):
        marks = self.env["collab.mark"]._of(self._name, self.ids, ("favourite", "follow"))
        for record in self:
            record.is_favourite = record.id in marks.get("favourite", {})
            record.is_followed = record.id in marks.get("follow", {})

    @api.model
    def _search_is_favourite(self, operator, value):
        return self._search_mark("favourite", operator)

    @api.model
    def _search_is_followed(self, operator, value):
        return self._search_mark("follow", operator)

    @api.model
    def _search_mark(self, kind, operator):
        # The domain optimizer turns every comparison of a boolean into `in` or `not in` [True].
        if operator != "in":
            return NotImplemented
        marked = self.env["collab.mark"]._marked
        return Domain.custom(to_sql=lambda model, alias, query: marked(kind, model._name, alias))

    def _set_mark(self, kind, on):
        """Mark these records for the current user, or take the mark off.

        :param str kind: of ``collab.mark``
        :param bool on: put it; otherwise, take it off
        """
        Mark = self.env["collab.mark"]
        (Mark._put if on else Mark._take_off)(kind, self._name, self.ids)
        self.invalidate_recordset(["is_favourite", "is_followed"], flush=False)

    def _followers(self):
        """:return res.users: the followers of this content; whether they may still read it is checked when a mail is
        written"""
        return self._marked_by("follow")

    def _marked_by(self, kind):
        """
        :param str kind: of ``collab.mark``
        :return res.users: who has put this mark on one of these records, the first ones first; the caller decides who
            may know them
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT user_id FROM collab_mark WHERE kind = %s AND res_model = %s AND res_id IN %s"
                " GROUP BY user_id ORDER BY min(date), user_id",
                kind,
                self._name,
                tuple(self.ids) or (0,),
            )
        )
        return self.env["res.users"].browse(user for (user,) in rows)

    @api.ondelete(at_uninstall=False)
    def _unlink_marks(self):
        # sudo: the marks of all people, which nobody may delete
        self.env["collab.mark"].sudo().search([("res_model", "=", self._name), ("res_id", "in", self.ids)]).unlink()
