// @odoo-module ignore
// Files that are joined to a text: each leaves as soon as it is chosen, pasted or dropped, while the person writes.
// <div data-attach> in a form; its hidden field tells what has arrived, and is kept with the rest of a draft.
(function () {
    "use strict";

    function element(tag, properties, ...children) {
        const node = Object.assign(document.createElement(tag), properties);
        node.append(...children);
        return node;
    }

    for (const box of document.querySelectorAll("[data-attach]")) {
        const {form} = box.querySelector("input");
        const text = {};
        for (const node of box.querySelector("template").content.querySelectorAll("[data-text]")) {
            text[node.dataset.text] = node.textContent;
        }
        const sending = window.collabSending(form, form.elements.csrf_token.value, text);
        const chooser = box.querySelector("[type=file]");
        const field = box.querySelector("[type=hidden]");
        const list = box.querySelector("ul");
        const error = box.querySelector("[data-problem]");
        const items = new Set();

        function note() {
            const ready = [...items].filter((item) => item.ready);
            field.value = ready.length ? JSON.stringify(ready.map(({id, name}) => ({id, name}))) : "";
            field.dispatchEvent(new Event("input", {bubbles: true}));
            error.textContent = "";
        }

        function add(name, file) {
            const item = {
                name,
                file,
                ready: false,
                progress: element("progress", {className: "c-progress", max: file?.size || 1, value: 0, hidden: !file}),
                state: element("span"),
                retry: element("button", {type: "button", className: "btn btn-quiet", textContent: text.retry, hidden: true}),
                login: element("a", {
                    className: "btn btn-primary",
                    href: "/web/login",
                    target: "_blank",
                    textContent: text.login,
                    hidden: true,
                }),
                show(message, stopped = false, refused = false) {
                    item.state.textContent = message;
                    item.retry.hidden = !stopped || refused;
                    item.login.hidden = message !== text.expired;
                    item.row.classList.toggle("is-stopped", stopped && !refused);
                    item.row.classList.toggle("is-refused", refused);
                },
            };
            item.progress.setAttribute("aria-label", name);
            const remove = element("button", {type: "button", className: "btn btn-quiet", textContent: text.remove});
            remove.setAttribute("aria-label", `${text.remove} ${name}`);
            const picture = element("img", {className: "c-upload__picture", alt: "", hidden: true});
            if (file?.type.startsWith("image/")) {
                picture.src = URL.createObjectURL(file);
                picture.hidden = false;
                picture.onerror = () => (picture.hidden = true);
            }
            item.row = element(
                "li",
                {className: "c-upload"},
                picture,
                element("p", {className: "c-upload__name", textContent: name}),
                item.progress,
                element("p", {className: "c-meta"}, item.state),
                element("div", {className: "c-actions"}, item.login, item.retry, remove)
            );
            item.retry.addEventListener("click", () => send(item));
            remove.addEventListener("click", () => {
                items.delete(item);
                item.row.remove();
                note();
                chooser.focus();
                if (item.id) {
                    sending.forget(item.id);
                }
            });
            items.add(item);
            list.append(item.row);
            return item;
        }

        async function send(item) {
            item.show(text.sending);
            try {
                item.id = item.id || (await sending.start(item.file)).id;
                await sending.send(item.file, item.id, (received) => (item.progress.value = received));
                item.ready = true;
                item.progress.hidden = true;
                item.show(text.ready);
                note();
            } catch (problem) {
                item.show(sending.message(problem), true, sending.isRefusal(problem));
            }
        }

        async function addAll(files) {
            // One after the other: a narrow line carries one file faster than five.
            for (const item of Array.from(files, (file) => add(file.name, file))) {
                if (items.has(item)) {
                    await send(item);
                }
            }
        }

        // What had been sent with a draft: a day later the platform has forgotten it.
        async function find({id, name}) {
            const item = Object.assign(add(name), {id, ready: true});
            item.show(text.ready);
            try {
                await sending.call(`/envois/${id}`);
            } catch (problem) {
                // Nothing is known of it while the line is cut: what receives the form will say.
                if (sending.isRefusal(problem)) {
                    item.row.remove();
                    items.delete(item);
                    note();
                    error.textContent = `${name} : ${text.gone}`;
                }
            }
        }

        function told() {
            try {
                return JSON.parse(field.value).filter(({id}) => Number.isInteger(id));
            } catch {
                return [];
            }
        }

        box.hidden = false;
        told().forEach(find);
        chooser.addEventListener("change", () => {
            const files = Array.from(chooser.files);
            chooser.value = "";
            addAll(files);
        });
        // What is pasted or dropped in the text.
        form.addEventListener("files", (event) => addAll(event.detail));
        form.addEventListener(
            "submit",
            (event) => {
                if ([...items].some((item) => !item.ready)) {
                    event.preventDefault();
                    event.stopImmediatePropagation();
                    error.textContent = text.wait;
                    list.scrollIntoView({block: "nearest"});
                }
            },
            true
        );
    }
})();
