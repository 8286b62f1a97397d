import os

from passlib.handlers import pbkdf2

from odoo import models
from odoo.http import request

from odoo.addons.base.models import res_users

# `make test` hashes passwords faster than production, on real workers as in Odoo's own runner; `make bench` does not.
res_users.MIN_ROUNDS = int(os.environ.get("TEST_PASSWORD_ROUNDS", res_users.MIN_ROUNDS))


def _counted(*args, **kwargs):
    """Hash a password, and remember by which request: core's own contexts stay as they are in production."""
    if request:
        request.hashes = getattr(request, "hashes", 0) + 1
    return hmac(*args, **kwargs)


hmac = pbkdf2.pbkdf2_hmac
pbkdf2.pbkdf2_hmac = _counted


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _post_dispatch(cls, response):
        result = super()._post_dispatch(response)
        response.headers["X-Hashes"] = str(getattr(request, "hashes", 0))
        return result
