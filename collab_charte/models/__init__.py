from . import (
    bus_bus,
    collab_attempt,
    collab_audience_mixin,
    collab_charter,
    collab_charter_acceptance,
    collab_import,
    collab_import_line,
    collab_legal_page,
    ir_http,
    ir_websocket,
    mail_mail,
    res_users,
)
