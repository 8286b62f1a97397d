"""What a table of organisations and people would change, decided before anything is written."""

from .comparing import comparable, cut_name
from .plan import ImportPlan
from .rows import COLUMNS, LEFT_ASIDE, WHOLE_NAMES

__all__ = ["COLUMNS", "LEFT_ASIDE", "WHOLE_NAMES", "ImportPlan", "comparable", "cut_name"]
