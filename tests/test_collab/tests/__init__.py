from . import test_audience, test_bad_input, test_door, test_pages, test_rules
