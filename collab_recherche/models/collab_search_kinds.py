from odoo import api, models, tools


class CollabSearch(models.AbstractModel):
    _inherit = "collab.search"

    @api.model
    @tools.ormcache("self.env.lang")
    def _kinds(self):
        """:return dict[str, str]: what a search finds, by its name in addresses: the contents in the order of the menu,
        then what is found without an index; several of each, as one calls them"""
        return {
            **{contents._slug: contents._content().plural for contents in self.env["collab.contents"]._all()},
            **{model._found_slug: model._found_name() for model in self._themselves()},
        }

    @api.model
    def _note_opened(self, path):
        """Note that the current user opens something that he has found.

        :param str path: of a page; that of a list is none, the menu leads there too
        """
        page, _slash, number = path.rpartition("/")
        for _name, entry in self.env["collab.contents"]._menu_entries():
            if number.isdecimal() and f"{page}/".startswith(f"{entry.address}/"):
                self.env["collab.fact"]._note("open", entry.slug)
