from odoo import fields, models

from odoo.addons.collab_courrier.models.collab_notification import Event


class CollabFlagMixin(models.AbstractModel):
    """A reader says that something is wrong with what another has written. Its moderators read why; he is then told
    what they have done."""

    _name = "collab.flag.mixin"
    _inherit = "collab.note.mixin"
    _description = "Flag on a text"
    _order = "id desc"
    _rec_name = "title"
    # The kind of notification that tells him what they have done.
    _told_by = None

    title = fields.Char(readonly=True, help="Its title at that moment, which its reader has read.")
    reason = fields.Text(required=True, readonly=True)
    is_closed = fields.Boolean(string="Answered", readonly=True)
    outcome = fields.Selection(
        [
            ("keep", "Looked at, and left as it is"),
            ("correct", "Corrected"),
            ("hide", "Hidden"),
            ("remove", "Put in the bin"),
            ("withdraw", "Withdrawn by its author"),
        ],
        readonly=True,
    )
    closed_uid = fields.Many2one("res.users", string="Answered by", readonly=True)

    def action_open_page(self):
        """:return dict: the action that opens, from a screen of the federations, the page of the flagged text"""
        return self._open_case()

    def _close(self, outcome):
        """Answer these flags, and tell the people who have put them.

        :param str outcome: what has been done with the text, one of the choices of ``outcome``
        """
        self.write({"is_closed": True, "closed_uid": self.env.uid, "outcome": outcome})
        for flag in self:
            author = flag.create_uid.sudo(False)
            self.env["collab.notification"]._notify(self._told_by, flag, Event("answered", flag), author)
