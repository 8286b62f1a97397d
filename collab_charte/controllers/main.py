from odoo.http import Controller, request, route


class Charter(Controller):
    @route("/charte", type="http", auth="public", website=True, sitemap=False, methods=["GET", "POST"])
    def charter(self, redirect=None, charter_id=None, agreed=None, **kw):
        """Show the charter in force; accept it, and go on to the page that was wanted."""
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
        # The text in force is public: one may read it before asking for an account.
        charter = Charter.sudo().browse(Charter._current_id())
        return request.render(
            "collab_charte.charter",
            {
                "charter": charter,
                "asked": known and not user._charter_accepted(),
                "redirect": redirect,
                "error": error,
            },
        )

    @route("/mentions-legales", type="http", auth="public", website=True, sitemap=False)
    def legal_notice(self):
        return request.render("collab_charte.legal_notice")

    @route("/confidentialite", type="http", auth="public", website=True, sitemap=False)
    def privacy(self):
        return request.render("collab_charte.privacy")

    @route("/accessibilite", type="http", auth="public", website=True, sitemap=False)
    def accessibility(self):
        return request.render("collab_charte.accessibility")
