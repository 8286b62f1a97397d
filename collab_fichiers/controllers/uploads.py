import io
import json

from werkzeug.exceptions import BadRequest

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from odoo.addons.collab_reseaux.refusals import beside

from ..models.collab_upload import CHUNK_MAX_BYTES


def sent(upload_id):
    """:param int upload_id: sent by the page
    :return collab.upload: this upload, if it is one of the current user's own
    :raises UserError: there is none"""
    upload = request.env["collab.upload"].search([("id", "=", upload_id)])
    if not upload:
        raise beside("files", UserError(request.env._("This sending is over: choose the file again.")))
    return upload


def sent_with(text):
    """:param str text: the hidden field of a form that lists its files: a JSON list of ``{"id": …, "name": …}``
    :return collab.upload: these uploads, all of the current user's own
    :raises UserError: one of them does not exist any more, or our pages cannot have sent this text"""
    try:
        numbers = [int(item["id"]) for item in json.loads(text or "[]")]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise beside("files", UserError(request.env._("This sending is over: choose the file again."))) from error
    return request.env["collab.upload"].union(*(sent(number) for number in numbers if abs(number) < 2**31))


class Uploads(Controller):
    """Receive files in pieces, before the form that uses them is sent."""

    def _json(self, content, status=200):
        return request.make_json_response(content, status=status)

    @route("/envois", type="http", auth="user", website=True, sitemap=False, methods=["POST"], members=True)
    def start(self, name, size, pour="joined", **kw):
        """Announce a file. The answer gives the number of its upload, or says why the file would be refused.

        :param str pour: what it is for, one of ``collab.upload._purposes()``
        """
        try:
            upload = request.env["collab.upload"]._start(name, int(size) if size.isdecimal() else 0, pour)
        except UserError as error:
            return self._json({"error": str(error)}, status=422)
        return self._json(upload._described())

    @route(
        "/envois/<int:upload_id>",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["GET", "PUT", "DELETE"],
        members=True,
        max_content_length=CHUNK_MAX_BYTES,
        # Odoo expects the token in a field of a form. Here the body is the piece itself: the token comes in a header,
        # and is checked below.
        csrf=False,
    )
    def piece(self, upload_id, offset="", **kw):
        """Receive a piece (PUT), say how much has been received (GET), or forget the file (DELETE)."""
        method = request.httprequest.method
        if method != "GET" and not request.validate_csrf(request.httprequest.headers.get("X-CSRF-Token")):
            raise BadRequest("Session expired (invalid CSRF token)")
        try:
            upload = sent(upload_id)
            if method == "DELETE":
                upload.unlink()
                return self._json({})
            if method == "GET":
                return self._json({"received": upload._received()})
            piece = io.BytesIO(request.httprequest.get_data(cache=False))
            received = upload._append(int(offset) if offset.isdecimal() else -1, piece)
            whole = received == upload.size
            if whole:
                upload._inspect()
        except UserError as error:
            return self._json({"error": str(error)}, status=422)
        return self._json({"received": received, **(upload._arrived() if whole else {})})
