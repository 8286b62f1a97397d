from . import (
    collab_bookmark_mixin,
    collab_change,
    collab_content_mixin,
    collab_mark,
    collab_territory,
    collab_theme,
    res_users,
)
