from odoo import models

from odoo.addons.collab_courrier.models.collab_notification import Event


class DmsFile(models.Model):
    """Who is told of a document, and what a mail says of it."""

    _inherit = "dms.file"

    def _announce(self):
        for document in self.filtered(lambda document: document.is_shown and not document.shown_date):
            # sudo: off, or marks would be those of the platform, and those told whom the platform may tell
            document.sudo(False).with_user(document.create_uid)._welcome()
        return super()._announce()

    def _welcome(self):
        """Let its author follow what has just been deposited, and tell those who follow its folders."""
        self._set_mark("follow", True)
        Directory = self.env["dms.directory"]
        steps = Directory._folders()[self.directory_id.id][2] if self.directory_id.id in Directory._folders() else ()
        people = Directory.browse(steps)._followers()
        self.env["collab.notification"]._notify("deposit", self, Event("deposited", self), people)

    def _notification(self, kind, event):
        name = f"«\N{NO-BREAK SPACE}{self.title}\N{NO-BREAK SPACE}»"
        found = {"title": self.title, "said": "", "url": f"/ressources/{self.id}"}
        if kind == "care":
            if not self._is_kept_by(self.env.user):
                return None
            if event.what == "to review":
                return {**found, "subject": self.env._("%s is to be reviewed", name)}
            # sudo: as on the page of the document, which shows its keeper who says so, and why
            report = event.about.sudo().exists()
            if not report or report.is_closed:
                return None
            Member = self.env["collab.member"]
            author = Member._by_account(report.create_uid).get(report.create_uid.id, Member)
            subject = self.env._("%(person)s says that %(title)s is out of date", person=author.name, title=name)
            return {**found, "subject": subject, "said": report.reason}
        if kind == "deposit":
            steps = self.env["dms.directory"]._folders().get(self.directory_id.id, ("", 0, ()))[2]
            folders = self.env["dms.directory"].search([("id", "in", steps), ("is_followed", "=", True)], limit=1)
            subject = self.env._("New in %(folder)s: %(title)s", folder=folders.name, title=name)
            return {**found, "subject": subject} if folders else None
        if not self.is_followed:
            return None
        if kind == "change":
            return {**found, "subject": self.env._("New version of %s", name)}
        return event.about._mail()
