from . import drafts, forms, moderation
