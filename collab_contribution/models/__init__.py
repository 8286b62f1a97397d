# ruff: isort: off
# Each one after the mixins that it inherits.
from . import collab_author_mixin, collab_note_mixin, collab_rich_text_mixin, collab_stamped_mixin
from . import collab_action_mixin, collab_edit_mixin, collab_flag_mixin
from . import collab_moderated_mixin, collab_flagged_mixin, collab_contribution_mixin

# ruff: isort: on
from . import (
    collab_comment_mixin,
    collab_daily_count,
    collab_draft,
    collab_notification,
    collab_readers_mixin,
    collab_receipt,
    res_config_settings,
    res_users,
)
