import { _t } from "@web/core/l10n/translation";

// Odoo's own sentences that we translate differently. The server replaces Odoo's translation by that of our `i18n/fr.po`
// (`models/ir_http.py`). This list is used nowhere: it is here for `make i18n` to find the sentences.
export const words = () => [
    _t("Bye-bye, record!"),
    _t(
        "Ready to make your record disappear into thin air? Are you sure?\nIt will be gone forever!\n\nThink twice before you click that 'Delete' button!"
    ),
    _t("Are you sure you want to delete these records?"),
    _t("Are you sure you want to delete the selected record?"),
    _t("Are you sure you want to delete the %(nbSelected)s selected records?"),
    _t("Are you sure that you want to archive this record?"),
    _t("Are you sure that you want to archive all the selected records?"),
    _t("No, keep it"),
    _t("Missing Record"),
    _t("No records"),
    _t("No record found"),
    _t("Adjust your filters or create a new record."),
    _t("Please be patient."),
    _t("Please save your changes first"),
    _t("Oh snap!"),
    _t("Oops!"),
    _t("Odoo"),
    _t("Odoo Client Error"),
    _t("Odoo Error"),
    _t("Odoo Network Error"),
    _t("Odoo Server Error"),
    _t("Odoo Session Expired"),
    _t("Odoo Warning"),
    _t("Your Odoo session expired. The current page is about to be refreshed."),
    _t("Discard all changes"),
    _t("Settings"),
];
