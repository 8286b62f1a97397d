from . import marks, notifications
