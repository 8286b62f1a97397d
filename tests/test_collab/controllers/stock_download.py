from odoo.http import Controller, request, route

from odoo.addons.dms.controllers.portal import CustomerPortal


class StockDownload(Controller):
    @route(
        "/test/telechargement-de-reference/<int:document_id>",
        type="http",
        auth="user",
        website=True,
        members=True,
        sitemap=False,
        methods=["GET"],
    )
    def stock_download(self, document_id):
        """The yardstick of downloads: what dms answers at /my/dms/file/<id>/download, where we lead to the library.

        It is dms's own function, not a copy of it; the rights that it asks for are those of our rules, as no database
        of the platform is without them.
        """
        response = CustomerPortal.portal_my_dms_file_download(CustomerPortal(), document_id)
        # It leads elsewhere whoever may not read: that would be measured as a download.
        if response.status_code != 200:
            raise request.not_found()
        return response
