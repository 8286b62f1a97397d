# ruff: isort: off
from . import collab_news_type, collab_news

# ruff: isort: on
from . import collab_news_attachment, collab_news_comment, collab_news_declaration
