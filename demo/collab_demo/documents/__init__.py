from .life import CATEGORY_OF_FOLDER, COMMENTS, THEMES, USEFUL
from .minutes import MINUTES
from .presentations import PRESENTATIONS
from .projects import PROJECTS
from .regulations import REGULATIONS
from .tools import TOOLS
from .writers import write

__all__ = ["CATEGORY_OF_FOLDER", "COMMENTS", "DOCUMENTS", "THEMES", "USEFUL", "write"]

DOCUMENTS = [*TOOLS, *MINUTES, *REGULATIONS, *PRESENTATIONS, *PROJECTS]
