// @odoo-module ignore
// A text with a little form: <textarea data-rich> becomes an editor whose content the textarea keeps, so that a draft is
// kept as that of any field. Without this script, the textarea is sent as a plain text.
(function () {
    "use strict";

    const COMMANDS = [
        ["bold", "G"],
        ["italic", "I"],
        ["insertUnorderedList", "•"],
        ["insertOrderedList", "1."],
    ];

    for (const area of document.querySelectorAll("textarea[data-rich]")) {
        const form = area.form;
        const rich = form.elements.riche;
        const editor = document.createElement("div");
        editor.className = "form-control c-editor__text";
        editor.contentEditable = "true";
        editor.setAttribute("role", "textbox");
        editor.setAttribute("aria-multiline", "true");
        editor.setAttribute("aria-labelledby", area.dataset.label);
        const held = new DOMParser().parseFromString(area.value, "text/html");
        editor.append(...(rich.value === "1" || /<\w/.test(area.value) ? held.body.childNodes : [area.value]));
        const bar = document.createElement("div");
        bar.className = "c-editor__bar";
        bar.setAttribute("role", "toolbar");
        const words = area.parentElement.querySelector(".c-editor__words").content;
        const names = Array.from(words.children, (word) => word.textContent);
        COMMANDS.forEach(([command, sign], rank) => {
            const button = document.createElement("button");
            button.type = "button";
            button.className = "btn btn-quiet";
            button.title = names[rank];
            const shown = document.createElement("span");
            shown.setAttribute("aria-hidden", "true");
            shown.textContent = sign;
            const said = document.createElement("span");
            said.className = "visually-hidden";
            said.textContent = names[rank];
            button.append(shown, said);
            button.addEventListener("click", () => {
                editor.focus();
                document.execCommand(command);
                keep();
            });
            bar.append(button);
        });
        const keep = () => {
            area.value = editor.textContent.trim() || editor.querySelector("img") ? editor.innerHTML : "";
            area.dispatchEvent(new Event("input", {bubbles: true}));
        };
        editor.addEventListener("input", keep);
        // A double click publishes once.
        form.addEventListener("submit", () => {
            for (const button of form.querySelectorAll("[type=submit]")) {
                window.setTimeout(() => (button.disabled = true));
            }
        });
        rich.value = "1";
        area.required = false;
        area.hidden = true;
        area.after(bar, editor);
    }

    // Discussions that ask the same, while a title is typed.
    const title = document.querySelector("[data-similar]");
    if (title) {
        const list = document.getElementById(title.dataset.similar);
        let timer = 0;
        title.addEventListener("input", () => {
            window.clearTimeout(timer);
            timer = window.setTimeout(async () => {
                const answer = await fetch(`/forum/semblables?${new URLSearchParams({titre: title.value})}`);
                const rows = answer.ok ? await answer.json() : [];
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
