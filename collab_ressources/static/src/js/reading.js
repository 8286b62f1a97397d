// @odoo-module ignore
(function () {
    "use strict";

    // A viewer weighs more than a page: it comes for whom opens it.
    for (const fold of document.querySelectorAll("[data-frame]")) {
        fold.addEventListener("toggle", () => {
            if (fold.open && !fold.querySelector("iframe")) {
                const frame = document.createElement("iframe");
                frame.title = fold.dataset.title;
                frame.src = fold.dataset.frame;
                fold.append(frame);
            }
        });
    }

    // A button that acts on what is ticked does nothing before something is.
    for (const button of document.querySelectorAll("[data-needs-ticked]")) {
        const boxes = document.querySelectorAll(`[name=${button.dataset.needsTicked}]`);
        const update = () => {
            button.disabled = !Array.from(boxes).some((box) => box.checked);
        };
        for (const box of boxes) {
            box.addEventListener("change", update);
        }
        update();
    }
})();
