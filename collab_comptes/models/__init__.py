# ruff: isort: off
from . import collab_request_mixin

# ruff: isort: on
from . import (
    collab_account_event,
    collab_daily_count,
    collab_desk,
    collab_name_request,
    collab_notification,
    res_config_settings,
    res_partner,
    res_users,
    res_users_consequences,
    res_users_suspension,
)
