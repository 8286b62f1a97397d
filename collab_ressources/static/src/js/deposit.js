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
    const {chunk, csrf} = form.dataset;
    const text = {};
    for (const node of form.querySelector("template").content.querySelectorAll("[data-text]")) {
        text[node.dataset.text] = node.textContent;
    }
    const chooser = document.getElementById("deposit-files");
    const drop = document.getElementById("deposit-drop");
    const list = document.getElementById("deposit-list");
    const error = document.getElementById("deposit-error");
    const items = new Set();

    async function call(url, body) {
        const response = await fetch(url, body && {method: "POST", body});
        // A session that has expired leads to another page: that is not an answer to this question.
        if (response.redirected || !(response.headers.get("Content-Type") || "").startsWith("application/json")) {
            throw new Error(text.cut);
        }
        const answer = await response.json();
        if (answer.error) {
            throw Object.assign(new Error(answer.error), {refused: true});
        }
        return answer;
    }

    function parameters(values) {
        const body = new FormData();
        for (const [key, value] of Object.entries({csrf_token: csrf, ...values})) {
            body.append(key, value);
        }
        return body;
    }

    async function send(item) {
        item.show(text.sending);
        try {
            if (!item.id) {
                const started = await call("/ressources/depot/fichier", parameters({name: item.file.name, size: item.file.size}));
                item.id = started.id;
                item.title.value = item.title.value || started.title;
            }
            const url = `/ressources/depot/fichier/${item.id}`;
            let {received} = await call(url);
            while (received < item.file.size) {
                item.progress.value = received;
                const piece = item.file.slice(received, received + Number(chunk));
                ({received} = await call(url, parameters({offset: received, piece})));
            }
            item.progress.value = item.file.size;
            item.ready = true;
            item.show(text.ready);
        } catch (problem) {
            item.show(problem.refused ? problem.message : text.cut, !problem.refused);
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
            retry: element("button", {type: "button", className: "btn btn-quiet", textContent: text.retry, hidden: true}),
            show(message, retry = false) {
                item.state.textContent = message;
                item.retry.hidden = !retry;
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
            element("label", {htmlFor: id, textContent: text.title}),
            item.title,
            element("div", {className: "c-actions"}, item.retry, remove)
        );
        item.retry.addEventListener("click", () => send(item));
        remove.addEventListener("click", () => {
            items.delete(item);
            item.row.remove();
            chooser.focus();
        });
        items.add(item);
        list.append(item.row);
        return item;
    }

    async function addAll(files) {
        error.textContent = "";
        // One after the other: a narrow line carries one file faster than five.
        for (const item of Array.from(files, add)) {
            if (items.has(item)) {
                await send(item);
            }
        }
    }

    chooser.addEventListener("change", () => {
        const files = Array.from(chooser.files);
        chooser.value = "";
        addAll(files);
    });
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
        addAll(event.dataTransfer.files);
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
            const answer = await call(
                form.action,
                parameters({
                    files: JSON.stringify([...items].map((item) => ({id: item.id, title: item.title.value}))),
                    folder: form.elements.folder.value,
                    networks: chosen("networks"),
                    territories: chosen("territories"),
                })
            );
            window.location.assign(answer.redirect);
        } catch (problem) {
            error.textContent = problem.message;
            button.disabled = false;
        }
    });
})();
