from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.collab_comptes.exceptions import AlreadyDone
from odoo.addons.collab_courrier.models.collab_notification import Event
from odoo.addons.collab_reseaux.calls import READ, WRITE, opened

NOTE_MAX = 1000


class CollabCorrection(models.Model):
    """What somebody proposes to correct on the card of an organisation: it waits until a moderator of its network
    accepts or refuses it. Nobody writes one but by ``res.partner._suggest`` and ``_update_as_referent``."""

    _name = "collab.correction"
    _inherit = "collab.request.mixin"
    _description = "Correction of an organisation"
    _rec_name = "organisation_id"
    _calls = opened("moderator", *READ, *WRITE, "action_accept", "action_accept_over", "action_refuse")
    _writes = opened("moderator", "answer")

    organisation_id = fields.Many2one("res.partner", required=True, readonly=True, ondelete="cascade", index=True)
    user_id = fields.Many2one(string="Proposed by")
    author_name = fields.Char(string="Person", compute="_compute_author_name")
    # As ``res.partner`` says of its card.
    changes = fields.Json(required=True, readonly=True)
    note = fields.Text(string="What this person says", readonly=True)
    compared = fields.Html(string="What changes", compute="_compute_compared")
    summary = fields.Char(string="About", compute="_compute_compared")
    is_stale = fields.Boolean(
        string="Changed since", compute="_compute_compared", help="Somebody has changed the same since."
    )
    decided_uid = fields.Many2one("res.users", string="Decided by", readonly=True)
    decided_date = fields.Datetime(string="Decided on", readonly=True)

    _one_waiting = models.UniqueIndex(
        "(user_id, organisation_id) WHERE state = 'waiting'", "This person has proposed a correction already."
    )

    @api.model
    def _moderated_domain(self):
        # Those of the organisations that he keeps up to date.
        return Domain("organisation_id", "any", self.env["res.partner"]._managed_domain())

    @api.depends("user_id")
    def _compute_author_name(self):
        names = self.env["collab.member"]._named_by_account(self.user_id.ids)
        departed = self.env["collab.member"]._departed_name()
        for correction in self:
            correction.author_name = names.get(correction.user_id.id, (departed,))[0]

    @api.depends("changes", "organisation_id")
    def _compute_compared(self):
        for correction in self:
            rows = correction._rows()
            correction.summary = ", ".join(row["label"] for row in rows) or self.env._("A sentence")
            correction.is_stale = correction.state == "waiting" and any(row["is_stale"] for row in rows)
            correction.compared = correction._compared_html(rows)

    def _rows(self):
        """:return list[dict]: as ``res.partner._changed_rows``"""
        # sudo: its page shows this card to everybody
        return self.organisation_id.sudo(False)._changed_rows(self.changes)

    @api.model
    def _compared_html(self, rows):
        """:return Markup: what is there now, and what would be, for a moderator"""
        if not rows:
            return Markup()
        cell = Markup('<td style="white-space: pre-line">%s</td>')
        heads = (self.env._("Fact"), self.env._("Now"), self.env._("Proposed"))
        body = Markup()
        for row in rows:
            now = row["now"] or "—"
            if row["is_stale"]:
                now = self.env._("%(now)s (was: %(before)s)", now=now, before=row["before"] or "—")
            said = Markup().join(cell % text for text in (now, row["after"] or "—"))
            body += Markup('<tr><th scope="row">%s</th>%s</tr>') % (row["label"], said)
        head = Markup().join(Markup('<th scope="col">%s</th>') % text for text in heads)
        return Markup('<table class="table"><thead><tr>%s</tr></thead><tbody>%s</tbody></table>') % (head, body)

    # Proposing one

    @api.model
    def _keep(self, organisation, changes, note):
        """Keep what the current user proposes for this organisation, in the place of what he had proposed before and
        nobody has looked at yet.

        :param res.partner organisation: which he sees
        :param dict changes: as ``res.partner`` says of its card
        :param str note: what no field says
        :return collab.correction: what waits; empty when there is nothing to propose
        :raises UserError: he has proposed as many as one may in a day
        """
        note = note.replace("\0", "").strip()[:NOTE_MAX]
        # sudo: users write corrections by this method only
        before = self._waiting_of(organisation).sudo()
        before.lock_for_update()
        if not (note or any(changes.values())):
            before.unlink()
            return self.browse()
        if before and (before.changes, before.note or "") == (changes, note):
            return before.sudo(self.env.su)
        self.env["collab.daily.count"]._take("correction")
        before.unlink()
        # sudo: as above
        vals = {"organisation_id": organisation.id, "user_id": self.env.uid, "changes": changes, "note": note}
        correction = self.sudo().create(vals).sudo(self.env.su)
        # sudo: its networks, to find who looks at it
        deciders = self.env["res.users"]._staff_of(organisation.sudo().network_ids)
        self.env["collab.notification"]._notify("correction_queue", correction, Event("asked", correction), deciders)
        return correction

    @api.model
    def _waiting_of(self, organisation):
        """:return collab.correction: what the current user has proposed for this organisation, and that waits"""
        own = Domain("user_id", "=", self.env.uid) & Domain("state", "=", "waiting")
        return self.search(own & Domain("organisation_id", "=", organisation.id))

    # Deciding

    def action_accept(self):
        """Correct the card as proposed.

        :raises UserError: somebody has changed the same facts since
        """
        self._accept()

    def action_accept_over(self):
        """Correct the card as proposed, whatever has been changed since."""
        self._accept(over=True)

    def _accept(self, over=False):
        correction = self._decided("accepted", over)
        # With the rights of the moderator: what he could not write himself, he does not accept either.
        organisation = self.organisation_id.with_env(self.env)
        organisation._apply_changes(correction.changes)
        if any(correction.changes.values()):
            others = organisation._referents().sudo(False) - self.user_id
            shown = self.env["collab.organisation"].browse(organisation.id)
            self.env["collab.notification"]._notify("organisation", shown, Event("corrected", self), others)

    def _decided(self, state, over=False):
        """
        :param bool over: accept it even if the card has changed since
        :raises UserError: the card has changed since
        """
        self.ensure_one()
        self.check_access("write")
        kept = Domain("id", "=", self.organisation_id.id) & Domain("is_managed", "=", True)
        if not self.env["res.partner"].with_context(active_test=False).search_count(kept):
            raise AccessError(self.env._("Only the federations of this organisation do this."))
        correction = self._wait_to_decide()
        if state == "accepted" and not over and correction.is_stale:
            stale = self.env._("Somebody has changed the same since: look at it again, then accept it all the same.")
            raise UserError(stale)
        now = fields.Datetime.now()
        correction.write({"state": state, "decided_uid": self.env.uid, "decided_date": now})
        self.env["collab.notification"]._notify("correction", self, Event("decided", self), self.user_id)
        return correction

    def _already_done(self):
        """:return AlreadyDone: the error to raise; it says who has decided, and when"""
        # sudo: who has decided, for another moderator of this organisation
        correction = self.sudo()
        if correction.decided_uid == self.env.user:
            return AlreadyDone(self.env._("You have already done it."))
        when = self.env["ir.qweb.field.collab_when"]._said(correction.decided_date)
        known = self.env["collab.member"]._named_by_account(correction.decided_uid.ids)
        who = known.get(correction.decided_uid.id, (self.env._("Somebody"),))[0]
        return AlreadyDone(self.env._("%(person)s has already done it, %(when)s.", person=who, when=when))

    def _notification(self, kind, event):
        # sudo: the name of an organisation, which everybody may know
        name = self.organisation_id.sudo().name
        rows = self._rows()
        if kind == "correction_queue":
            if self.state != "waiting":
                return None
            action = self.env["ir.model.data"]._xmlid_to_res_id("collab_annuaire.collab_correction_action")
            said = [f"{row['label']}\N{NO-BREAK SPACE}: {row['now'] or '—'} → {row['after'] or '—'}" for row in rows]
            subject = self.env._("A correction is proposed for %s", name)
            said = "\n".join([*said, *filter(None, [self.note])])
            return {"title": name, "subject": subject, "said": said, "url": f"/odoo/action-{action}/{self.id}"}
        if kind != "correction" or self.user_id != self.env.user:
            return None
        subject = {
            "accepted": self.env._("Your correction of %s is accepted", name),
            "refused": self.env._("Your correction of %s is not accepted", name),
        }.get(self.state)
        if not subject:
            return None
        said = [f"{row['label']}\N{NO-BREAK SPACE}: {row['after'] or '—'}" for row in rows]
        if self.answer:
            said.append(self.env._("What the federation answers: “%s”", self.answer))
        url = f"/annuaire/structures/{self.organisation_id.id}"
        return {"title": name, "subject": subject, "said": "\n".join(said), "url": url}
