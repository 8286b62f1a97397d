from . import collab_bookmark_mixin, collab_change, collab_content_mixin, collab_mark, res_users
