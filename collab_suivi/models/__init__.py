from . import (
    collab_bookmark_mixin,
    collab_change,
    collab_comment_mixin,
    collab_content_mixin,
    collab_daily_count,
    collab_draft,
    collab_mark,
    collab_receipt,
    collab_territory,
    collab_theme,
    res_config_settings,
    res_users,
)
