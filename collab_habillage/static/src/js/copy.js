// @odoo-module ignore
// Buttons that copy the address of the page: data-copies="address", data-done for what is said once it is done.
(function () {
    "use strict";

    for (const button of document.querySelectorAll("[data-copies=address]")) {
        button.addEventListener("click", async () => {
            const address = window.location.origin + window.location.pathname;
            try {
                await navigator.clipboard.writeText(address);
            } catch {
                // A browser that keeps its clipboard to itself: the address is there to be copied by hand.
                window.prompt(button.textContent.trim(), address);
                return;
            }
            button.textContent = button.dataset.done;
            button.setAttribute("role", "status");
        });
    }
})();
