// @odoo-module ignore
// A group of fields that shows only those that a choice asks for. In an element that has data-unfolds, each option of the
// select says what it shows (data-shows: words), and each part what it is (data-shown-for: one of them). The page marks
// those that its first choice shows (is-asked), so that nothing moves once this has loaded. Without script, all the parts
// are there.
(function () {
    "use strict";

    for (const group of document.querySelectorAll("[data-unfolds]")) {
        const select = group.querySelector("select");
        const parts = group.querySelectorAll("[data-shown-for]");
        const show = () => {
            const shown = (select.selectedOptions[0]?.dataset.shows || "").split(" ");
            for (const part of parts) {
                part.hidden = !shown.includes(part.dataset.shownFor);
            }
        };
        // Heard too when a draft is put back: the group is a fieldset (keep.js).
        group.addEventListener("change", show);
        show();
        group.dataset.unfolded = "";
    }
})();
