from . import home, minutes, portal
