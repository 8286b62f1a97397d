from werkzeug.exceptions import NotFound

from odoo.http import route

from odoo.addons.web.controllers.binary import Binary


class Images(Binary):
    @route()
    def content_image(self, *args, **kwargs):
        """What is no number names no picture."""
        try:
            return super().content_image(*args, **kwargs)
        except ValueError as error:
            raise NotFound() from error
