def migrate(cr, version):
    """The administrator of the demonstration was Odoo's own account; she is a person now, with the same address."""
    cr.execute(
        """UPDATE res_users SET login = 'admin' WHERE login = 'admin@collab.example' AND id IN (
               SELECT res_id FROM ir_model_data WHERE module = 'base' AND name = 'user_admin')"""
    )
