// @odoo-module ignore
// Files that are joined to a text: chosen, pasted or dropped while the person writes.
// <div data-attach> in a form; its hidden field tells what has arrived, and is kept with the rest of a draft.
(function () {
    "use strict";

    for (const box of document.querySelectorAll("[data-attach]")) {
        const {form} = box.querySelector("input");
        const text = window.collabTexts(box.querySelector("template"));
        const chooser = box.querySelector("[type=file]");
        const field = box.querySelector("[type=hidden]");
        const list = box.querySelector("ul");
        const error = box.querySelector("[data-problem]");
        const files = window.collabFiles(form, {text, list, chooser, changed: note});

        function note() {
            const ready = [...files.items].filter((item) => item.ready);
            field.value = ready.length ? JSON.stringify(ready.map(({id, name}) => ({id, name}))) : "";
            field.dispatchEvent(new Event("input", {bubbles: true}));
            error.textContent = "";
        }

        // What had been sent with a draft: a day later the platform has forgotten it.
        async function find({id, name}) {
            const item = Object.assign(files.add(name), {id});
            files.show(item, text.ready);
            try {
                await files.sending.call(`/envois/${id}`);
            } catch (problem) {
                // Nothing is known of it while the line is cut: what receives the form will say.
                if (files.sending.isRefusal(problem)) {
                    files.remove(item);
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
            const chosen = Array.from(chooser.files);
            chooser.value = "";
            files.addAll(chosen);
        });
        // What is pasted or dropped in the text.
        form.addEventListener("files", (event) => files.addAll(event.detail));
        form.addEventListener(
            "submit",
            (event) => {
                if ([...files.items].some((item) => !item.ready)) {
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
