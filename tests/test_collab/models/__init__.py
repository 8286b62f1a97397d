from . import test_collab_note
