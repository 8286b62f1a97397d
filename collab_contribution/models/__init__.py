from . import (
    collab_comment_mixin,
    collab_daily_count,
    collab_draft,
    collab_notification,
    collab_receipt,
    res_config_settings,
    res_users,
)
