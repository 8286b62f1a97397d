from .minutes import MINUTES
from .presentations import PRESENTATIONS
from .projects import PROJECTS
from .regulations import REGULATIONS
from .tools import TOOLS
from .writers import write

DOCUMENTS = [*TOOLS, *MINUTES, *REGULATIONS, *PRESENTATIONS, *PROJECTS]
