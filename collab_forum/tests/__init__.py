from . import (
    test_collab_forum_attachment,
    test_contribution,
    test_discussions,
    test_edit,
    test_forum_forum,
    test_forum_post,
    test_left,
    test_nothing_in_silence,
    test_notification,
    test_rpc,
    test_stamp,
    test_summary,
)
