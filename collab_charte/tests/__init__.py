from . import test_collab_charter
