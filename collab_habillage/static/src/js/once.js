// @odoo-module ignore
// A double click sends a form once; the page that one comes back to can send it again.
(function () {
    "use strict";

    function enable(form, on) {
        for (const button of form.querySelectorAll("[type=submit]")) {
            button.disabled = !on;
        }
    }

    const sent = new Set();
    document.addEventListener("submit", (event) => {
        const form = event.target;
        // A button of a dialog may only close it.
        if ((event.submitter?.getAttribute("formmethod") || form.method) === "post") {
            // Once the others have said whether it leaves, and the button that was pressed has told where.
            window.setTimeout(() => {
                if (!event.defaultPrevented) {
                    sent.add(form);
                    enable(form, false);
                }
            });
        }
    });
    window.addEventListener("pageshow", (event) => {
        if (event.persisted) {
            sent.forEach((form) => enable(form, true));
            sent.clear();
        }
    });
})();
