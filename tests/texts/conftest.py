import extraction
import pytest

from . import made


@pytest.fixture
def read(tmp_path):
    """:return Callable: read(name, content=…, mimetype=…) gives what is extracted from a document of the folder, or
    from these bytes, as it would be for a member's file"""

    def read(name, content=None, mimetype=None):
        path = tmp_path / "content"
        path.write_bytes(made.document(name) if content is None else content)
        return extraction.extract(path, mimetype or made.TYPES[name.rpartition(".")[2]], name)

    return read
