from . import comments, discussions, moderation, profile
