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
    const text = {};
    for (const node of form.querySelector("template").content.querySelectorAll("[data-text]")) {
        text[node.dataset.text] = node.textContent;
    }
    const sending = window.collabSending(form, form.elements.csrf_token.value, text);
    const chooser = document.getElementById("deposit-files");
    const drop = document.getElementById("deposit-drop");
    const list = document.getElementById("deposit-list");
    const error = document.getElementById("deposit-error");
    const folderChooser = document.getElementById("deposit-directory");
    const overall = document.getElementById("deposit-overall");
    const items = new Set();

    async function send(item) {
        item.show(text.sending);
        try {
            if (!item.id) {
                const started = await sending.start(item.file);
                item.id = started.id;
                item.title.value = item.title.value || started.title;
                // What its name says it is: for the person to change.
                if (started.category && form.elements.category && !form.elements.category.value) {
                    form.elements.category.value = started.category;
                }
            }
            await sending.send(item.file, item.id, (received, answer) => {
                item.progress.value = received;
                tellOverall();
                item.tell(answer.same);
            });
            item.progress.value = item.file.size;
            item.ready = true;
            tellOverall();
            item.show(text.ready);
        } catch (problem) {
            item.show(sending.message(problem), !sending.isRefusal(problem));
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
                sending.forget(item.id);
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
            const answer = await sending.call(form.action, {
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
            error.textContent = sending.message(problem);
            button.disabled = false;
        }
    });
})();
