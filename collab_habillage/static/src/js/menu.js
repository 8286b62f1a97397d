// @odoo-module ignore
// Menus close by Escape, which gives the focus back to their button. A tap outside closes them without this script. The
// choices of a filter at the end of its line open towards its beginning.
(function () {
    "use strict";

    const MENUS = ".c-more, .c-account, .c-nav__plus > details, .c-pick";

    document.addEventListener("keydown", (event) => {
        const open = [...document.querySelectorAll(MENUS)].filter((menu) => menu.open);
        if (event.key === "Escape" && open.length) {
            for (const menu of open) {
                menu.open = false;
            }
            open.at(-1).querySelector("summary").focus();
        }
    });
    function turn() {
        for (const panel of document.querySelectorAll(".c-pick[open] > .c-pick__panel")) {
            panel.classList.remove("is-turned");
            const {right} = panel.getBoundingClientRect();
            panel.classList.toggle("is-turned", right > document.documentElement.clientWidth);
        }
    }
    // An element that opens tells nobody around it.
    document.addEventListener("toggle", turn, true);
    window.addEventListener("resize", turn);
    // Leaving the last item by the keyboard leaves the menu.
    document.addEventListener("focusin", (event) => {
        for (const menu of document.querySelectorAll(MENUS)) {
            if (menu.open && !menu.contains(event.target)) {
                menu.open = false;
            }
        }
    });
})();
