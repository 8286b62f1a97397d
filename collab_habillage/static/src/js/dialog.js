// @odoo-module ignore
// Buttons that ask a question before going on: data-opens names the dialog.
(function () {
    "use strict";

    for (const button of document.querySelectorAll("[data-opens]")) {
        button.addEventListener("click", () => document.getElementById(button.dataset.opens).showModal());
    }
})();
