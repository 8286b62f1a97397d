// @odoo-module ignore
// Finds in a long list by typing: of the links in the box around the field, those that hold what is typed stay. An item
// with data-depth stays with those it lies in. What the page hides at first (data-folded) is found too.
(function () {
    "use strict";

    // "É" is found by "e": people do not type accents.
    const plain = (text) =>
        text
            .normalize("NFD")
            .replace(/\p{Diacritic}/gu, "")
            .toLowerCase();

    // Of a select, the options that hold what is typed stay; the first one is chosen. A phone shows an option that is
    // hidden: they are taken out, and put back.
    function findOption(box, input, none) {
        const select = document.getElementById(box.dataset.find);
        const options = [...select.options];
        input.addEventListener("input", () => {
            const words = plain(input.value).split(/\s+/).filter(Boolean);
            const chosen = select.value;
            const found = options.filter((option) => option.value && words.every((word) => plain(option.textContent).includes(word)));
            select.replaceChildren(options[0], ...found);
            select.value = words.length ? found[0]?.value || "" : chosen;
            select.dispatchEvent(new Event("input", {bubbles: true}));
            none.hidden = found.length > 0;
        });
    }

    for (const box of document.querySelectorAll("[data-find]")) {
        const input = box.querySelector("input");
        const none = box.querySelector(".c-find__none > span");
        box.hidden = false;
        if (box.dataset.find !== "links") {
            findOption(box, input, none);
            continue;
        }
        const place = box.parentElement;
        const items = [...place.querySelectorAll("li")];
        const names = items.map((item) => plain(item.querySelector("a > :first-child").textContent));
        const folds = [...place.querySelectorAll("details")];
        let found = [];

        // An item, and those in which it lies: the ones before it that are less deep.
        function show(index) {
            let depth = Infinity;
            for (let at = index; at >= 0 && depth > 0; at--) {
                const here = Number(items[at].dataset.depth || 0);
                if (here < depth) {
                    items[at].hidden = false;
                    depth = here;
                }
            }
        }

        input.addEventListener("input", () => {
            const words = plain(input.value).split(/\s+/).filter(Boolean);
            found = [];
            items.forEach((item, index) => {
                item.hidden = words.length ? true : "folded" in item.dataset;
                if (words.length && words.every((word) => names[index].includes(word))) {
                    found.push(index);
                }
            });
            found.forEach(show);
            for (const fold of folds) {
                fold.open = words.length && found.some((index) => fold.contains(items[index]));
            }
            none.hidden = !words.length || found.length > 0;
        });
        input.addEventListener("keydown", (event) => {
            if (event.key === "Enter") {
                event.preventDefault();
                if (found.length) {
                    items[found[0]].querySelector("a").click();
                }
            } else if (event.key === "Escape" && input.value) {
                // First what is typed, then the box.
                event.stopPropagation();
                input.value = "";
                input.dispatchEvent(new Event("input"));
            }
        });
    }
})();
