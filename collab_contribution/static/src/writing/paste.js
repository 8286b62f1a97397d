// @odoo-module ignore
// What enters a text from elsewhere: by a paste, a drop, or a draft.
(function () {
    "use strict";

    // What the server keeps (html.py). A `div` or a `b` is given there the name that it has in our pages.
    const TAGS = [
        ..."p br hr b strong i em u s strike sub sup ul ol li blockquote pre code div a".split(" "),
        ..."h1 h2 h3 h4 h5 h6 table thead tbody tr td th".split(" "),
    ];
    const SETTINGS = {
        ALLOWED_TAGS: TAGS,
        ALLOWED_ATTR: ["href", "colspan", "rowspan"],
        ADD_URI_SAFE_ATTR: ["colspan", "rowspan"],
        ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|tel:|\/|#)/i,
        ALLOW_DATA_ATTR: false,
        ALLOW_ARIA_ATTR: false,
        RETURN_DOM_FRAGMENT: true,
    };
    // How Word marks, for its author alone, what is deleted or hidden, and the comments in the margin: as in html.py.
    const HIDDEN = "del, .MsoCommentReference, .MsoCommentText, .msoDel";
    const HIDDEN_STYLE = /display:\s*none|mso-hide:\s*all|mso-element:\s*comment/i;
    const OFFICE = /urn:schemas-microsoft-com:office|MsoNormal|content=["']?LibreOffice/i;
    const ADDRESS = /^(?:https?:\/\/|www\.)\S+$/i;

    // In a document that no window shows: nothing there is loaded or run.
    const parse = (html) => new DOMParser().parseFromString(html, "text/html").body;

    // The words and the simple formatting of some HTML, and nothing else.
    function clean(html) {
        const body = parse(html);
        for (const node of body.querySelectorAll(HIDDEN)) {
            node.remove();
        }
        for (const node of body.querySelectorAll("[style]")) {
            if (HIDDEN_STYLE.test(node.getAttribute("style"))) {
                node.remove();
            }
        }
        return document.importNode(window.DOMPurify.sanitize(body.innerHTML, SETTINGS), true);
    }

    // squire: the editor; root: its element; box: what holds both; say: shows a message.
    function receive({squire, root, box, form, text, say}) {
        // The pictures join the files of the form. When they cannot, it is said; nobody asks the site where they are.
        function take(files, pictures) {
            const attaches = form.querySelector("[data-attach]");
            if (files.length && attaches) {
                form.dispatchEvent(new CustomEvent("files", {detail: files}));
            }
            const leftOut = attaches ? text.left_out : text.no_file;
            say((files.length ? !attaches : pictures) ? leftOut : "");
        }

        function enter(event, transfer) {
            if (!transfer || !root.contains(event.target)) {
                return;
            }
            const html = transfer.getData("text/html");
            const plain = transfer.getData("text/plain").trim();
            const words = html && clean(html).textContent.trim();
            const pictures = html ? parse(html).querySelectorAll("img").length : 0;
            // Word and others add a picture of the very words that are copied.
            const files = words && (!pictures || OFFICE.test(html)) ? [] : Array.from(transfer.files);
            const address = ADDRESS.test(plain) && window.collabAddress(plain);
            take(files, pictures);
            if (words && event.type === "drop") {
                // The editor puts them where they fall.
                return;
            }
            if (words) {
                squire.insertHTML(html, true);
            } else if (event.type === "paste" && address && !squire.getSelection().collapsed) {
                // An address that is pasted on some words makes them a link.
                squire.makeLink(address);
            } else if (!files.length && !pictures) {
                return;
            }
            event.preventDefault();
            event.stopPropagation();
        }

        // Before the editor itself.
        box.addEventListener("paste", (event) => enter(event, event.clipboardData), true);
        box.addEventListener("drop", (event) => enter(event, event.dataTransfer), true);
    }

    window.collabPaste = {clean, receive};
})();
