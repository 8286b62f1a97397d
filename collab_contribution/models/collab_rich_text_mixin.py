from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.collab_reseaux.refusals import beside

from ..html import Clean, clean

# Before it is cleaned, what is pasted from Word may be fifty times longer than its text.
PASTED_MAX_CHARS = 1_000_000
CONTENT_MAX_CHARS = 100_000


class CollabRichTextMixin(models.AbstractModel):
    """A text with simple formatting, from the editor (``static/src/writing``). Whoever writes it, by any way, it passes
    the gate (``html.py``)."""

    _name = "collab.rich.text.mixin"
    _description = "Text with a form"

    # The gate lets less pass than what Odoo does, which would take as long again to look for it.
    content = fields.Html(sanitize=False)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._gated(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._gated(vals))

    @api.model
    def _gated(self, vals):
        """:param dict vals: what is about to be written
        :return dict: with a clean text
        :raises ValidationError: it is too long"""
        if "content" not in vals or isinstance(vals["content"], Clean):
            return vals
        return {**vals, "content": self._cleaned_content(vals["content"])}

    @api.model
    def _cleaned_content(self, content):
        """:param str content: HTML, as it was typed or pasted
        :return Clean:
        :raises ValidationError: it is too long"""
        content = content or ""
        too_long = beside(
            "content",
            ValidationError(
                self.env._("This text is too long. Attach it as a document, and say here what it is about.")
            ),
        )
        if len(content) > PASTED_MAX_CHARS:
            raise too_long
        content = clean(content)
        if len(content) > CONTENT_MAX_CHARS:
            raise too_long
        return content
