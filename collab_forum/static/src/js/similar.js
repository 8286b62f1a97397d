// @odoo-module ignore
(function () {
    "use strict";

    // Discussions that ask the same, while a title is typed.
    const title = document.querySelector("[data-similar]");
    if (title) {
        const list = document.getElementById(title.dataset.similar);
        let timer = 0;
        let asked = 0;
        title.addEventListener("input", () => {
            window.clearTimeout(timer);
            timer = window.setTimeout(async () => {
                const turn = ++asked;
                const answer = await fetch(`/forum/semblables?${new URLSearchParams({titre: title.value})}`);
                const rows = answer.ok && !answer.redirected ? await answer.json() : [];
                if (turn !== asked) {
                    return;
                }
                list.querySelector("ul").replaceChildren(
                    ...rows.map((row) => {
                        const link = Object.assign(document.createElement("a"), {
                            href: `/forum/${row.id}`,
                            target: "_blank",
                            textContent: row.title,
                        });
                        const item = document.createElement("li");
                        item.append(link);
                        return item;
                    })
                );
                list.hidden = !rows.length;
            }, 400);
        });
    }
})();
