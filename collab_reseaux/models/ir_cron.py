from odoo import api, models


class IrCron(models.Model):
    _inherit = "ir.cron"

    @api.model
    def _stop(self, names):
        """Switch off some of Odoo's jobs. The data of our modules call it at each update, because an update of Odoo's
        modules may have switched a job on again. Why each is on or off: ``docs/exploitation.md``.

        :param list[str] names: their external identifiers
        :raises ValueError: there is no such job
        """
        jobs = self.browse([self.env.ref(name).id for name in names])
        jobs.filtered("active").active = False
