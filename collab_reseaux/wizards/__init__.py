from . import collab_people_export, collab_people_move, collab_retire
