from . import discussions, moderation, profile
