from . import controllers, models
from .hooks import _load_french
