import re

from odoo import api, models, tools

from odoo.addons.base.models.ir_qweb import IrQweb as CoreQweb

from ..saying import is_said, places_said, take_said

# Odoo's own tests in a browser, its dark screens, its public chat, the pages of its website that are not ours.
NOBODY_OPENS = re.compile(r"test|_dark$|^mail\.|report|assets_frontend")


class IrQweb(models.AbstractModel):
    """Pages of ours have one site, one language and no designer: what website prepares for each of them, and rewrites
    in each attribute, is a fifth of their cost, for nothing. The route says which they are (``ir.http._dispatch``)."""

    _inherit = "ir.qweb"

    def _get_template_cache_keys(self):
        # Attributes are rewritten once, when a template is compiled: apart for each of the two ways.
        return [*super()._get_template_cache_keys(), "members_page"]

    def _render(self, template, values=None, **options):
        if self.env.context.get("members_page"):
            options["bundles_loaded"] = set()
        return super()._render(template, values, **options)

    def _get_asset_nodes(self, bundle, css=True, js=True, **options):
        """Load a bundle once in a page of members, however many of its components ask for it."""
        loaded = self.env.context.get("bundles_loaded")
        if loaded is not None:
            if (bundle, css, js) in loaded:
                return []
            loaded.add((bundle, css, js))
        return super()._get_asset_nodes(bundle, css=css, js=js, **options)

    def _prepare_frontend_environment(self, values):
        if self.env.context.get("members_page"):
            return self
        return super()._prepare_frontend_environment(values)

    def _post_processing_att(self, tagName, atts):
        if self.env.context.get("members_page"):
            # Past website alone: core takes away its own marks, and addresses that would run a script.
            return CoreQweb._post_processing_att(self, tagName, atts)
        return super()._post_processing_att(tagName, atts)

    def _link_to_node(self, path, *args, **kwargs):
        tag, attributes = super()._link_to_node(path, *args, **kwargs)
        if self.env.context.get("members_page"):
            # For the web client alone; the policy of these pages refuses a script in their text.
            attributes.pop("onerror", None)
        return tag, attributes

    def _get_bundles_to_pregenarate(self):
        """Have core make, before it runs tests, what our pages and screens load: any other is made when it is asked
        for. All of them would take a minute, each time that tests are run with a module that has just been installed.
        """
        return tuple(
            {bundle for bundle in bundles if not NOBODY_OPENS.search(bundle)}
            for bundles in super()._get_bundles_to_pregenarate()
        )

    @tools.ormcache("template", "said", "self.env.lang", cache="templates.cached_values")
    def _frame(self, template, said=()):
        """Render a part of the layout that is the same for all readers, until a network, a role or a template changes.

        It is given the networks and what it says, neither the request nor an environment: what one reader may see could
        not be kept for the next.

        :param str template:
        :param tuple[tuple[str, object]] said: names and values of all else that decides what it shows
        :return Markup:
        """
        networks = self.env["collab.network"]._branding()
        alone = self.with_env(self.env(context={"lang": self.env.lang, "members_page": True, "minimal_qcontext": True}))
        return alone._render(template, {"networks_shown": networks, **dict(said)})

    @api.model
    def _day(self, tile, icon="", size=""):
        """
        :param dict | None tile: as ``day_tile`` of ``collab_reseaux.moments``; None where there is no day
        :param str icon: what is shown then
        :param str size: of ``c-day``
        :return Markup: the page of a calendar: lists show the same days to everybody
        """
        return self._frame("collab_habillage.day", (*(tile or {"iso": ""}).items(), ("icon", icon), ("size", size)))

    @api.model
    def _is_said(self):
        """:return bool: as ``is_said``, for templates"""
        return is_said()

    @api.model
    def _places_said(self):
        """:return set[str]: as ``places_said``, for templates"""
        return places_said()

    @api.model
    def _take_said(self, at=None):
        """:return list[dict]: as ``take_said``, for templates"""
        return take_said(at)
