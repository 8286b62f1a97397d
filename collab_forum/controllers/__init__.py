from . import comments, discussions, lists, moderation, profile
