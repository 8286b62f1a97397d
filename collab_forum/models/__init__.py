# ruff: isort: off
from . import collab_forum_contribution_mixin

# ruff: isort: on
from . import (
    collab_daily_count,
    collab_forum_attachment,
    collab_forum_comment,
    collab_territory,
    collab_theme,
    forum_forum,
    forum_post,
    forum_post_acts,
    forum_post_counts,
    forum_post_declaration,
    forum_post_home,
    forum_post_lists,
    forum_post_notification,
    forum_post_own_data,
    forum_post_searched,
    forum_post_summary,
    forum_post_vote,
    forum_tag,
    res_config_settings,
    res_users,
)
