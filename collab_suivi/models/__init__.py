from . import (
    collab_activity,
    collab_bookmark_mixin,
    collab_change,
    collab_content_mixin,
    collab_contents,
    collab_fact,
    collab_mark,
    collab_notification,
    collab_territory,
    collab_theme,
    ir_http,
    res_users,
)
