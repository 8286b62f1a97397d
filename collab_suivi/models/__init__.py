from . import (
    collab_bookmark_mixin,
    collab_change,
    collab_comment_mixin,
    collab_content_mixin,
    collab_mark,
    collab_notification,
    collab_notification_preference,
    collab_territory,
    collab_theme,
    res_users,
)
