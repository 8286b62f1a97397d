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
    const text = window.collabTexts(form.querySelector("template"));
    const chooser = document.getElementById("deposit-files");
    const drop = document.getElementById("deposit-drop");
    const list = document.getElementById("deposit-list");
    const error = document.getElementById("deposit-error");
    const folderChooser = document.getElementById("deposit-directory");
    const overall = document.getElementById("deposit-overall");
    const left = document.getElementById("deposit-left");
    const later = document.getElementById("deposit-later");
    const button = form.querySelector("[type=submit]");
    const files = window.collabFiles(form, {text, list, chooser, extra, started, received, moved: tellOverall, changed, refused});
    const {items, sending, element} = files;

    function extra(item) {
        const id = `deposit-title-${items.size}-${Date.now()}`;
        item.title = element("input", {className: "form-control", id, maxLength: 200});
        item.same = element("p", {className: "c-notice", hidden: true});
        // What takes the place of a document keeps its title.
        return [item.same, ...(text.title ? [element("label", {htmlFor: id, textContent: text.title}), item.title] : [])];
    }

    function started(item, {title, category}) {
        const taken = [...items].some((other) => other !== item && other.title.value === title);
        const [within] = item.name.split("/").slice(-2, -1);
        // Two files of one name, from two folders: the title says which.
        item.title.value = item.title.value || (taken && within ? `${title} (${within})` : title);
        // What its name says it is: for the person to change.
        if (category && form.elements.category && !form.elements.category.value) {
            form.elements.category.value = category;
        }
    }

    function received(item, {same, checksum}) {
        item.checksum = checksum;
        const twin = checksum && [...items].find((other) => other !== item && other.checksum === checksum);
        if (twin) {
            leaveOut(item, text.twice.replace("%s", twin.name));
            files.remove(item);
            files.sending.forget(item.id);
            return;
        }
        // The library has this content already: he decides, and may look at it without leaving.
        item.same.hidden = !same;
        if (same) {
            const link = element("a", {href: `/ressources/${same.id}`, target: "_blank", textContent: same.title});
            item.same.replaceChildren(`${text.same} `, link);
        }
    }

    // What is refused is left out, counted, and holds back nothing else.
    function refused(item, message) {
        leaveOut(item, message);
        files.remove(item);
    }

    function leaveOut(item, message) {
        left.querySelector("ul").append(element("li", {}, element("b", {textContent: item.name}), ` ${message}`));
        const number = left.querySelectorAll("li").length;
        left.querySelector("summary > span").textContent = number > 1 ? text.left.replace("%s", number) : text.left_one;
        left.open = number <= 3;
        left.hidden = false;
    }

    // Something has arrived, has stopped or is gone: what was asked for before the end is done at the end.
    function changed() {
        tellOverall();
        if (later.hidden || [...items].some((item) => item.leaving)) {
            return;
        }
        wait(false);
        form.requestSubmit();
    }

    function wait(on) {
        later.hidden = !on;
        button.disabled = on;
    }

    // Say what is wrong beside the field that it is about, or else above the button; nothing: it is not wrong any more.
    function say(message, name) {
        for (const field of form.querySelectorAll("[aria-invalid]")) {
            field.removeAttribute("aria-invalid");
        }
        const field = message && form.querySelector(`[data-field="${name}"]`);
        const place = field && (field.closest(".c-drop") || field.querySelector(".c-stack") || field);
        error.className = place ? "c-field__error" : "c-notice c-notice--bad";
        (place || form.querySelector(":scope > .c-actions")).before(error);
        error.textContent = message;
        if (field && field.matches("input, select")) {
            field.setAttribute("aria-invalid", "true");
            field.setAttribute("aria-errormessage", error.id);
            field.focus();
        }
        if (message) {
            error.scrollIntoView({block: "center"});
        }
    }

    function addAll(chosen) {
        say("");
        // What an operating system leaves in a folder, and nobody put there.
        return files.addAll([...chosen].filter((file) => !/^(\.|~\$|thumbs\.db$|desktop\.ini$)/i.test(file.name)));
    }

    // How far all the files have come, when there are several.
    function tellOverall() {
        const all = [...items];
        const ready = all.filter((item) => item.ready).length;
        overall.hidden = all.length < 2;
        overall.querySelector("span").textContent = `${ready} / ${all.length}`;
        const progress = overall.querySelector("progress");
        progress.max = all.reduce((sum, item) => sum + (item.file.size || 1), 0) || 1;
        progress.value = all.reduce((sum, item) => sum + item.loaded, 0);
    }

    // The files of what was dropped, folders opened.
    async function dropped(transfer) {
        const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
        if (!entries.some((entry) => entry && entry.isDirectory)) {
            return [...transfer.files];
        }
        const found = [];
        async function open(entry) {
            if (entry.isFile) {
                const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
                found.push(Object.assign(file, {path: entry.fullPath.replace(/^\//, "")}));
            } else if (entry.isDirectory) {
                const reader = entry.createReader();
                let some;
                // A reader gives a hundred entries at a time.
                do {
                    some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
                    for (const one of some) {
                        await open(one);
                    }
                } while (some.length);
            }
        }
        for (const entry of entries.filter(Boolean)) {
            await open(entry);
        }
        return found;
    }

    for (const input of [chooser, folderChooser].filter(Boolean)) {
        input.addEventListener("change", () => {
            const chosen = Array.from(input.files);
            input.value = "";
            addAll(chosen);
        });
    }
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
        dropped(event.dataTransfer).then(addAll);
    });

    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        say("");
        if ([...items].some((item) => item.leaving)) {
            wait(true);
            return;
        }
        if (!items.size || [...items].some((item) => !item.ready)) {
            say(items.size ? text.wait : text.none, "files");
            return;
        }
        button.disabled = true;
        try {
            const chosen = (name) => Array.from(form.querySelectorAll(`[name=${name}]:checked`), (box) => box.value).join(",");
            const answer = await sending.call(form.action, {
                method: "POST",
                fields: {
                    files: JSON.stringify([...items].map((item) => ({id: item.id, title: item.title.value}))),
                    left: JSON.stringify(Array.from(left.querySelectorAll("li > b"), (name) => name.textContent)),
                    ...Object.fromEntries(Array.from(form.querySelectorAll("select, [type=hidden]:not([name=csrf_token])"), (field) => [field.name, field.value])),
                    networks: chosen("networks"),
                    territories: chosen("territories"),
                },
            });
            window.location.assign(answer.redirect);
        } catch (problem) {
            say(sending.message(problem), problem.field);
            button.disabled = false;
        }
    });
})();
