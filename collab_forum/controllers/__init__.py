from . import discussions, moderation
