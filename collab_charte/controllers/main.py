from urllib.parse import urlencode

from odoo.http import Controller, content_disposition, request, route

from odoo.addons.collab_reseaux.spreadsheet import CSV_TYPE, write_csv

# What answers before the door too, in the layout of the members.
PAGE = {
    "type": "http",
    "auth": "public",
    "website": True,
    "sitemap": False,
    "methods": ["GET", "POST"],
    "light": True,
}


class Charter(Controller):
    @route("/charte", **PAGE)
    def charter(self, redirect=None, charter_id=None, agreed=None, **kw):
        """Show the charter in force; once it is accepted, go on to the page that the person wanted."""
        user = request.env.user
        Charter = request.env["collab.charter"]
        known = not user._is_public()
        error = None
        if request.httprequest.method == "POST" and known:
            shown = Charter.browse(int(charter_id)) if (charter_id or "").isdecimal() else Charter
            if not agreed:
                error = request.env._("Tick the box to say that you accept the charter.")
            elif user._accept_charter(shown, request.httprequest.remote_addr):
                return request.redirect(redirect or "/")
            else:
                error = request.env._("The charter has changed in the meantime: here is the new text.")
        # sudo: the text in force is public, so that one may read it before asking for an account
        charter = Charter.sudo().browse(Charter._current_id())
        return self._render(charter, asked=known and not user._charter_accepted(), redirect=redirect, error=error)

    def _render(self, charter, asked, **values):
        # sudo: what he has accepted before, to show what is new, and whether he has refused this text
        user = request.env.user.sudo()
        accepted = user.accepted_charter_id
        refused = user.refused_charter_id.id in charter._in_force_ids()
        changes = charter._changes_since(accepted) if asked and accepted else []
        values = {"redirect": None, "error": None, "preview": False, "refused": refused, **values}
        return request.render(
            "collab_charte.charter", {"charter": charter, "asked": asked, "changes": changes, **values}
        )

    @route("/charte/refus", **PAGE)
    def refusal(self, redirect=None, **kw):
        """Say what a refusal means, whom to talk to, and how to accept after all."""
        user = request.env.user
        if user._is_public() or user._charter_accepted():
            return request.redirect("/charte")
        if request.httprequest.method == "POST":
            user._refuse_charter()
            return request.redirect_query("/charte/refus", {"redirect": redirect} if redirect else {})
        # sudo: his own networks, whose contacts are meant for him
        networks = user.sudo().partner_id.scope_network_ids.filtered("active")
        again = f"/charte?{urlencode({'redirect': redirect})}" if redirect else "/charte"
        values = {"networks": networks, "again": again, "administers": user._has_role("administrator")}
        return request.render("collab_charte.refusal", values)

    @route(
        "/charte/apercu/<int:charter_id>",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["GET"],
        staff="administrator",
        light=True,
    )
    def preview(self, charter_id, **kw):
        """Show a text as members will see it, before it is published."""
        return self._render(self._written(charter_id), asked=True, preview=True)

    @route(
        "/charte/preuves/<int:charter_id>",
        type="http",
        auth="user",
        sitemap=False,
        methods=["GET"],
        staff="administrator",
    )
    def proofs(self, charter_id, **kw):
        """Download who accepted a text: when (UTC), from where, and the fingerprint of what was accepted."""
        charter = self._written(charter_id)
        head = ["version", "empreinte_sha256", "date_utc", "identifiant", "nom", "adresse_ip"]
        rows = [
            [charter.display_name, proof.body_hash, proof.date.isoformat(), proof.login, proof.name, proof.ip]
            for proof in charter.acceptance_ids.sorted("date")
        ]
        headers = [
            ("Content-Type", CSV_TYPE),
            ("Content-Disposition", content_disposition(f"charte-{charter.display_name}.csv")),
        ]
        return request.make_response(write_csv([head, *rows]), headers)

    def _written(self, charter_id):
        """:return collab.charter: if the current user may write charters; otherwise the answer is 404"""
        Charter = request.env["collab.charter"]
        charter = Charter.search([("id", "=", charter_id)]) if Charter.has_access("write") else Charter
        if not charter:
            raise request.not_found()
        return charter

    @route(["/mentions-legales", "/confidentialite", "/accessibilite"], **{**PAGE, "methods": ["GET"]})
    def legal_page(self, **kw):
        page = request.env["collab.legal.page"]._shown_to_anybody(request.httprequest.path.strip("/"))
        return request.render("collab_charte.legal_page", {"page": page})
