from . import deposit, library, portal, reading
