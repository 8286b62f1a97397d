from . import collab_account_event, collab_notification, res_partner, res_users
