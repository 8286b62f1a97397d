from . import http, server
