// @odoo-module ignore
// The box where one types the address of a link, between the buttons of the editor and the text.
(function () {
    "use strict";

    const element = window.collabElement;
    const MAIL = /^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/;
    const SITE = /^[^\s@/:?#]+\.[^\s@/:?#.]{2,}(?:[:/?#]\S*)?$/;
    const WHOLE = /^(?:https?:\/\/[^\s/?#]|mailto:[^\s@]+@|tel:\+?\d|[/#][^\s/\\])\S*$/i;

    // The address that somebody means: "www.example.org" is on the web, "a@example.org" is a mailbox, "/forum" is a page
    // of the platform. Null when it leads nowhere, or would run a script.
    window.collabAddress = (typed) => {
        const address = typed.trim();
        if (MAIL.test(address)) {
            return `mailto:${address}`;
        }
        if (SITE.test(address)) {
            return "https://" + address;
        }
        return WHOLE.test(address) ? address : null;
    };

    function field(id, words) {
        const input = element("input", {id, type: "text", className: "form-control", autocomplete: "off"});
        const label = element("label", {htmlFor: id, textContent: words});
        return {input, row: element("div", {className: "c-field"}, label, input)};
    }

    // squire, root: the editor and its element; id: of the field of the form; text: the words to show.
    // Returns the box, and a function that opens or closes it.
    window.collabLink = function (squire, root, id, text) {
        const address = field(`${id}-address`, text.address);
        const words = field(`${id}-words`, text.words);
        address.input.inputMode = "url";
        const error = element("p", {id: `${id}-wrong`, className: "c-field__error"});
        error.setAttribute("role", "alert");
        address.input.setAttribute("aria-describedby", error.id);
        address.row.append(error);
        const button = (label) => element("button", {type: "button", className: "btn btn-quiet", textContent: label});
        const [done, remove, cancel] = [text.set_link, text.remove_link, text.cancel].map(button);
        const actions = element("div", {className: "c-actions"}, done, remove, cancel);
        const box = element("div", {className: "c-editor__link", hidden: true}, address.row, words.row, actions);
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", text.link);
        // The link that is changed; null for a new one.
        let link = null;

        function wrong(message) {
            error.textContent = message;
            address.input.setAttribute("aria-invalid", Boolean(message));
        }

        function close() {
            box.hidden = true;
            wrong("");
            squire.focus();
        }

        function open() {
            const range = squire.getSelection();
            link = squire.hasFormat("A") ? [...root.querySelectorAll("a")].find((one) => range.intersectsNode(one)) : null;
            address.input.value = link?.getAttribute("href") || "";
            words.input.value = "";
            words.row.hidden = Boolean(link) || !range.collapsed;
            remove.hidden = !link;
            box.hidden = false;
            address.input.select();
        }

        function write() {
            const href = window.collabAddress(address.input.value);
            if (!href) {
                wrong(text.wrong_address);
                address.input.focus();
                return;
            }
            close();
            squire.saveUndoState();
            if (link) {
                link.setAttribute("href", href);
            } else if (squire.getSelection().collapsed) {
                const shown = words.input.value.trim() || address.input.value.trim();
                squire.insertElement(element("a", {href, textContent: shown}));
            } else {
                squire.makeLink(href);
            }
        }

        done.addEventListener("click", write);
        cancel.addEventListener("click", close);
        remove.addEventListener("click", () => {
            close();
            const range = document.createRange();
            range.selectNodeContents(link);
            squire.setSelection(range).removeLink();
        });
        box.addEventListener("keydown", (event) => {
            if (event.key === "Escape") {
                close();
            } else if (event.key === "Enter" && event.target.matches("input")) {
                // It would send the form around it.
                event.preventDefault();
                write();
            }
        });
        return {box, toggle: () => (box.hidden ? open() : close())};
    };
})();
