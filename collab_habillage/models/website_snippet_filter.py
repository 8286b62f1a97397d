from odoo import models


class WebsiteSnippetFilter(models.Model):
    _inherit = "website.snippet.filter"

    def _filter_records_to_values(self, records, **options):
        """Show only what the visitor may read: core reads in sudo a record whose identifier comes from the request."""
        if not options.get("is_sample"):
            # sudo again afterwards, because core's own code expects it
            records = records.sudo(False)._filtered_access("read").sudo()
        return super()._filter_records_to_values(records, **options)
