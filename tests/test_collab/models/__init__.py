from . import ir_http, test_collab_leaflet, test_collab_note
