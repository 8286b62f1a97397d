from .contents import DOCUMENTS
from .writers import write
