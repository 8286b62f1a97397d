from . import (
    test_address,
    test_collab_charter,
    test_collab_legal_page,
    test_invitations,
    test_login,
    test_own_data,
    test_second_factor,
    test_who_has_accepted,
)
