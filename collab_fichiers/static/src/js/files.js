// @odoo-module ignore
// The list of the files that a person sends. Each file has a row, is sent as soon as it is chosen, and says what to do
// when the sending stops. The page gives:
//   text: the texts of collab_fichiers.file_texts, and its own
//   list, chooser: the element that receives the rows, and the file input
//   extra(item): returns elements to add to a row, above its buttons
//   started(item, answer): called when the platform agrees to receive the file
//   received(item, answer): called after each piece
//   moved(): called as the bytes of a file leave
//   changed(): called when a file has arrived whole, has stopped, or is removed
//   refused(item, message): takes a refused file out of the list; without it, the row says that it is refused
// While a file is on its way, the browser warns before the page is left.
window.collabFiles = function (form, page) {
    "use strict";

    const {text, list, chooser, extra = () => [], started, received, moved, changed, refused} = page;
    const sending = window.collabSending(form, form.elements.csrf_token.value, text);
    const items = new Set();
    const element = window.collabElement;

    function show(item, message, problem) {
        const isRefused = problem && sending.isRefusal(problem);
        item.state.textContent = message;
        // Do not offer to try again what would be refused again.
        item.retry.hidden = !problem || isRefused;
        item.login.hidden = message !== text.expired;
        item.row.classList.toggle("is-stopped", Boolean(problem) && !isRefused);
        item.row.classList.toggle("is-refused", Boolean(isRefused));
    }

    function remove(item) {
        items.delete(item);
        item.row.remove();
        changed();
    }

    // Without `file`: it was sent before the draft was restored, and only its name is known.
    function add(name, file) {
        // ready: it has arrived; leaving: it is on its way, or waits for its turn.
        const item = {name, file, ready: !file, leaving: Boolean(file), loaded: 0};
        item.progress = element("progress", {className: "c-progress", max: file?.size || 1, value: 0, hidden: !file});
        item.progress.setAttribute("aria-label", name);
        item.state = element("span");
        // Said by the bar itself to a screen reader, which a figure that changes all the time would trouble.
        item.percent = element("span");
        item.percent.setAttribute("aria-hidden", "true");
        item.login = element("a", {
            className: "btn btn-primary",
            href: "/web/login",
            target: "_blank",
            textContent: text.login,
            hidden: true,
        });
        item.retry = element("button", {type: "button", className: "btn btn-quiet", textContent: text.retry, hidden: true});
        item.retry.addEventListener("click", () => send(item));
        const away = element("button", {type: "button", className: "btn btn-quiet", textContent: text.remove});
        away.setAttribute("aria-label", `${text.remove} ${name}`);
        away.addEventListener("click", () => {
            remove(item);
            chooser.focus();
            if (item.id) {
                sending.forget(item.id);
            }
        });
        const picture = element("img", {className: "c-upload__picture", alt: "", hidden: true});
        if (file?.type.startsWith("image/")) {
            picture.src = URL.createObjectURL(file);
            picture.hidden = false;
            // This browser does not show pictures of this format.
            picture.onerror = () => (picture.hidden = true);
        }
        item.row = element(
            "li",
            {className: "c-upload"},
            picture,
            element("p", {className: "c-upload__name", textContent: name}),
            item.progress,
            element("p", {className: "c-meta"}, item.state, item.percent),
            ...extra(item),
            element("div", {className: "c-actions"}, item.login, item.retry, away)
        );
        items.add(item);
        list.append(item.row);
        return item;
    }

    function tell(item, loaded) {
        item.loaded = item.progress.value = loaded;
        item.percent.textContent = `${Math.floor((100 * loaded) / (item.file.size || 1))}\u00a0%`;
        moved?.();
    }

    async function send(item) {
        item.leaving = true;
        show(item, text.sending);
        try {
            if (!item.id) {
                const answer = await sending.start(item.file);
                item.id = answer.id;
                started?.(item, answer);
            }
            await sending.send(item.file, item.id, (loaded, answer) => {
                tell(item, loaded);
                if (answer) {
                    received?.(item, answer);
                }
            });
            item.loaded = item.file.size;
            item.ready = true;
            item.progress.hidden = true;
            show(item, text.ready);
        } catch (problem) {
            show(item, sending.message(problem), problem);
            if (refused && sending.isRefusal(problem) && items.has(item)) {
                refused(item, problem.message);
            }
        }
        item.leaving = false;
        item.percent.textContent = "";
        changed();
    }

    async function addAll(files) {
        // One after the other: on a slow connection, files that are sent together all arrive late.
        // Of a folder, the path tells apart two files of one name.
        for (const item of Array.from(files, (file) => add(file.path || file.webkitRelativePath || file.name, file))) {
            if (items.has(item)) {
                await send(item);
            }
        }
    }

    window.addEventListener("beforeunload", (event) => {
        if ([...items].some((item) => item.leaving)) {
            event.preventDefault();
        }
    });

    return {items, sending, element, add, addAll, show, remove};
};

// Read the texts that a script shows. The page holds them, translated, in elements such as <p data-text="name">.
window.collabTexts = (template) =>
    Object.fromEntries(Array.from(template.content.querySelectorAll("[data-text]"), (node) => [node.dataset.text, node.textContent]));

// Make an element: its properties, not its attributes, then what it holds.
window.collabElement = (tag, properties, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
};
