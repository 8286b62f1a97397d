from . import (
    test_contribution,
    test_forum_forum,
    test_forum_post,
    test_html,
    test_notification,
)
