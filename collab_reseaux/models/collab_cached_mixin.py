from odoo import api, models


class CollabCachedMixin(models.AbstractModel):
    """Records that are few, read at each request and rarely changed: methods about them are cached with ``ormcache``,
    and any change empties the caches."""

    _name = "collab.cached.mixin"
    _description = "Remembered between requests"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
