from odoo import models


class CollabOrganisation(models.Model):
    _inherit = "collab.organisation"

    def _notification(self, kind, event):
        """Tell something of this organisation to one of its referents, or to a moderator.

        :param str kind: of ``collab.notification``
        :param Event event:
        :return dict | None: as ``collab.content.mixin._notification``; None when there is nothing to tell any more
        """
        return self._say_closed(event) if kind == "team_queue" else self._say_to_referent(event)

    def _say_to_referent(self, event):
        # sudo: who is a referent, and what has been asked of him
        organisation = self.env["res.partner"].browse(self.id).sudo()
        if not organisation._is_referent():
            return None
        page = f"/annuaire/structures/{self.id}"
        if event.what == "corrected":
            # sudo: what the page shows to everybody; who has proposed it is not told
            correction = event.about.sudo().exists()
            if not correction:
                return None
            rows = correction._rows()
            said = "\n".join(f"{row['label']}\N{NO-BREAK SPACE}: {row['after'] or '—'}" for row in rows)
            subject = self.env._("The card of %s has been corrected", self.name)
            return {"title": self.name, "subject": subject, "said": said, "url": page}
        asked = organisation.team_asked_date
        if not asked or asked.isoformat() != event.step:
            # It has been answered meanwhile.
            return None
        subject = self.env._("Who still works at %s?", self.name)
        said = self.env._(
            "You are a referent there. Say who still works there: it takes one minute. The account of those who have "
            "left is then closed."
        )
        return {"title": self.name, "subject": subject, "said": said, "url": f"{page}/equipe"}

    def _say_closed(self, event):
        # sudo: only administrators read the log; moderators of this organisation are told of this row
        row = event.about.sudo().exists()
        person = row.user_id
        if not row or person.active or not self.env.user._moderates(person):
            return None
        subject = self.env._("The account of %(person)s is closed: %(name)s", person=person.name, name=self.name)
        said = self.env._(
            "%s, a referent there, says that this person does not work there any more. An administrator may open the "
            "account again.",
            row.create_uid.name,
        )
        url = f"/odoo/action-collab_reseaux.res_users_member_action/{person.id}"
        return {"title": self.name, "subject": subject, "said": said, "url": url}
