from . import collab_upload, dms_directory, dms_file, dms_security_mixin, ir_attachment, res_users
