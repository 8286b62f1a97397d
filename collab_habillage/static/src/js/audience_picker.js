// @odoo-module ignore
// A plain script: the pages of members do not load Odoo's module loader.
// The audience picker: says how many people will read the content, each time a choice changes.
(function () {
    "use strict";

    for (const picker of document.querySelectorAll(".c-audience")) {
        const sentence = picker.querySelector("[role=status]");
        let asked = 0;
        picker.addEventListener("change", async () => {
            const turn = ++asked;
            const query = new URLSearchParams(picker.dataset);
            for (const name of ["networks", "territories"]) {
                const boxes = picker.querySelectorAll(`[name=${name}]:checked`);
                query.set(name, Array.from(boxes, (box) => box.value).join(","));
            }
            const response = await fetch(`/habillage/audience?${query}`);
            // Answers may arrive in another order than the requests: only the last one counts.
            if (turn === asked && response.ok && !response.redirected) {
                sentence.textContent = (await response.json()).sentence;
            }
        });
    }
})();
