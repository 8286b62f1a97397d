# ruff: isort: off
# Each one after the mixins that it inherits.
from . import collab_author_mixin, collab_note_mixin, collab_rich_text_mixin
from . import collab_moderated_mixin, collab_flagged_mixin, collab_withdrawn_mixin, collab_contribution_mixin
from . import collab_publication_mixin, collab_event_mixin, collab_feed_mixin

# ruff: isort: on
from . import (
    collab_action,
    collab_comment_mixin,
    collab_content_mixin,
    collab_contents,
    collab_contribution_mixin_parts,
    collab_daily_count,
    collab_desk,
    collab_draft,
    collab_edit,
    collab_flag,
    collab_joined_file_mixin,
    collab_notification,
    collab_queue,
    collab_readers_mixin,
    collab_reason,
    collab_receipt,
    res_config_settings,
    res_partner,
    res_users,
)
