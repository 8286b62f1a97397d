from odoo import models


class WebsiteSnippetFilter(models.Model):
    _inherit = "website.snippet.filter"

    def _filter_records_to_values(self, records, **options):
        """Show what the visitor may read; core takes the record that a request names, and reads it in sudo."""
        if not options.get("is_sample"):
            # sudo again afterwards, as core's own code expects
            records = records.sudo(False)._filtered_access("read").sudo()
        return super()._filter_records_to_values(records, **options)
