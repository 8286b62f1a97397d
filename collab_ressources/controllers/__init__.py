from . import deposit, library, lists, portal, reading
