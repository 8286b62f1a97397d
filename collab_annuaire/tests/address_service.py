"""A service of addresses that speaks the protocol of the Géoplateforme's search, on a port of this machine."""

import contextlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


def feature(latitude, longitude, score=0.95, label="5 Quai de la Fosse 44000 Nantes", kind="housenumber"):
    """:return dict: an answer; GeoJSON says the longitude first"""
    properties = {"label": label, "score": score, "type": kind, "citycode": "44109", "city": "Nantes"}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": properties,
    }


def found(*features):
    """:return tuple: what the service answers: status, headers, text"""
    return 200, {}, json.dumps({"type": "FeatureCollection", "features": features, "query": "…"})


BUSY = 429, {"Retry-After": "1"}, "{}"
BROKEN = 500, {}, "Internal Server Error"
NONSENSE = 200, {}, '{"features": ['
ODD = 200, {}, json.dumps({"features": [{"geometry": None, "properties": {}}]})
UNREADABLE = 400, {}, json.dumps({"code": 400, "message": "Failed parsing query"})
HANGS = 0, {}, ""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        service = self.server.service
        with service.lock:
            service.asked.append(asked)
            service.times.append(time.monotonic())
            # The last answer of a list stays.
            answers = service.answers.get(asked.get("q"), service.otherwise)
            status, headers, text = answers.pop(0) if len(answers) > 1 else answers[0]
        if not status:
            service.released.wait(30)
            status = 503
        body = text.encode()
        # Who has stopped waiting does not read.
        with contextlib.suppress(ConnectionError):
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", "Content-Length": len(body), **headers}.items():
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *args):
        pass


class AddressService:
    """``answers``: by what is asked, the answers that come one after the other."""

    def __init__(self):
        self.lock, self.released = threading.Lock(), threading.Event()
        self.asked, self.times, self.answers, self.otherwise = [], [], {}, [found()]

    def __enter__(self):
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.service, self._server.daemon_threads = self, True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/geocodage/search"
        return self

    def __exit__(self, *_error):
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
