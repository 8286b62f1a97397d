import hashlib

from odoo import api, fields, models, tools
from odoo.exceptions import UserError


class CollabCharter(models.Model):
    """A version of the rules that everyone accepts before reading anything. The last one published is in force."""

    _name = "collab.charter"
    _description = "Charter"
    _order = "version desc"
    _rec_name = "version"

    version = fields.Integer(readonly=True, copy=False)
    body = fields.Html(required=True, sanitize=True, strip_style=True)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    published_date = fields.Datetime(readonly=True, copy=False)
    body_hash = fields.Char(
        string="Fingerprint",
        readonly=True,
        copy=False,
        help="SHA-256 of the exact text, in hexadecimal: the proof of what was accepted.",
    )
    acceptance_ids = fields.One2many("collab.charter.acceptance", "charter_id", string="Acceptances")

    _version_unique = models.UniqueIndex("(version) WHERE state = 'published'", "This version already exists.")

    @api.depends("version", "state")
    def _compute_display_name(self):
        for charter in self:
            charter.display_name = self.env._("Version %s", charter.version) if charter.version else self.env._("Draft")

    def action_publish(self):
        """Put this text in force: everybody is asked to accept it at his next click."""
        for charter in self.filtered(lambda c: c.state == "draft"):
            last = self.search([("state", "=", "published")], order="version desc", limit=1)
            charter.write(
                {
                    "version": last.version + 1,
                    "state": "published",
                    "published_date": fields.Datetime.now(),
                    "body_hash": hashlib.sha256(charter.body.encode()).hexdigest(),
                }
            )
        self.env.registry.clear_cache()

    @api.model
    @tools.ormcache()
    def _current_id(self):
        """:return int | bool: the identifier of the charter in force"""
        # sudo: the text in force is no secret, and its identifier is asked at each request, by anybody.
        published = self.sudo().search([("state", "=", "published")], order="version desc", limit=1)
        return published.id

    def write(self, vals):
        if self.filtered(lambda c: c.state == "published"):
            raise UserError(self.env._("A published charter does not change: write a new version."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if self.filtered(lambda c: c.state == "published"):
            raise UserError(self.env._("A published charter is kept: it proves what was accepted."))
