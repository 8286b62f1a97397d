// @odoo-module ignore
// Buttons that open a dialog to confirm what they do: data-opens is the id of the dialog. On a link, the page to which it
// leads without script asks the same question.
(function () {
    "use strict";

    for (const button of document.querySelectorAll("[data-opens]")) {
        button.addEventListener("click", (event) => {
            event.preventDefault();
            document.getElementById(button.dataset.opens).showModal();
        });
    }
    // One in which something was refused comes open; without this script, it is a part of the page.
    for (const dialog of document.querySelectorAll("dialog.c-dialog[open]")) {
        dialog.removeAttribute("open");
        dialog.showModal();
    }
})();
