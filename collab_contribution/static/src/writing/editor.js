// @odoo-module ignore
// The editor of formatted text, in place of each <textarea data-rich>: the library Squire, our buttons around it. The
// textarea stays in the form and holds the HTML, so that drafts work as with any field. Without this script, the
// textarea is sent as plain text.
(function () {
    "use strict";

    const element = window.collabElement;
    // In the order of the buttons: the name of their words, the element that they make, the methods of Squire.
    const COMMANDS = [
        ["bold", "B", "bold", "removeBold"],
        ["italic", "I", "italic", "removeItalic"],
        ["list", "UL", "makeUnorderedList", "removeList"],
        ["numbered", "OL", "makeOrderedList", "removeList"],
        ["link", "A"],
        ["quote", "BLOCKQUOTE", "increaseQuoteLevel", "removeQuote"],
    ];
    const INLINE = COMMANDS.slice(0, 2);
    // Keys of Squire that make what the buttons do not, or keep Tab from leaving the text.
    const NO_KEYS = ["Tab", "Shift-Tab", ...["d", "[", "]"].flatMap((key) => [`Ctrl-${key}`, `Meta-${key}`])];
    const LAST_EMPTY = /(?:<p>(?:<br>|\s)*<\/p>)+$/;

    // One stop of the Tab key, then arrows from button to button.
    function makeToolbar(bar, buttons) {
        bar.setAttribute("role", "toolbar");
        const stop = (chosen) => buttons.forEach((button) => (button.tabIndex = button === chosen ? 0 : -1));
        stop(buttons[0]);
        bar.addEventListener("focusin", (event) => buttons.includes(event.target) && stop(event.target));
        // The text keeps the focus, and a phone its keyboard.
        bar.addEventListener("mousedown", (event) => event.preventDefault());
        bar.addEventListener("keydown", (event) => {
            const here = buttons.indexOf(event.target);
            const next = {ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: -1}[event.key];
            if (next !== undefined) {
                event.preventDefault();
                buttons.at(next % buttons.length).focus();
            }
        });
    }

    function toggle(squire, [, tag, on, off]) {
        squire[squire.hasFormat(tag) ? off : on]().focus();
    }

    // Bold and italic, where Squire does otherwise than any editor.
    function mendFormats(squire, root, box) {
        let off = [];
        // Before the editor itself: what the menu of a phone asks for, which it would only add, and never take off.
        box.addEventListener(
            "beforeinput",
            (event) => {
                off = INLINE.filter(([, tag]) => !squire.hasFormat(tag));
                const asked = INLINE.find(([name]) => event.inputType.toLowerCase() === `format${name}`);
                if (asked) {
                    event.preventDefault();
                    event.stopPropagation();
                    toggle(squire, asked);
                }
            },
            true
        );
        // And after it: what has been taken off comes back on the next line.
        root.addEventListener("beforeinput", (event) => {
            if (event.inputType === "insertParagraph") {
                off.filter(([, tag]) => squire.hasFormat(tag)).forEach(([, , , remove]) => squire[remove]());
            }
        });
    }

    function makeEditor(area) {
        const {form} = area;
        const rich = form.elements.riche;
        const text = window.collabTexts(area.parentElement.querySelector(".c-editor__words"));
        const root = element("div", {id: `${area.id}-editor`, className: "form-control c-editor__text"});
        root.setAttribute("role", "textbox");
        root.setAttribute("aria-multiline", "true");
        root.setAttribute("aria-labelledby", area.dataset.label);
        const bar = element("div", {className: "c-editor__bar"});
        bar.setAttribute("aria-label", text.formatting);
        bar.setAttribute("aria-controls", root.id);
        const said = element("p", {className: "c-field__error"});
        said.setAttribute("role", "status");
        const box = element("div", {className: "c-editor"}, bar, root, said);

        const squire = new window.Squire(root, {
            blockTag: "P",
            // Addresses that are typed become links where they are read, whatever the field.
            addLinks: false,
            sanitizeToDOMFragment: window.collabPaste.clean,
        });
        NO_KEYS.forEach((key) => squire.setKeyHandler(key, null));
        const link = window.collabLink(squire, root, area.id, text);
        bar.after(link.box);
        const buttons = COMMANDS.map((command) => {
            const name = command[0];
            const shown = element("span", {textContent: text[`${name}_sign`]});
            shown.setAttribute("aria-hidden", "true");
            const words = element("span", {className: "visually-hidden", textContent: text[name]});
            const button = element("button", {type: "button", className: "btn btn-quiet", title: text[name]}, shown, words);
            button.addEventListener("click", () => (name === "link" ? link.toggle() : toggle(squire, command)));
            return button;
        });
        bar.append(...buttons);
        makeToolbar(bar, buttons);

        function tell() {
            COMMANDS.forEach(([, tag], rank) => buttons[rank].setAttribute("aria-pressed", squire.hasFormat(tag)));
        }

        function keep() {
            // Squire puts a character without width where a format begins.
            const isEmpty = !root.textContent.replaceAll("\u200b", "").trim();
            const html = isEmpty ? "" : squire.getHTML().replace(LAST_EMPTY, "");
            if (html !== area.value) {
                area.value = html;
                area.dispatchEvent(new Event("input", {bubbles: true}));
            }
        }

        area.after(box);
        if (rich.value === "1") {
            squire.setHTML(area.value);
        } else {
            squire.insertPlainText(area.value);
        }
        rich.value = "1";
        const isWriting = document.activeElement === area;
        const isRefused = area.getAttribute("aria-invalid") === "true";
        area.required = false;
        area.hidden = true;
        if (isRefused) {
            for (const name of ["aria-invalid", "aria-describedby"]) {
                root.setAttribute(name, area.getAttribute(name));
            }
        }
        if (isWriting || isRefused) {
            // He has not waited for the script; or the page opens on what was refused.
            squire.moveCursorToEnd().focus();
        }
        tell();
        ["pathChange", "select", "cursor", "input"].forEach((change) => squire.addEventListener(change, tell));
        squire.addEventListener("input", keep);
        mendFormats(squire, root, box);
        for (const label of area.labels) {
            label.addEventListener("click", () => squire.focus());
        }
        const say = (message) => (said.textContent = message);
        window.collabPaste.receive({squire, root, box, form, text, say});
        if ("people" in form.dataset) {
            window.collabMention(form, root, box, text.people);
        }
    }

    document.querySelectorAll("textarea[data-rich]").forEach(makeEditor);
})();
