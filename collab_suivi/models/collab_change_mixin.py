from odoo import api, models, tools


class CollabChangeMixin(models.AbstractModel):
    """What is counted from all the records of a model, and kept in memory until one of them changes."""

    _name = "collab.change.mixin"
    _description = "Counted once for each change"

    @api.model
    @tools.ormcache()
    def _kept(self):
        """:return dict: where each process keeps the last results of ``_since_last_change``. An ``ormcache`` by state
        would keep the older results too, several megabytes each"""
        return {}

    @api.model
    def _since_last_change(self, name, state, count):
        """Call a function only if something has changed since its last result, which is kept.

        :param str name: under which its result is kept
        :param state: another one as soon as something has changed
        :param Callable count: the function, without arguments
        :return: its result"""
        kept = self._kept()
        if name not in kept or kept[name][0] != state:
            kept[name] = state, count()
        return kept[name][1]
