// @odoo-module ignore
// A form of a date says what else takes place on the same day for the same people, each time its day or its audience
// changes: <form data-same-day="address">, with <div data-clashes> where the server's words stand. Without script, they
// stand there once the form has been sent.
(function () {
    "use strict";

    const DAY = ["jour", "dernier_jour", "organise_par"];
    const SIDES = ["networks", "territories"];

    for (const form of document.querySelectorAll("form[data-same-day]")) {
        const place = form.querySelector("[data-clashes]");
        let asked = 0;

        form.addEventListener("change", async ({target}) => {
            // The audience picker is a fieldset: it says that its boxes have changed.
            if (![...DAY, ...SIDES].includes(target.name) && !target.matches("fieldset")) {
                return;
            }
            const turn = ++asked;
            const query = new URLSearchParams({but: form.dataset.but || ""});
            for (const name of DAY) {
                query.set(name, form.elements[name]?.value || "");
            }
            for (const name of SIDES) {
                const ticked = form.querySelectorAll(`[name=${name}]:checked:enabled`);
                query.set(name, [...ticked].map((box) => box.value).join(","));
            }
            const answer = await fetch(`${form.dataset.sameDay}?${query}`);
            // Answers may arrive in another order than the requests: only the last one counts.
            if (turn === asked && answer.ok && !answer.redirected) {
                place.innerHTML = await answer.text();
            }
        }, true);
    }
})();
