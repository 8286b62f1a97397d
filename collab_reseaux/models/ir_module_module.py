from odoo import api, models
from odoo.modules import Manifest


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        """Load once more the words of the modules of ours on which these stand.

        A choice (``fields.Selection``) that a new model inherits has its label in the module of the mixin, which was
        loaded before this model existed: it would stay in English.
        """
        found, below = [name for name in modules if name.startswith("collab_")], []
        while found:
            below += found
            depends = (one for name in found for one in Manifest.for_addon(name)["depends"])
            found = [one for one in dict.fromkeys(depends) if one.startswith("collab_") and one not in below]
        return super()._load_module_terms(list(dict.fromkeys([*below, *modules])), langs, overwrite=overwrite)
