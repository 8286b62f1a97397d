from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class CollabNotification(models.Model):
    """What is told of an act that is undone."""

    _inherit = "collab.notification"

    @api.model
    def _recall(self, event):
        """Tell nobody any more of an event that has been undone, but those whom a mail has told already. If it happens
        again, it is told as any other.

        :param Event event: whatever its step
        :return bool: a mail was waiting, and will not leave
        """
        self.flush_model()
        # The step is changed: what is told once only would otherwise never be told again.
        rows = self.env.execute_query(
            SQL(
                """UPDATE collab_notification SET state = 'cancelled', step = concat_ws(' ', step, 'undone', id::text)
                    WHERE state = 'waiting' AND about_model = %s AND about_id = %s AND what = %s RETURNING id""",
                *(event.about._name, event.about.id, event.what),
            )
        )
        self.invalidate_model(["state", "step"], flush=False)
        return bool(rows)

    @api.model
    def _revive(self, about, since):
        """Tell after all what could not be told while a record was in the bin: it has been put back.

        :param about: the record to which something had happened
        :param datetime since: when it was put in the bin
        """
        now = fields.Datetime.now()
        theirs = Domain("about_model", "=", about._name) & Domain("about_id", "=", about.id)
        cancelled = Domain("state", "=", "cancelled") & Domain("write_date", ">=", since.replace(microsecond=0))
        for row in self.search(theirs & cancelled):
            due = now if row.rhythm == "each" else self._next_morning(now)
            row.write({"state": "waiting", "wanted": due, "due": due, "letter_id": False})
            self.env.ref("collab_courrier.cron_send")._trigger(due)
