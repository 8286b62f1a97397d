from . import drafts, moderation
