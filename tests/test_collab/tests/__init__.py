from . import (
    test_audience,
    test_bad_input,
    test_door,
    test_health,
    test_leaks,
    test_matrix,
    test_pages,
    test_rules,
    test_secrets,
    test_sweep,
)
