# ruff: isort: off
from . import base, collab_access_mixin, collab_cached_mixin, collab_stamped_mixin, collab_used_mixin
from . import collab_written_mixin

# ruff: isort: on
from . import (
    collab_audience,
    collab_audience_mixin,
    collab_commune,
    collab_daily_count,
    collab_dialog_mixin,
    collab_import,
    collab_import_column,
    collab_import_line,
    collab_member,
    collab_network,
    collab_part_mixin,
    collab_territory,
    collab_theme,
    ir_actions_actions,
    ir_binary,
    ir_cron,
    ir_http,
    ir_module_module,
    ir_ui_menu,
    ir_ui_view,
    mail_template,
    mail_thread,
    res_config_settings,
    res_partner,
    res_partner_own,
    res_partner_reading,
    res_users,
)
