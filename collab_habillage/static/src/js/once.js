// @odoo-module ignore
// A double click sends a form only once. After "back" in the browser, the form can be sent again.
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
        // A button that only closes a dialog sends nothing.
        if ((event.submitter?.getAttribute("formmethod") || form.method) === "post") {
            // Later: the other listeners may still prevent the sending, and a disabled button would not send its value.
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
