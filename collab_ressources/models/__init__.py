from . import (
    collab_document_report,
    collab_upload,
    dms_category,
    dms_directory,
    dms_file,
    dms_security_mixin,
    ir_attachment,
    res_users,
)
