from . import (
    test_bad_input,
    test_extracts,
    test_missed,
    test_pace,
    test_query,
    test_recent,
    test_results,
    test_suggestions,
    test_words,
)
