from . import home, minutes, portal, unsearched
