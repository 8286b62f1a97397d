from . import test_links, test_paging
