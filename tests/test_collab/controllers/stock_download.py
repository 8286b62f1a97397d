from odoo.http import Controller, route

from odoo.addons.web.controllers.binary import Binary


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
        """The yardstick of downloads: what core answers at /web/content, which is closed to members.

        It is core's own function, not a copy of it; the rights that it asks for are those of our rules, as no database
        of the platform is without them.
        """
        return Binary.content_common(
            Binary(), model="dms.file", id=document_id, field="content_file", filename_field="name", download=True
        )
