from . import test_account_step, test_life, test_suspension
