from odoo.http import Controller, content_disposition, request, route

from ..spreadsheet import XLSX_TYPE


class Tables(Controller):
    @route("/import/modele", type="http", auth="user", methods=["GET"], staff="administrator")
    def model_file(self, **kw):
        """Download a workbook to fill in."""
        if not request.env["collab.import"].has_access("create"):
            raise request.not_found()
        return self._workbook(request.env["collab.import"]._model_file(), "modele-import.xlsx")

    @route("/import/<int:import_id>/a-corriger", type="http", auth="user", methods=["GET"], staff="administrator")
    def faulty_file(self, import_id, **kw):
        """Download the rows that were not imported, to correct them."""
        Import = request.env["collab.import"]
        found = Import.search([("id", "=", import_id)]) if Import.has_access("read") else Import
        if not found:
            raise request.not_found()
        return self._workbook(found._faulty_file(), "lignes-a-corriger.xlsx")

    @route("/membres/export/<int:export_id>", type="http", auth="user", methods=["GET"], staff="moderator")
    def people_file(self, export_id, **kw):
        """Download the list of people that ``action_export`` prepared."""
        content = request.env["collab.people.export"]._file(export_id)
        if content is None:
            raise request.not_found()
        return self._workbook(content, request.env._("members.xlsx"))

    def _workbook(self, content, name):
        return request.make_response(
            content, [("Content-Type", XLSX_TYPE), ("Content-Disposition", content_disposition(name))]
        )
