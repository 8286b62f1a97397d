from . import test_collab_upload, test_dms_directory, test_dms_file, test_reading
