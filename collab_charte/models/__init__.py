from . import (
    bus_bus,
    collab_attempt,
    collab_audience_mixin,
    collab_charter,
    collab_charter_acceptance,
    ir_http,
    ir_websocket,
    mail_mail,
    res_users,
)
