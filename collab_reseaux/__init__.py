from . import models
from .hooks import _load_french
