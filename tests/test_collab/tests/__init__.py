from . import test_audience, test_door, test_pages, test_rules
