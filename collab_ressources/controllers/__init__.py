from . import library
from . import deposit
from . import portal
