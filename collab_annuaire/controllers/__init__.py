from . import account, cards, directory, map, organisations, person, placing
