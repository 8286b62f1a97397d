from . import (
    collab_account_event,
    collab_daily_count,
    collab_name_request,
    collab_notification,
    res_config_settings,
    res_partner,
    res_users,
    res_users_consequences,
    res_users_suspension,
)
