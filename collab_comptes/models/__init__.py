from . import collab_account_event, collab_name_request, collab_notification, res_partner, res_users
