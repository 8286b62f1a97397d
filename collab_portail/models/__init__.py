from . import calendar_event, dms_file
