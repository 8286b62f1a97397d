from . import controllers, models, wizards
from .hooks import _load_french
