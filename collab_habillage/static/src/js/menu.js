// @odoo-module ignore
// Menus close by Escape, which gives the focus back to their button. A tap outside closes them without this script.
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
    // Leaving the last item by the keyboard leaves the menu.
    document.addEventListener("focusin", (event) => {
        for (const menu of document.querySelectorAll(MENUS)) {
            if (menu.open && !menu.contains(event.target)) {
                menu.open = false;
            }
        }
    });
})();
