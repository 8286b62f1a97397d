from . import test_collab_charter, test_invitations
