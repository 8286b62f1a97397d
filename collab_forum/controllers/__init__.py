from . import comments, discussions, moderation
