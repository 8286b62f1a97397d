from . import (
    collab_contribution_mixin,
    collab_forum_action,
    collab_forum_comment,
    collab_forum_flag,
    collab_notification,
    collab_theme,
    forum_forum,
    forum_post,
    forum_post_vote,
    forum_tag,
    res_config_settings,
    res_users,
)
