from . import test_account_step, test_collab_member, test_collab_name_request, test_life, test_suspension
