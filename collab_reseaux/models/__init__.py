from . import (
    collab_audience,
    collab_audience_mixin,
    collab_cached_mixin,
    collab_commune,
    collab_member,
    collab_network,
    collab_territory,
    ir_binary,
    mail_thread,
    res_config_settings,
    res_partner,
    res_users,
)
