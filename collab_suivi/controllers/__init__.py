from . import drafts, marks, uploads
