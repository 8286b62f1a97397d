from . import collab_attachment_mixin, collab_daily_count, collab_upload, ir_attachment, res_config_settings
