// @odoo-module ignore
(function () {
    "use strict";

    // Who still works here: the button says what it is about to do, as boxes are unticked. Without this script, the next
    // page asks all the same before anything is closed.
    const form = document.querySelector("form[data-team]");
    if (form) {
        const button = form.querySelector("[type=submit]");
        const all = button.textContent;
        form.addEventListener("change", () => {
            const left = form.querySelectorAll('[name="la"]:not(:checked)').length;
            const several = button.dataset.several.replace("%s", left);
            button.textContent = [all, button.dataset.one][left] ?? several;
        });
    }
})();
