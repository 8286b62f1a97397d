"""The process that reads one file.

The file is on standard input. Its text goes to standard output page by page, so that what is read is not lost if the
process dies. Each format is a module with ``read(file, output, kind)``, and imports all that it needs at its head:
nothing can be opened afterwards.
"""

import importlib
import os

from . import limits
from .contract import Full, Locked, TooSlow
from .output import Output

# By kind of file (see KINDS of the package above).
MODULES = {
    "pdf": "pdf",
    "docx": "office",
    "xlsx": "office",
    "doc": "office",
    "xls": "office",
    "ppt": "office",
    "pptx": "slides",
    "odt": "opendocument",
    "ods": "opendocument",
    "odp": "opendocument",
    "rtf": "rtf",
    "html": "html",
    "txt": "plain",
}


def main(kind):
    """Read standard input and exit.

    :param str kind: of the file
    """
    module = importlib.import_module(f".{MODULES[kind]}", __package__)
    output = Output(1)
    with open(0, "rb", closefd=False) as file:
        limits.seal()
        state, cut = _state(module.read, file, output, kind)
    output.finish(state, cut)
    # Neither Python nor the libraries have anything to put away.
    os._exit(0)


def _state(read, file, output, kind):
    """Read a file, whatever happens.

    :return tuple[str, bool]: how it ended, and whether a limit or an error has cut the text
    """
    try:
        state = read(file, output, kind)
        output.end_page()
    except Locked:
        return "locked", False
    except (Full, TooSlow):
        state = None
    except Exception:
        # A hostile file makes the libraries raise anything. What they have read before is as good as ever.
        state = "failed"
    else:
        return state or ("text" if output.has_text else "empty"), output.is_full
    output.flush()
    return ("text", True) if output.has_text else (state or "failed", True)
