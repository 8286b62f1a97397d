from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.collab_comptes.exceptions import AlreadyDone

# Actions on a person, and not on a text: the mails about his account tell him.
ABOUT_PEOPLE = ("suspend", "resume")


class CollabActionMixin(models.AbstractModel):
    """The log of what moderators have done, to what, and why. Rows are added to it, and never changed. The author of a
    text reads what has been done to it."""

    _name = "collab.action.mixin"
    _inherit = "collab.note.mixin"
    _description = "Action of a moderator"
    _order = "id desc"
    _rec_name = "title"

    kind = fields.Selection(
        [
            ("accept", "Accepted"),
            ("refuse", "Refused"),
            ("keep", "Looked at, and left as it is"),
            ("correct", "Corrected"),
            ("accept_edit", "Correction accepted"),
            ("refuse_edit", "Correction refused"),
            ("hide", "Hidden"),
            ("show", "Shown again"),
            ("remove", "Put in the bin"),
            ("restore", "Taken out of the bin"),
            ("suspend", "Suspended from writing"),
            ("resume", "May write again"),
        ],
        required=True,
        readonly=True,
    )
    title = fields.Char(readonly=True, help="Its title at that moment.")
    author_id = fields.Many2one("res.users", string="Author of the text", readonly=True, index="btree_not_null")
    reason = fields.Text(readonly=True)
    detail = fields.Text(string="Before", readonly=True)

    @api.model
    def _audience_domain(self):
        scope = self.env.user._audience_scope()
        if scope is None:
            return Domain.FALSE
        own = Domain("author_id", "=", self.env.uid)
        if not self.env.user.has_group("collab_reseaux.group_moderator"):
            return own
        others = self._moderated_domain()
        domain = own | Domain("create_uid", "=", self.env.uid)
        if self.env.user.has_group("collab_reseaux.group_administrator"):
            return domain | others | Domain(self._content_field, "=", False)
        # Why a person is suspended is for moderators who share a network with this person, and with whoever did it. The
        # others only know that this person is suspended.
        decided = Domain("kind", "in", ABOUT_PEOPLE)
        near = Domain("partner_id.scope_network_ids", "in", self.env.user._networks().ids)
        # sudo: memberships are compared, and not shown
        people = self.env["res.users"].sudo()._search(near, active_test=False)
        told = Domain("author_id", "in", people) & Domain("create_uid", "in", people)
        alone = Domain(self._content_field, "=", False) & Domain("title", "=", False)
        return domain | (others & ~decided) | (decided & told & (others | alone))

    def _rows(self):
        """:return list[dict]: what a page shows of these actions: ``kind``, ``what`` (its label), ``is_comment``,
        ``is_about_person`` (and not about a text), ``title``, ``url`` of the page of that text (``None``: it does not
        exist any more, or the reader may not read it), ``reason``, ``before``, ``by``, ``author``, ``when``"""
        labels = dict(self._fields["kind"]._description_selection(self.env))
        contents, comments = self._still_there(self._content_field), self._still_there("comment_id")
        people = self._authors(self.create_uid | self.author_id)
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        rows = []
        for action in self:
            is_there = action.comment_id.id in comments or (
                action[self._content_field].id in contents and not action.comment_id
            )
            rows.append(
                {
                    "kind": action.kind,
                    "what": labels[action.kind],
                    "is_comment": bool(action.comment_id),
                    "is_about_person": action.kind in ABOUT_PEOPLE,
                    "title": action.title or "",
                    "url": action._about()._case_url() if is_there else None,
                    "reason": action.reason or "",
                    "before": action.detail or "",
                    "by": people[action.create_uid.id][0],
                    "author": people[action.author_id.id][0] if action.author_id else "",
                    "when": say_when(action.create_date, {}),
                }
            )
        return rows

    def _still_there(self, name):
        """:param str name: of a many2one to texts
        :return set[int]: the texts that the current user may read, including those in the bin"""
        texts = self[name].with_context(active_test=False)
        return set(texts.search([("id", "in", texts.ids)]).ids)

    def _already_done(self):
        """:return AlreadyDone: an error that says who has done this, and when; without a name when the log has no such
        action (``self`` is empty)"""
        if self.create_uid == self.env.user:
            return AlreadyDone(self.env._("You have already done it."))
        if self:
            return AlreadyDone(self.env._("%(person)s has already done it, %(when)s.", **self._who_and_when()))
        return AlreadyDone(self.env._("It is done already."))

    def _who_and_when(self):
        """:return dict: ``person`` and ``when``, for a sentence"""
        people = self._authors(self.create_uid)
        return {
            "person": people[self.create_uid.id][0],
            "when": self.env["ir.qweb.field.collab_when"].value_to_html(self.create_date, {}),
        }

    def action_open_page(self):
        """:return dict: the action that opens, from a screen of the federations, the page of the text that it was about
        :raises UserError: the text does not exist any more, or the current user may not read it
        """
        text = self._about().with_context(active_test=False)
        if not text.search_count([("id", "in", text.ids)]):
            raise UserError(self.env._("What this was about is not there any more."))
        return self._open_case()

    def write(self, vals):
        # The only change: when a person is erased, the row stays, but the words about him (the reason) are removed.
        if not self.env.su or vals != {"reason": False}:
            raise UserError(self.env._("The log of the moderators does not change."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The log of the moderators is kept."))
