from odoo.http import Controller, request, route


class StockPage(Controller):
    @route(
        "/test/page-de-reference",
        type="http",
        auth="user",
        website=True,
        members=True,
        # As Odoo renders its own.
        light=False,
        sitemap=False,
        methods=["GET"],
    )
    def stock_page(self):
        """The yardstick of the bench: a page that says two words in the layout that Odoo gives to its own pages."""
        return request.render("test_stock.stock_page")
