from . import test_collab_member, test_collab_name_request
