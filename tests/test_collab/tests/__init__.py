from . import test_audience
from . import test_door
from . import test_pages
from . import test_rules
