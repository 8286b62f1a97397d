from . import test_collab_draft, test_collab_receipt, test_facets, test_forms, test_html, test_ics, test_words
