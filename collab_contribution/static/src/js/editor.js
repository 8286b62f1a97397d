// @odoo-module ignore
// A simple editor of formatted text, in place of each <textarea data-rich>. The textarea stays in the form and holds
// the HTML, so that drafts work as with any field. Without this script, the textarea is sent as plain text.
(function () {
    "use strict";

    const COMMANDS = [
        ["bold", "G"],
        ["italic", "I"],
        ["insertUnorderedList", "•"],
        ["insertOrderedList", "1."],
    ];

    function element(tag, properties, ...children) {
        const node = Object.assign(document.createElement(tag), properties);
        node.append(...children);
        return node;
    }

    for (const area of document.querySelectorAll("textarea[data-rich]")) {
        const {form} = area;
        const rich = form.elements.riche;
        const editor = element("div", {className: "form-control c-editor__text", contentEditable: "true"});
        editor.setAttribute("role", "textbox");
        editor.setAttribute("aria-multiline", "true");
        editor.setAttribute("aria-labelledby", area.dataset.label);
        const held = new DOMParser().parseFromString(area.value, "text/html");
        // The server cleans texts when they are sent. A draft has not been sent yet: remove here what could run.
        for (const node of held.body.querySelectorAll("*")) {
            for (const {name, value} of [...node.attributes]) {
                if (name.startsWith("on") || /^\s*(javascript|data):/i.test(value)) {
                    node.removeAttribute(name);
                }
            }
        }
        held.body.querySelectorAll("script, style, iframe, object, embed, link, form, svg, math, img").forEach((n) => n.remove());
        editor.append(...(rich.value === "1" ? held.body.childNodes : [area.value]));
        const bar = element("div", {className: "c-editor__bar"});
        bar.setAttribute("role", "toolbar");
        const words = area.parentElement.querySelector(".c-editor__words").content;
        const names = Array.from(words.children, (word) => word.textContent);
        const keep = () => {
            area.value = editor.textContent.trim() ? editor.innerHTML : "";
            area.dispatchEvent(new Event("input", {bubbles: true}));
        };
        COMMANDS.forEach(([command, sign], rank) => {
            const shown = element("span", {textContent: sign});
            shown.setAttribute("aria-hidden", "true");
            const said = element("span", {className: "visually-hidden", textContent: names[rank]});
            const button = element("button", {type: "button", className: "btn btn-quiet", title: names[rank]}, shown, said);
            button.addEventListener("click", () => {
                editor.focus();
                document.execCommand(command);
                keep();
            });
            bar.append(button);
        });
        editor.addEventListener("input", keep);
        // Attach files that are pasted or dropped. Not when there is HTML too: Word adds a picture of the text itself.
        const take = (event, transfer) => {
            const files = Array.from(transfer?.files || []);
            if (files.length && !transfer.types.includes("text/html") && form.querySelector("[data-attach]")) {
                event.preventDefault();
                form.dispatchEvent(new CustomEvent("files", {detail: files}));
            }
        };
        editor.addEventListener("paste", (event) => take(event, event.clipboardData));
        editor.addEventListener("drop", (event) => take(event, event.dataTransfer));
        rich.value = "1";
        area.required = false;
        area.hidden = true;
        const box = element("div", {className: "c-editor"}, bar, editor);
        area.after(box);
        if ("people" in form.dataset) {
            mention(form, editor, box, names[COMMANDS.length], keep);
        }
    }

    // After "@" and some letters, suggest the readers of this content who have such a name.
    function mention(form, editor, box, label, keep) {
        const list = element("ul", {className: "c-suggest", id: `${form.id}-people`, hidden: true});
        list.setAttribute("role", "listbox");
        list.setAttribute("aria-label", label);
        editor.setAttribute("aria-autocomplete", "list");
        editor.setAttribute("aria-controls", list.id);
        box.append(list);
        let timer = 0;
        let asked = 0;
        let current = 0;

        // The letters before the caret, back to the last "@"; null when there is none.
        function typed() {
            const {anchorNode: node, anchorOffset: offset, isCollapsed} = window.getSelection();
            if (!isCollapsed || node?.nodeType !== Node.TEXT_NODE || !editor.contains(node)) {
                return null;
            }
            const found = /(?:^|[\s(«])@([^@\n]{2,40})$/.exec(node.data.slice(0, offset));
            return found && {node, offset, letters: found[1]};
        }

        function close() {
            asked++;
            list.hidden = true;
            list.replaceChildren();
            editor.removeAttribute("aria-activedescendant");
        }

        function select(rank) {
            current = (rank + list.children.length) % list.children.length;
            Array.from(list.children, (option, index) => option.setAttribute("aria-selected", index === current));
            editor.setAttribute("aria-activedescendant", list.children[current].id);
            list.children[current].scrollIntoView({block: "nearest"});
        }

        function choose(name) {
            const place = typed();
            close();
            if (place) {
                const {node, offset, letters} = place;
                const start = offset - letters.length;
                node.data = `${node.data.slice(0, start)}${name}\u00a0${node.data.slice(offset)}`;
                window.getSelection().collapse(node, start + name.length + 1);
                keep();
            }
        }

        async function suggest() {
            const place = typed();
            if (!place) {
                close();
                return;
            }
            const turn = ++asked;
            const address = new URL(form.dataset.people, document.baseURI);
            address.searchParams.set("lettres", place.letters);
            for (const name of ["networks", "territories"]) {
                address.searchParams.set(name, Array.from(form.querySelectorAll(`[name=${name}]:checked`), (box) => box.value).join(","));
            }
            const answer = await fetch(address);
            const people = answer.ok && !answer.redirected ? await answer.json() : [];
            // Answers may arrive in another order than the questions.
            if (turn !== asked) {
                return;
            }
            close();
            if (people.length) {
                list.append(
                    ...people.map(({name, organisation}, rank) => {
                        const option = element("li", {id: `${list.id}-${rank}`}, name);
                        option.setAttribute("role", "option");
                        if (organisation) {
                            option.append(element("span", {textContent: organisation}));
                        }
                        // Not "click", which comes after the caret has left the text.
                        option.addEventListener("mousedown", (event) => {
                            event.preventDefault();
                            choose(name);
                        });
                        return option;
                    })
                );
                list.hidden = false;
                select(0);
            }
        }

        editor.addEventListener("input", () => {
            window.clearTimeout(timer);
            timer = window.setTimeout(suggest, 250);
        });
        editor.addEventListener("blur", close);
        editor.addEventListener("keydown", (event) => {
            if (list.hidden) {
                return;
            }
            const act = {
                ArrowDown: () => select(current + 1),
                ArrowUp: () => select(current - 1),
                Enter: () => choose(list.children[current].firstChild.data),
                Tab: () => choose(list.children[current].firstChild.data),
                Escape: close,
            }[event.key];
            if (act) {
                event.preventDefault();
                act();
            }
        });
    }
})();
