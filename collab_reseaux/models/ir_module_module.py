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
        below = []
        for name in modules:
            if name.startswith("collab_"):
                below += [one for one in Manifest.for_addon(name)["depends"] if one.startswith("collab_")]
        return super()._load_module_terms(list(dict.fromkeys([*below, *modules])), langs, overwrite=overwrite)
