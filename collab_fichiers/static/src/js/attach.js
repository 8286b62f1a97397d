// @odoo-module ignore
// Attaches files to a text: they are chosen, pasted or dropped while the person writes. It works on each
// <div data-attach> of a form. The hidden field lists the files that have arrived, so that a draft keeps them too.
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

        // List again a file that was sent with a draft, if it is still there: the platform deletes it after a day.
        async function find({id, name}) {
            const item = Object.assign(files.add(name), {id});
            files.show(item, text.ready);
            try {
                await files.sending.call(`/envois/${id}`);
            } catch (problem) {
                // After a cut, nobody knows whether the file is still there: the form says so when it is sent.
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
        // The editor sends this event when files are pasted or dropped in the text.
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
