from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.collab_reseaux.calls import CHOOSE, READ, WRITE, opened

NAME_MAX_CHARS = 200


class CollabReason(models.Model):
    """A reason that moderators often give: ready to be chosen, it names what the charter says of it."""

    _name = "collab.reason"
    _inherit = "collab.written.mixin"
    _description = "Ready reason"
    _order = "sequence, id"
    _calls = opened("moderator", *READ, *CHOOSE) | opened(
        "administrator", *WRITE, "action_archive", "action_unarchive", "web_resequence"
    )
    _creates = _writes = opened("administrator", "name", "article", "sequence", "active")

    name = fields.Char(string="Reason", required=True, help="The author of the text reads it.")
    article = fields.Char(
        string="What the charter says", required=True, help="The title of the article of the charter that it is about."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    @api.constrains("name", "article")
    def _check_length(self):
        for reason in self:
            if max(len(reason.name), len(reason.article)) > NAME_MAX_CHARS:
                raise ValidationError(self.env._("This is too long: %s characters at most.", NAME_MAX_CHARS))

    @api.model
    def _choices(self):
        """:return list[tuple[int, str]]: what a moderator chooses from"""
        return [(reason.id, reason._sentence()) for reason in self.search([])]

    def _sentence(self):
        """:return str: the reason, with the article of the charter that it is about"""
        return self.env._("%(reason)s (charter: %(article)s).", reason=self.name, article=self.article)

    @api.model
    def _joined(self, number, text):
        """
        :param str number: of a ready reason, as a form sends it; empty when none was chosen
        :param str text: what was typed besides
        :return str: both, as the author of the text reads them
        """
        chosen = self.search([("id", "=", int(number))]) if (number or "").isdecimal() and len(number) < 10 else self
        return " ".join(filter(None, (chosen._sentence() if chosen else "", (text or "").strip())))
