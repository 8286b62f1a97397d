from .hooks import _tell_the_week
