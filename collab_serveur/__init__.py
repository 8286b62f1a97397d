from . import health, http, server
