from . import (
    test_collab_charter,
    test_collab_legal_page,
    test_invitations,
    test_ir_mail_server,
    test_login,
    test_who_has_accepted,
)
