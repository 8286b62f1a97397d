from . import test_bad_input, test_collab_news, test_feed, test_pages, test_searched
