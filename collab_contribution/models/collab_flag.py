from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.collab_courrier.models.collab_notification import Event
from odoo.addons.collab_reseaux.calls import CHOOSE, READ, opened

# Outcomes of an act that can be undone.
UNDONE = ("withdraw", "remove")


class CollabFlag(models.Model):
    """Somebody says that something is wrong: a reader, with what another has written; or an author, with what a
    moderator has decided. He is then told what has been done."""

    _name = "collab.flag"
    _inherit = "collab.note.mixin"
    _description = "Flag on a text"
    _order = "id desc"
    _rec_name = "title"
    _calls = opened("moderator", *READ, *CHOOSE, "action_open_page")

    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(required=True)
    purpose = fields.Selection(
        [
            ("rules", "Something is wrong with it"),
            ("outdated", "It is out of date"),
            ("contest", "Its author contests a decision"),
        ],
        default="rules",
        required=True,
        readonly=True,
        help="Moderators answer the first and the last; whoever keeps a document up to date answers the second.",
    )
    action_id = fields.Many2one(
        "collab.action", string="Contested decision", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    title = fields.Char(readonly=True, help="Of its content at that moment, which its reader has read.")
    reason = fields.Text(required=True, readonly=True)
    is_closed = fields.Boolean(string="Answered", readonly=True)
    outcome = fields.Selection(
        [
            ("keep", "Looked at, and left as it is"),
            ("correct", "Corrected"),
            ("hide", "Hidden"),
            ("remove", "Put in the bin"),
            ("close", "Discussion closed"),
            ("withdraw", "Deleted by its author"),
            ("reverse", "Decision changed"),
        ],
        readonly=True,
    )
    closed_uid = fields.Many2one("res.users", string="Answered by", readonly=True)

    _once = models.UniqueIndex(
        "(res_model, res_id, purpose, create_uid) WHERE is_closed IS NOT TRUE AND purpose != 'contest'",
        "You have already said so.",
    )
    _contested_once = models.UniqueIndex("(action_id)", "You have already contested this decision.")
    _open_idx = models.Index("(res_model, res_id) WHERE is_closed IS NOT TRUE")

    def action_open_page(self):
        """:return dict: as ``_open_case``"""
        return self._open_case()

    def _close(self, outcome):
        """Answer these flags, and tell the people who have put them.

        :param str outcome: what has been done with the text, one of the choices of ``outcome``
        """
        self.write({"is_closed": True, "closed_uid": self.env.uid, "outcome": outcome})
        # What is put back opens them again: they are then answered another time.
        now, held = str(fields.Datetime.now()), outcome in UNDONE
        # Who contests is told by the row of the log, which gives the reason too.
        for flag in self.filtered(lambda flag: flag.purpose != "contest"):
            author = flag.create_uid.sudo(False)
            self.env["collab.notification"]._notify("flag", flag, Event("answered", flag, now), author, held)

    @api.model
    def _for_me_domain(self):
        """:return Domain: among the flags that the current user, a moderator, may read, those that he answers: not what
        he contests, nor what contests his own decision while somebody else can decide; nor what an owner answers"""
        mine = Domain("purpose", "=", "rules")
        contests = Domain("purpose", "=", "contest") & Domain("create_uid", "!=", self.env.uid)
        # sudo: who has decided what, to compare
        decided = self.sudo().search(
            contests & Domain("is_closed", "=", False) & Domain("action_id.create_uid", "=", self.env.uid)
        )
        alone = decided.filtered(lambda flag: not flag._others())
        return mine | (contests & Domain("id", "not in", (decided - alone).ids))

    def _awaits(self, event):
        """:param Event event: as ``collab.contribution.mixin._awaits``
        :return bool: the current user should look at it"""
        return not self.is_closed and self._may_answer()

    def _others(self):
        """:return res.users: who may answer what contests a decision: neither whoever has taken it, nor who contests"""
        text = self._about()
        if not text:
            return self.env["res.users"]
        people = text._post()._deciders() - self.action_id.create_uid - self.create_uid
        # A moderator of its network may not read a document that lies in a closed folder.
        return people.filtered(lambda person: text.sudo(False).with_user(person).has_access("read"))

    def _may_answer(self):
        """:return bool: the current user may uphold the decision that this contests"""
        return bool(self.search([("id", "=", self.id)]).filtered_domain(self._for_me_domain()))

    def _notification(self, kind, event):
        """Tell what has become of the text, and not what the moderator has said to its author, nor what it says now."""
        if kind != "flag" or self.create_uid != self.env.user:
            return None
        text = self._about()
        # sudo: to ask what he may read; what has just been hidden may be named in the title
        title = text.sudo()._titles_for(self.env.user).get(text.sudo()) if text else None
        title = f"«\N{NO-BREAK SPACE}{title}\N{NO-BREAK SPACE}»" if title else self.env._("a text")
        if self.purpose == "outdated":
            subject = {
                "keep": self.env._("What you said to be out of date is up to date: %s", title),
                "correct": self.env._("What you said to be out of date has been brought up to date: %s", title),
            }.get(self.outcome)
        else:
            subject = {
                "keep": self.env._("What you flagged in %s has been looked at, and stays", title),
                "correct": self.env._("What you flagged in %s has been corrected", title),
                "hide": self.env._("What you flagged in %s has been hidden", title),
                "close": self.env._("What you flagged in %s has been closed", title),
            }.get(self.outcome)
        subject = subject or {
            "remove": self.env._("What you flagged in %s has been removed", title),
            "withdraw": self.env._("What you flagged in %s has been deleted by its author", title),
        }.get(self.outcome)
        if not subject:
            return None
        readable = text and text.sudo(False).search([("id", "=", text.id)])
        url = "/"
        if text:
            url = readable._read_url() if readable else text.sudo()._post()._content().address  # sudo: its kind only
        said = self.env._("You had written: %s", self.reason)
        return {"title": title, "subject": subject, "said": said, "url": url}
