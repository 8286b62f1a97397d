from . import deletion, drafts, forms, moderation
