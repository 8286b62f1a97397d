from . import collab_retire
