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

    // What is ticked is counted, in a bar that stays in sight; a button that acts on it does nothing before something is.
    for (const button of document.querySelectorAll("[data-needs-ticked]")) {
        const boxes = [...document.querySelectorAll(`[name=${button.dataset.needsTicked}]`)];
        const bar = button.closest(".c-selection");
        const every = bar.querySelector("[data-ticks-all]");
        const said = bar.querySelector("[data-counts-ticked]");
        const update = () => {
            const number = boxes.filter((box) => box.checked).length;
            button.disabled = !number;
            every.checked = number === boxes.length;
            every.indeterminate = number > 0 && !every.checked;
            said.textContent = number > 1 ? said.dataset.many.replace("%s", number) : number ? said.dataset.one : "";
            bar.classList.toggle("is-on", number > 0);
        };
        every.closest("label").hidden = false;
        every.addEventListener("change", () => {
            for (const box of boxes) {
                box.checked = every.checked;
            }
            update();
        });
        for (const box of boxes) {
            box.addEventListener("change", update);
        }
        // After "back", the browser ticks again what was ticked.
        window.addEventListener("pageshow", update);
        update();
    }

    // The way up to the list leads to the list one comes from, with its filters, at the same place.
    for (const link of document.querySelectorAll("[data-back]")) {
        const from = document.referrer && new URL(document.referrer);
        if (from && from.origin === window.location.origin && /^\/ressources(\/(nouveautes|favoris|suivis))?$/.test(from.pathname)) {
            link.href = from.href;
            link.addEventListener("click", (event) => {
                if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
                    event.preventDefault();
                    window.history.back();
                }
            });
        }
    }
})();
