// @odoo-module ignore
(function () {
    "use strict";

    // The discussions that ask the same as the one of the page: read once it is shown, for it does without.
    const card = document.querySelector("[data-alike]");
    if (card) {
        window.addEventListener("load", async () => {
            const answer = await fetch(`/forum/semblables?${new URLSearchParams({titre: card.dataset.alike})}`);
            const rows = answer.ok && !answer.redirected ? await answer.json() : [];
            for (const row of rows.filter(({id}) => String(id) !== card.dataset.but).slice(0, 4)) {
                const link = Object.assign(document.createElement("a"), {href: `/forum/${row.id}`, textContent: row.title});
                const item = Object.assign(document.createElement("li"), {className: "c-row c-row--tight"});
                const title = Object.assign(document.createElement("h3"), {className: "c-row__title"});
                title.append(link);
                item.append(title);
                card.querySelector("ul").append(item);
                card.hidden = false;
            }
        });
    }
})();
