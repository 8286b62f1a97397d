from werkzeug.exceptions import NotFound

from odoo.http import route

from odoo.addons.web.controllers.binary import Binary


class Images(Binary):
    @route()
    def content_image(self, *args, **kwargs):
        """Answer 404 when the identifier in the address is not a number; core answers 500."""
        try:
            return super().content_image(*args, **kwargs)
        except ValueError as error:
            raise NotFound() from error
