from . import deposit, library, portal
