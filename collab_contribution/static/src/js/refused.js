// @odoo-module ignore
// The page opens on the field that was refused (autofocus). Where the script of the editor has put another element in
// the place of that field, that element says what is wrong, and is the one on which the page opens.
(function () {
    "use strict";

    for (const field of document.querySelectorAll("[aria-invalid=true][hidden]")) {
        const shown = field.parentElement.querySelector("[contenteditable]");
        if (shown) {
            for (const name of ["aria-invalid", "aria-describedby"]) {
                shown.setAttribute(name, field.getAttribute(name));
            }
            shown.focus();
        }
    }
})();
