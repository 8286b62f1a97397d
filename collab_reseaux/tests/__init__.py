from . import test_collab_commune
from . import test_collab_network
from . import test_collab_territory
from . import test_res_partner
