from odoo import api, models


class IrCron(models.Model):
    _inherit = "ir.cron"

    @api.model
    def _stop(self, names):
        """Switch off jobs of Odoo's. Called by the data of the modules at each update: what an update of theirs has
        switched on again does not stay so. Why each is on or off: ``docs/exploitation.md``.

        :param list[str] names: their external identifiers
        :raises ValueError: there is no such job
        """
        jobs = self.browse([self.env.ref(name).id for name in names])
        jobs.filtered("active").active = False
