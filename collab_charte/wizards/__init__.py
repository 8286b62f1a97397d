from . import collab_factor_clearing
