from . import (
    collab_document_comment,
    collab_document_report,
    collab_document_version,
    collab_notification,
    collab_upload,
    dms_category,
    dms_directory,
    dms_file,
    dms_security_mixin,
    ir_attachment,
    res_config_settings,
    res_users,
)
