from . import (
    collab_audience_mixin,
    collab_charter,
    collab_charter_acceptance,
    ir_http,
    ir_websocket,
    res_users,
)
