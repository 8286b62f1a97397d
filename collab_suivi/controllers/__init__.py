from . import drafts, marks
