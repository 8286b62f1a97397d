// @odoo-module ignore
// A page whose address leads to a place of it opens there, and not on what it says: the focus goes to what it says.
(function () {
    "use strict";

    const said = document.querySelector("[data-said]");
    if (said && window.location.hash) {
        // Once the browser has gone to that place, which takes the focus away.
        window.addEventListener("load", () => {
            window.setTimeout(() => said.focus({preventScroll: Boolean(said.closest(".c-toast"))}));
        });
    }
})();
