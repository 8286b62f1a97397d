from . import test_collab_notification
