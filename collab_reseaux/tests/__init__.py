from . import (
    test_collab_commune,
    test_collab_import,
    test_collab_network,
    test_collab_territory,
    test_people_list,
    test_reading_changes,
    test_res_partner,
    test_res_users,
    test_used,
)
