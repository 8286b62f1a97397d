from . import controllers, models
from .hooks import index_all
