from . import (
    collab_desk,
    collab_notification,
    collab_notification_letter,
    collab_notification_preference,
    collab_notification_setting,
    collab_notification_undo,
    ir_mail_server,
    res_users,
)
