from . import marks
