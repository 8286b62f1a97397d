from . import test_collab_upload
from . import test_dms_directory
from . import test_dms_file
