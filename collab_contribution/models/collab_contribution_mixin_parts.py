from odoo import api, models


class CollabContributionMixin(models.AbstractModel):
    """What lies under a text, and goes with it: the files that are joined to it, and what is said of it."""

    _inherit = "collab.contribution.mixin"

    @api.model
    def _declared_parts(self):
        """:return tuple[str | None, str | None]: the models of the files that are joined to such texts, and of what is
        said under them"""
        said = self._content()
        return said.files, said.comments

    @api.model
    def _joined_files(self):
        """:return collab.joined.file.mixin | None: the model of the files that are joined to such texts; None when they
        have none"""
        name, _comments = self._declared_parts()
        return self.env[name] if name else None

    def _parts(self):
        """:return list[collab.part.mixin]: all that lies under these texts, in the bin or not, by kind"""
        models_of = [self.env[name].with_context(active_test=False) for name in filter(None, self._declared_parts())]
        return [parts.search([(parts._content_field, "in", self.ids)]) for parts in models_of]

    def _files(self):
        files = self._joined_files()
        return [] if files is None else files._rows_by_content(self).get(self.id, [])

    def _files_url(self):
        return f"{self._post()._content().address}/fichiers"

    def _take_files_away(self, numbers):
        files = self._joined_files()
        if files is None:
            return []
        found = files.search([("id", "in", list(numbers)), (files._content_field, "=", self.id)])
        names = found.mapped("name")
        found.unlink()
        return names

    def unlink(self):
        # Through the ORM: a cascade of PostgreSQL would delete the rows, and leave the files and what is noted about
        # them. sudo: whoever deletes a text deletes what lies under it.
        for parts in self.sudo()._parts():
            parts.unlink()
        return super().unlink()
