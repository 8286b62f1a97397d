// @odoo-module ignore
// The choices of a filter that stand elsewhere in the page open as a sheet on a phone, without a step more in the history
// of the browser.
(function () {
    "use strict";

    let opener = null;

    function close(side) {
        side.classList.remove("is-open");
        if (window.location.hash === `#${side.id}`) {
            window.location.hash = "";
        }
        opener?.focus();
    }

    for (const link of document.querySelectorAll("[data-pick]")) {
        const side = document.getElementById(link.dataset.pick);
        link.setAttribute("role", "button");
        link.addEventListener("click", (event) => {
            event.preventDefault();
            opener = link;
            side.classList.add("is-open");
            side.querySelector("[aria-current], a").focus();
        });
        link.addEventListener("keydown", (event) => {
            if (event.key === " ") {
                event.preventDefault();
                link.click();
            }
        });
        side.addEventListener("click", (event) => {
            // What is pressed is the ground around the sheet, or the link that closes it.
            if (event.target === side || event.target.closest(".c-pick__close")) {
                event.preventDefault();
                close(side);
            }
        });
    }

    document.addEventListener("keydown", (event) => {
        const side = document.querySelector(".c-pick--side:is(:target, .is-open)");
        if (event.key === "Escape" && side) {
            close(side);
        }
    });
})();
