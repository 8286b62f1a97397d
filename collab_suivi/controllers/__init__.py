from . import drafts, marks, notifications, uploads
