from . import (
    test_confirmation,
    test_corrections,
    test_directory,
    test_found,
    test_geocoding,
    test_index,
    test_map,
    test_organisation,
    test_own_card,
    test_person,
    test_placing,
    test_referents,
)
