from . import (
    test_collab_document_comment,
    test_collab_document_version,
    test_collab_mark,
    test_collab_notification,
    test_collab_upload,
    test_dms_directory,
    test_dms_file,
    test_life,
    test_reading,
    test_searched,
)
