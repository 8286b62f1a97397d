from odoo.exceptions import UserError


class AlreadyDone(UserError):
    """What the user asks for has just been done, by somebody else or by his own double click: not a real error."""
