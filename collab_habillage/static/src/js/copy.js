// @odoo-module ignore
// Buttons that copy an address: data-copies is its path, or "address" for that of the page, data-done the message to show afterwards.
(function () {
    "use strict";

    for (const button of document.querySelectorAll("[data-copies]")) {
        button.addEventListener("click", async () => {
            const {copies} = button.dataset;
            const address = window.location.origin + (copies === "address" ? window.location.pathname : copies);
            try {
                await navigator.clipboard.writeText(address);
            } catch {
                // The browser gives no access to its clipboard: the address is selected, to be copied by hand.
                window.prompt(button.textContent.trim(), address);
                return;
            }
            button.textContent = button.dataset.done;
            button.setAttribute("role", "status");
        });
    }
})();
