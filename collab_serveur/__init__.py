from . import entrance, health, http, server
