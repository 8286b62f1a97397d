from odoo.http import request, route

from odoo.addons.dms.controllers.main import OnboardingController
from odoo.addons.dms.controllers.portal import CustomerPortal


class LibraryInsteadOfPortal(CustomerPortal):
    """dms's own pages show folders by other rules than ours: they lead to the library."""

    @route(members=True)
    def portal_my_dms(self, **kw):
        return request.redirect("/ressources")

    @route()
    def portal_my_dms_directory(self, dms_directory_id=False, **kw):
        return request.redirect("/ressources")

    @route()
    def portal_my_dms_file_download(self, dms_file_id, access_token=None, **kw):
        return request.redirect("/ressources")


class DepositInsteadOfUpload(OnboardingController):
    @route()
    def upload_dms_file(self, ufile, directory_id, callback=None):
        """dms receives whole files in memory: members deposit theirs by pieces."""
        if not request.env.user._is_internal():
            raise request.not_found()
        return super().upload_dms_file(ufile, directory_id, callback)
