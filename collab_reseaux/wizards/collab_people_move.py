from odoo import api, fields, models

from ..calls import READ, WRITE, opened


class CollabPeopleMove(models.TransientModel):
    """Several people change organisation at once. The dialog says first what this changes in what they read."""

    _name = "collab.people.move"
    _inherit = ["collab.dialog.mixin"]
    _description = "Change of organisation"
    _calls = opened("administrator", *READ, *WRITE, "action_move")
    _creates = _writes = opened("administrator", "user_ids", "organisation_id")

    user_ids = fields.Many2many(
        "res.users", string="People", required=True, default=lambda self: self.env.context.get("active_ids")
    )
    organisation_id = fields.Many2one(
        "res.partner", string="New organisation", required=True, domain=[("is_company", "=", True)]
    )
    consequence = fields.Text(
        compute="_compute_consequence", help="What changes for these people, before it does: a sentence a line."
    )

    @api.depends("user_ids", "organisation_id")
    def _compute_consequence(self):
        for move in self:
            move.consequence = "\n".join(move._consequences()) if move.organisation_id else False

    def _consequences(self):
        """:return list[str]: a line for each organisation that people leave, then what changes in what they read"""
        target = self.organisation_id._origin.sudo()  # sudo: its networks and territories, whoever asks
        # sudo: the networks and territories of people whom an administrator may read
        people = self.user_ids.partner_id._origin.sudo()
        moving = people.filtered(lambda person: person.parent_id != target)
        after = {person: person._scope_in(target, target.site_ids) for person in moving}
        said = [self._moved(len(group), employer) for employer, group in people.grouped("parent_id").items()]
        return [*said, *filter(None, [people._reading_changes(after)])]

    def _moved(self, count, employer):
        names = {"count": count, "before": employer.name, "after": self.organisation_id.name}
        if employer == self.organisation_id._origin:
            if count == 1:
                return self.env._("1 person is in “%(after)s” already.", **names)
            return self.env._("%(count)s people are in “%(after)s” already.", **names)
        if not employer:
            if count == 1:
                return self.env._("1 person without organisation goes to “%(after)s”.", **names)
            return self.env._("%(count)s people without organisation go to “%(after)s”.", **names)
        if count == 1:
            return self.env._("1 person goes from “%(before)s” to “%(after)s”.", **names)
        return self.env._("%(count)s people go from “%(before)s” to “%(after)s”.", **names)

    def action_move(self):
        """:raises AccessError: the current user may not write accounts
        :raises ValidationError: a moderator would have no network left"""
        self.ensure_one()
        self.check_access("write")
        self.user_ids.write({"parent_id": self.organisation_id.id})
        return {"type": "ir.actions.client", "tag": "soft_reload"}
