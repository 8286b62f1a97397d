from . import test_collab_notification, test_ir_mail_server
