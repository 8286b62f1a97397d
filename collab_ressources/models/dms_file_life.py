import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.collab_courrier.models.collab_notification import Event
from odoo.addons.collab_reseaux.refusals import beside

REASON_MAX_CHARS = 300  # as in the form
CLASSED_BY = ("directory_id", "theme_id", "category_id")
ADDRESS = re.compile(r"/ressources/(\d{1,9})\b")


class DmsFile(models.Model):
    """The life of a document: out of date, reviewed, merged with another one, gone for good."""

    _inherit = "dms.file"

    def _is_kept_by(self, user):
        """:return bool: this person answers for the document"""
        return user in (self.owner_id, self.create_uid)

    def _stamped(self):
        said = [self[name] for name in ("title", "status", "review_date", "effective_date", "checksum")]
        return [*said, *(self[name].id for name in (*CLASSED_BY, "replaced_by_id", "audience_id"))]

    def _replacement(self, address, status):
        """
        :param str address: of the document that replaces this one, as it was typed
        :param str status: what this one becomes
        :return dms.file: that document; none, if this one is not replaced
        :raises UserError: it is none that the current user may read
        """
        if status != "replaced":
            return self.browse()
        found = ADDRESS.search(address)
        replacement = self.search([("id", "=", int(found[1]))]) if found else self.browse()
        if not replacement or replacement == self:
            unknown = self.env._("Replaced by: copy here the link of the document that replaces this one.")
            raise beside("replaced_by", UserError(unknown))
        return replacement

    def _say_outdated(self, reason):
        """Say that this document is out of date. Its owner reads why; those who moderate see it on its page.

        :param str reason: in a few words
        :raises AccessError: the current user writes nothing here
        :raises ValidationError: nothing is said, or it has been already
        """
        self._report((reason or "")[:REASON_MAX_CHARS], "outdated")

    def _tell_flagged(self, flag):
        if flag.purpose == "outdated":
            return self._tell_keeper(Event("reported", flag))
        return super()._tell_flagged(flag)

    def _tell_keeper(self, event):
        """:param Event event: what asks for the care of its owner, or of its author if it has none"""
        self.ensure_one()
        # sudo: a reader does not know who it is
        keeper = self.sudo().owner_id or self.sudo().create_uid
        self.env["collab.notification"]._notify("care", self, event, keeper.sudo(False))

    def _open_reports(self):
        """:return list[tuple[str, str]]: who says that it is out of date, and why"""
        # sudo: read by whom the page shows it to, its owner and those who moderate
        reports = self.sudo()._flags("outdated").filtered(lambda flag: not flag.is_closed)
        authors = self._authors(reports.create_uid)
        return [(authors[report.create_uid.id][0], report.reason) for report in reports]

    def _still_good(self):
        """Answer those who say that it is out of date: it is up to date."""
        self.check_access("write")
        self.env.user._check_may_write()
        self._close_flags("keep", "outdated")
        # sudo: not a correction of what its author has written, even when a moderator answers
        self.sudo().write({"status": "current", **self._reviewed()})

    def _reviewed(self):
        """:return dict: what changes once it has been looked at: a date that has passed would ask again tomorrow"""
        past = self.review_date and self.review_date <= fields.Date.context_today(self)
        return {"review_date": False} if past else {}

    @api.model
    def _ask_for_reviews(self):
        """Turn what was to be reviewed by today into what is to be reviewed now."""
        due = self.search([("review_date", "<=", fields.Date.context_today(self)), ("status", "=", "current")])
        due.write({"status": "review"})
        for document in due:
            document._tell_keeper(Event("to review", document, str(document.review_date)))
        return due

    @api.model
    def _count_use(self):
        """Bring up to date how much documents are used: as many people as have found each useful, or downloaded it."""
        self.env.cr.execute(
            SQL(
                """UPDATE dms_file SET use_count = used.number
                     FROM (SELECT document.id, count(DISTINCT mark.user_id) AS number
                             FROM dms_file document
                             LEFT JOIN collab_mark mark ON mark.res_model = 'dms.file' AND mark.res_id = document.id
                                   AND mark.kind IN ('useful', 'download')
                            GROUP BY document.id) used
                    WHERE dms_file.id = used.id AND dms_file.use_count IS DISTINCT FROM used.number"""
            )
        )
        self.invalidate_model(["use_count"])

    @api.model
    def _merged_into(self, document_id):
        """:return dms.file: what stands now for a document that has been merged, if the reader read it; or none"""
        # sudo: members do not read what is in the bin; their audience is asked for
        hidden = self.sudo().with_context(active_test=False)
        merged = Domain("id", "=", document_id) & Domain("active", "=", False) & Domain("status", "=", "replaced")
        gone = hidden.search(merged & self._within_folders(self._audience_terms()))
        return self.search([("id", "=", gone.replaced_by_id.id)]) if gone else self.browse()

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active"):
            # sudo: out of the bin, what had been merged is a document of its own again, whoever takes it out
            parted = self.sudo().filtered("is_merged")
            parted.write({"status": "current", "replaced_by_id": False, "is_merged": False})
        return result

    def _merge_into(self, kept):
        """These documents are another one: they go to the bin, those who knew them find the other one.

        :param dms.file kept:
        :raises UserError: they are not addressed to the same people: what was said under one would be read by others
        """
        (self | kept).check_access("write")
        # The folders too: comments written in a folder for a few would be read by whoever reads the other one.
        kept_for = kept.audience_id, kept.directory_id._audiences()
        if any((document.audience_id, document.directory_id._audiences()) != kept_for for document in self):
            raise UserError(self.env._("These documents are not addressed to the same people: correct that first."))
        self.env["collab.mark"]._copy(self._name, self.ids, kept.id)
        # sudo: what people have said goes on being theirs, under the document that stays
        self.sudo().with_context(active_test=False).comment_ids.document_id = kept
        vals = {"status": "replaced", "replaced_by_id": kept.id, "is_merged": True, "active": False}
        for document in self:
            # sudo: a moderator puts nothing in the bin by himself: this does, and the log says so
            document.sudo().write(vals)
            document._close_flags("remove")
            document._close_flags("correct", "outdated")
            document.env["collab.edit"]._of(document).unlink()
            if document.create_uid != self.env.user:
                # sudo: nobody writes in the log by himself
                document.sudo()._note_action("merge", "", kept.title)
