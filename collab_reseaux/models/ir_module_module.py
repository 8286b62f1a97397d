from odoo import api, models
from odoo.modules import Manifest


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        """Load again the translations of our modules on which these modules depend.

        When a new model inherits a ``fields.Selection``, the labels of its choices are translated by the module of the
        mixin, which was loaded before this model existed: they would stay in English.
        """
        found, below = [name for name in modules if name.startswith("collab_")], []
        while found:
            below += found
            depends = (one for name in found for one in Manifest.for_addon(name)["depends"])
            found = [one for one in dict.fromkeys(depends) if one.startswith("collab_") and one not in below]
        return super()._load_module_terms(list(dict.fromkeys([*below, *modules])), langs, overwrite=overwrite)
