from odoo import api, models
from odoo.exceptions import ValidationError

from ..html import clean

# Before it is cleaned, what is pasted from Word may be fifty times longer than its text.
PASTED_MAX_CHARS = 1_000_000
CONTENT_MAX_CHARS = 100_000


class CollabRichTextMixin(models.AbstractModel):
    """A text with simple formatting, from the editor (``static/src/writing``)."""

    _name = "collab.rich.text.mixin"
    _description = "Text with a form"

    @api.model
    def _cleaned_content(self, content):
        """:param str content: HTML, as it was typed or pasted
        :return str: cleaned by ``html.clean``
        :raises ValidationError: it is too long"""
        content = content or ""
        too_long = self.env._("This text is too long. Attach it as a document, and say here what it is about.")
        if len(content) > PASTED_MAX_CHARS:
            raise ValidationError(too_long)
        content = clean(content)
        if len(content) > CONTENT_MAX_CHARS:
            raise ValidationError(too_long)
        return content
