from odoo.exceptions import UserError


class AlreadyDone(UserError):
    """Somebody else, or the same finger, has been faster: it is so, and nobody is to blame."""
