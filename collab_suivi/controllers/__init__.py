from . import for_me, marks
