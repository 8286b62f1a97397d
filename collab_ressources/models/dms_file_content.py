from odoo import fields, models

from odoo.addons.collab_courrier.models.collab_notification import Event


class DmsFile(models.Model):
    """The contents of a document, one after the other."""

    _inherit = "dms.file"

    def _content_path(self):
        """:return str | None: where the present content lies on the disk; whoever asks has read the document"""
        # sudo: members own no attachment
        return self.env["ir.attachment"].sudo()._content_of(self)._stored_path()

    def _adopt(self, path, checksum, size, mimetype):
        """Take a complete file as the content, without ever loading it.

        :param str path: on the disk of the filestore; the caller removes it
        :param str checksum: SHA-1 of it, in hexadecimal
        :param int size: in bytes
        :param str mimetype: by content
        """
        # Members own no attachment: the content belongs to the document, whose creation has just been checked.
        self.env["ir.attachment"].sudo()._adopt_file(
            path,
            checksum,
            {
                "name": "content_file",
                "res_model": self._name,
                "res_id": self.id,
                "res_field": "content_file",
                "mimetype": mimetype,
            },
        )
        # sudo: these facts are the platform's to write, in the place of what dms derives from a content in memory.
        document = self.sudo()
        document.write({"size": size, "checksum": checksum, "mimetype": mimetype})
        self.invalidate_recordset()
        # bin_size: dms only asks whether there is a content, and would load it for that.
        document.with_context(bin_size=True)._compute_migration()
        # The thumbnail is that of the former content, and depends on the type, which may be the same.
        document.image_1920 = False
        self.env.add_to_compute(self._fields["image_1920"], document)

    def _make_room(self):
        """Keep the present content as a version, and wait for another one.

        :raises AccessError: the current user may not change this document
        """
        self.ensure_one()
        self.check_access("write")
        self.env.user._check_may_write()
        self._lock()
        # sudo: versions are the platform's to write
        self.env["collab.document.version"].sudo()._keep(self.sudo())

    def _restore_version(self, version):
        """Put the content of a former version back; the present one becomes a version.

        :param collab.document.version version: one of this document
        """
        # sudo: members own no attachment
        content = self.env["ir.attachment"].sudo()._content_of(version)
        self._make_room()
        self._adopt(content._stored_path(), content.checksum, content.file_size, version.mimetype)
        self._say_changed(version.name)

    def _say_changed(self, name):
        """Note that there is something new to read, and tell those who follow.

        :param str name: of the file that it is now
        """
        now, former = fields.Datetime.now(), self.name
        self.check_access("write")
        # sudo: what is new, and whose doing it is, is noted by the platform
        self.sudo().write({"name": name, "content_date": now, "content_user_id": self.env.uid})
        if self.status == "review":
            self.sudo().write({"status": "current", **self._reviewed()})  # sudo: as above
        self._close_flags("correct", "outdated")
        if self.create_uid != self.env.user:
            # sudo: the log is the platform's to write
            self.sudo()._note_action("correct", self.env._("Another file has taken its place."), former)
        elif self.is_shown and self._is_reviewed():
            self.sudo().state = "pending"  # sudo: as above
            self._tell_moderators(Event("pending", self, str(now)))
        self.env["collab.mark"]._put("seen", self._name, self.ids, now)
        # sudo: to number the event
        number = len(self.sudo().version_ids)
        self.env["collab.notification"]._notify("change", self, Event("changed", self, str(number)), self._followers())

    def _version_rows(self):
        """:return list[dict]: what a page shows of the former versions, the latest first"""
        versions = self.env["collab.document.version"].search([("document_id", "=", self.id)])
        authors = self.env["collab.member"]._by_account(versions.author_id)
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        return [
            {
                "id": version.id,
                "name": version.name,
                "when": say_when(version.since, {}),
                "author": authors.get(version.author_id.id, self.env["collab.member"]).name,
            }
            for version in versions
        ]
