// @odoo-module ignore
// A plain script: the pages of members do not load Odoo's module loader.
// The audience picker: three words say what most authors want, and only the last one opens the boxes. It says how many
// people will see the content, each time a choice changes.
(function () {
    "use strict";

    for (const picker of document.querySelectorAll(".c-audience")) {
        const sentence = picker.querySelector("[role=status] > span");
        const boxes = [...picker.querySelectorAll("[name=networks], [name=territories]")];
        const segments = picker.querySelector(".c-segments");
        const choice = picker.querySelector(".c-audience__choice");
        const mine = new Set((segments?.dataset.mine || "").split(" ").filter(Boolean));
        const isMine = (box) => box.name === "networks" && mine.has(box.value);
        let asked = 0;
        let choosing = false;

        // What the boxes say, in one word; who has asked for them goes on seeing them.
        function chosen() {
            if (choosing || picker.querySelector("[role=alert]")) {
                return "some";
            }
            if (!boxes.some((box) => box.checked)) {
                return "all";
            }
            return mine.size && boxes.every((box) => box.checked === isMine(box)) ? "mine" : "some";
        }

        function show() {
            if (segments) {
                const now = chosen();
                choice.hidden = now !== "some";
                for (const segment of segments.children) {
                    segment.setAttribute("aria-pressed", String(segment.dataset.chooses === now));
                }
            }
        }

        if (segments && boxes.length) {
            segments.hidden = false;
            segments.querySelector("[data-chooses=mine]").hidden = !mine.size;
            segments.addEventListener("click", ({target}) => {
                const wanted = target.dataset.chooses;
                if (wanted) {
                    choosing = wanted === "some";
                    for (const box of choosing ? [] : boxes) {
                        box.checked = wanted === "mine" && isMine(box);
                    }
                    // As a box that is ticked: the form is kept, and the sentence follows.
                    picker.dispatchEvent(new Event("input", {bubbles: true}));
                    picker.dispatchEvent(new Event("change"));
                }
            });
            show();
        }
        picker.addEventListener("change", async (event) => {
            choosing ||= event.target.matches("input");
            show();
            const turn = ++asked;
            const query = new URLSearchParams({model: picker.dataset.model || "", record: picker.dataset.record || ""});
            for (const name of ["networks", "territories"]) {
                const ticked = boxes.filter((box) => box.name === name && box.checked && !box.disabled);
                query.set(name, ticked.map((box) => box.value).join(","));
            }
            const response = await fetch(`/habillage/audience?${query}`);
            // Answers may arrive in another order than the requests: only the last one counts.
            if (turn === asked && response.ok && !response.redirected) {
                sentence.textContent = (await response.json()).sentence;
            }
        });
    }
})();
