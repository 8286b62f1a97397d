from . import collab_notification, collab_notification_letter, collab_notification_preference, ir_mail_server, res_users
