from . import collab_account_step
