// @odoo-module ignore
// A plain script: the pages of members do not load Odoo's module loader.
// The deposit page: each file leaves in pieces as soon as it is chosen, while the person writes its title. A connection
// that is cut is resumed where it stopped; nothing that was typed is lost.
(function () {
    "use strict";

    const form = document.getElementById("deposit");
    if (!form) {
        return;
    }
    const chunk = Number(form.dataset.chunk);
    let {csrf} = form.dataset;
    const text = {};
    for (const node of form.querySelector("template").content.querySelectorAll("[data-text]")) {
        text[node.dataset.text] = node.textContent;
    }
    const chooser = document.getElementById("deposit-files");
    const drop = document.getElementById("deposit-drop");
    const list = document.getElementById("deposit-list");
    const error = document.getElementById("deposit-error");
    const folderChooser = document.getElementById("deposit-directory");
    const overall = document.getElementById("deposit-overall");
    const items = new Set();
    // A cut of a few seconds, or the platform starting again, is nobody's business: milliseconds between the attempts.
    const PAUSES = [1000, 3000, 9000];

    class Refused extends Error {}
    class Expired extends Error {}

    // Ask, and return the answer. `fields` make a form, `piece` is sent as it is.
    async function ask(url, {method = "GET", fields, piece} = {}) {
        const headers = {"X-CSRF-Token": csrf};
        let body = piece;
        if (fields) {
            body = new FormData();
            for (const [key, value] of Object.entries({csrf_token: csrf, ...fields})) {
                body.append(key, value);
            }
        } else if (piece) {
            headers["Content-Type"] = "application/octet-stream";
        }
        const response = await fetch(url, {method, body, headers});
        // Led to the login page, or refused for a token of before: the session is over.
        if (response.redirected || response.status === 400) {
            throw new Expired(text.expired);
        }
        if (!(response.headers.get("Content-Type") || "").startsWith("application/json")) {
            throw new Error(text.cut);
        }
        const answer = await response.json();
        if (answer.error) {
            throw new Refused(answer.error);
        }
        return answer;
    }

    // Who has logged in again, in another tab, goes on with a token of the new session.
    async function renew() {
        const response = await fetch(window.location.href);
        const page = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("deposit");
        if (!page) {
            throw new Expired(text.expired);
        }
        csrf = page.dataset.csrf;
    }

    async function call(url, request) {
        for (let attempt = 0; ; attempt++) {
            try {
                return await ask(url, request);
            } catch (problem) {
                if (problem instanceof Refused || attempt === PAUSES.length) {
                    throw problem;
                }
                if (problem instanceof Expired) {
                    await renew();
                } else {
                    await new Promise((resolve) => window.setTimeout(resolve, PAUSES[attempt]));
                }
            }
        }
    }

    function message(problem) {
        return problem instanceof Refused || problem instanceof Expired ? problem.message : text.cut;
    }

    async function send(item) {
        item.show(text.sending);
        try {
            if (!item.id) {
                const fields = {name: item.file.name, size: item.file.size};
                const started = await call("/ressources/depot/fichier", {method: "POST", fields});
                item.id = started.id;
                item.title.value = item.title.value || started.title;
                // What its name says it is: for the person to change.
                if (started.category && form.elements.category && !form.elements.category.value) {
                    form.elements.category.value = started.category;
                }
            }
            const url = `/ressources/depot/fichier/${item.id}`;
            let {received} = await call(url);
            while (received < item.file.size) {
                item.progress.value = received;
                tellOverall();
                const piece = item.file.slice(received, received + chunk);
                const answer = await call(`${url}?offset=${received}`, {method: "PUT", piece});
                received = answer.received;
                item.tell(answer.same);
            }
            item.progress.value = item.file.size;
            item.ready = true;
            tellOverall();
            item.show(text.ready);
        } catch (problem) {
            item.show(message(problem), !(problem instanceof Refused));
        }
    }

    function element(tag, properties, ...children) {
        const node = Object.assign(document.createElement(tag), properties);
        node.append(...children);
        return node;
    }

    function add(file) {
        const id = `deposit-title-${items.size}-${Date.now()}`;
        const item = {
            file,
            title: element("input", {className: "form-control", id, maxLength: 200}),
            progress: element("progress", {className: "c-progress", max: file.size || 1, value: 0}),
            state: element("span"),
            login: element("a", {
                className: "btn btn-primary",
                href: "/web/login",
                target: "_blank",
                textContent: text.login,
                hidden: true,
            }),
            same: element("p", {className: "c-notice", hidden: true}),
            retry: element("button", {type: "button", className: "btn btn-quiet", textContent: text.retry, hidden: true}),
            // The library has this content already: he decides, and may look at it without leaving.
            tell(same) {
                item.same.hidden = !same;
                if (same) {
                    const link = element("a", {href: `/ressources/${same.id}`, target: "_blank", textContent: same.title});
                    item.same.replaceChildren(`${text.same} `, link);
                }
            },
            show(message, retry = false) {
                item.state.textContent = message;
                item.retry.hidden = !retry;
                item.login.hidden = message !== text.expired;
                item.row.classList.toggle("is-stopped", message !== text.sending && !item.ready);
                item.row.classList.toggle("is-refused", !retry && message !== text.sending && !item.ready);
            },
        };
        item.progress.setAttribute("aria-label", file.name);
        const remove = element("button", {type: "button", className: "btn btn-quiet", textContent: text.remove});
        remove.setAttribute("aria-label", `${text.remove} ${file.name}`);
        item.row = element(
            "li",
            {className: "c-upload"},
            element("p", {className: "c-upload__name", textContent: file.name}),
            item.progress,
            element("p", {className: "c-meta"}, item.state),
            item.same,
            // What takes the place of a document keeps its title.
            ...(text.title ? [element("label", {htmlFor: id, textContent: text.title}), item.title] : []),
            element("div", {className: "c-actions"}, item.login, item.retry, remove)
        );
        item.retry.addEventListener("click", () => send(item));
        remove.addEventListener("click", () => {
            items.delete(item);
            item.row.remove();
            tellOverall();
            chooser.focus();
            if (item.id) {
                // Should it fail, the platform forgets the file by itself after a day.
                ask(`/ressources/depot/fichier/${item.id}`, {method: "DELETE"}).catch(() => {});
            }
        });
        items.add(item);
        list.append(item.row);
        return item;
    }

    async function addAll(files) {
        error.textContent = "";
        // What an operating system leaves in a folder, and nobody put there.
        const wanted = [...files].filter((file) => !/^(\.|~\$|thumbs\.db$|desktop\.ini$)/i.test(file.name));
        // One after the other: a narrow line carries one file faster than five.
        for (const item of wanted.map(add)) {
            if (items.has(item)) {
                await send(item);
            }
        }
    }

    // How far all the files have come, when there are several.
    function tellOverall() {
        const all = [...items];
        const ready = all.filter((item) => item.ready).length;
        overall.hidden = all.length < 2;
        overall.querySelector("span").textContent = `${ready} / ${all.length}`;
        const progress = overall.querySelector("progress");
        progress.max = all.reduce((sum, item) => sum + (item.file.size || 1), 0) || 1;
        progress.value = all.reduce((sum, item) => sum + item.progress.value, 0);
    }

    // The files of what was dropped, folders opened.
    async function dropped(transfer) {
        const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
        if (!entries.some((entry) => entry && entry.isDirectory)) {
            return [...transfer.files];
        }
        const files = [];
        async function open(entry) {
            if (entry.isFile) {
                files.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
            } else if (entry.isDirectory) {
                const reader = entry.createReader();
                let some;
                // A reader gives a hundred entries at a time.
                do {
                    some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
                    for (const one of some) {
                        await open(one);
                    }
                } while (some.length);
            }
        }
        for (const entry of entries.filter(Boolean)) {
            await open(entry);
        }
        return files;
    }

    for (const input of [chooser, folderChooser].filter(Boolean)) {
        input.addEventListener("change", () => {
            const files = Array.from(input.files);
            input.value = "";
            addAll(files);
        });
    }
    for (const name of ["dragenter", "dragover"]) {
        drop.addEventListener(name, (event) => {
            event.preventDefault();
            drop.classList.add("is-over");
        });
    }
    drop.addEventListener("dragleave", () => drop.classList.remove("is-over"));
    drop.addEventListener("drop", (event) => {
        event.preventDefault();
        drop.classList.remove("is-over");
        dropped(event.dataTransfer).then(addAll);
    });

    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        error.textContent = "";
        if (!items.size || [...items].some((item) => !item.ready)) {
            error.textContent = items.size ? text.wait : text.none;
            return;
        }
        const button = form.querySelector("[type=submit]");
        button.disabled = true;
        try {
            const chosen = (name) => Array.from(form.querySelectorAll(`[name=${name}]:checked`), (box) => box.value).join(",");
            const answer = await call(form.action, {
                method: "POST",
                fields: {
                    files: JSON.stringify([...items].map((item) => ({id: item.id, title: item.title.value}))),
                    ...Object.fromEntries(Array.from(form.querySelectorAll("select"), (select) => [select.name, select.value])),
                    networks: chosen("networks"),
                    territories: chosen("territories"),
                },
            });
            window.location.assign(answer.redirect);
        } catch (problem) {
            error.textContent = message(problem);
            button.disabled = false;
        }
    });
})();
