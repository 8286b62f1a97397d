from . import ir_http, ir_qweb, test_collab_leaflet, test_collab_note
