from . import test_collab_draft, test_collab_receipt, test_forms, test_html
