from . import collab_charter
from . import collab_charter_acceptance
from . import res_users
from . import collab_audience_mixin
from . import ir_http
from . import ir_websocket
