from . import dms_security_mixin
from . import dms_directory
from . import dms_file
from . import collab_upload
from . import ir_attachment
