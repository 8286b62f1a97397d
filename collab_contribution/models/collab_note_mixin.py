from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class CollabNoteMixin(models.AbstractModel):
    """A row about a text, for its moderators: a flag that a reader has put, a correction by its author, or an action in
    the log. The text is a content, or something under a content, whatever its model."""

    _name = "collab.note.mixin"
    _inherit = ["collab.access.mixin", "collab.author.mixin"]
    _description = "Note about a text"

    # Not many2one fields: a row of the log stays once the text is gone, and the texts are of many models.
    res_model = fields.Char(string="Kind of text", readonly=True)
    res_id = fields.Many2oneReference(string="Text", model_field="res_model", readonly=True)

    @api.model
    def _audience_domain(self):
        """The moderators of the text may read this row, and whoever has created it."""
        if self.env.user._audience_scope() is None:
            return Domain.FALSE
        own = Domain("create_uid", "=", self.env.uid)
        if not self.env.user.has_group("collab_reseaux.group_moderator"):
            return own
        return own | self._moderated_domain()

    @api.model
    def _moderated_domain(self):
        """:return Domain: the rows about the texts that the current user, a moderator, may read; the administrators
        also read those about texts that are gone"""
        if self.env.user.has_group("collab_reseaux.group_administrator"):
            return Domain.TRUE
        return self._among(texts._moderated_domain() for texts in self.env["collab.queue"]._texts())

    @api.model
    def _among(self, domains):
        """
        :param Iterable[Domain] domains: one for each kind of text, in the order of ``collab.queue._texts``
        :return Domain: the rows about the texts that the current user may read, and that these domains select
        """
        found = Domain.FALSE
        for texts, domain in zip(self.env["collab.queue"]._texts(), domains, strict=True):
            # Not in sudo, even when the caller is: the record rules of the current user decide.
            known = texts.sudo(False).with_context(active_test=False)
            found |= Domain("res_model", "=", texts._name) & self._numbered(known._search(domain))
        return found

    @api.model
    def _numbered(self, query):
        """:param Query query: of texts
        :return Domain: the rows whose text is one of them: the ORM takes no query for the number of a text"""
        return Domain.custom(
            to_sql=lambda model, alias, _query: SQL("%s IN %s", SQL.identifier(alias, "res_id"), query.subselect())
        )

    @api.model
    def _naming(self, text):
        """:param collab.contribution.mixin text:
        :return dict: the values of a row that is about this very text"""
        return {"res_model": text._name, "res_id": text.id}

    @api.model
    def _naming_domain(self, texts):
        """:param collab.contribution.mixin texts: of one kind
        :return Domain: the rows about these very texts, and not about the texts under them"""
        return Domain("res_model", "=", texts._name) & Domain("res_id", "in", texts.ids)

    def _about(self):
        """:return collab.contribution.mixin | None: the text that this row is about; empty once it is deleted for good;
        None when the row is about a person, or the module of the text is gone"""
        self.ensure_one()
        known = self.env["collab.queue"]._names()
        if self.res_model not in known:
            return None
        return self.env[self.res_model].browse(self.res_id).exists()

    def _readable_texts(self):
        """:return set[tuple[str, int]]: model and number of the texts of these rows that the current user may read,
        those in the bin included"""
        found, known = set(), self.env["collab.queue"]._names()
        for name, rows in self.grouped("res_model").items():
            if name in known:
                texts = self.env[name].sudo(False).with_context(active_test=False)
                found |= {(name, number) for number in texts.search([("id", "in", rows.mapped("res_id"))]).ids}
        return found

    def _open_case(self):
        """:return dict: the action that opens, from a screen of the federations, the page of the text
        :raises UserError: the text does not exist any more, or the current user may not read it
        """
        if not self._readable_texts():
            raise self.env["collab.queue"]._nothing_there()
        return {"type": "ir.actions.act_url", "url": self._about()._case_url(), "target": "self"}
