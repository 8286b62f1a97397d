// @odoo-module ignore
// What somebody may mean who is typing in a search (data-suggests: the address that says it; data-about: of what): a list
// under the field, which arrows go through. Enter without a choice sends the search, as without this script.
// data-recent: an empty field is asked about too, once it has the focus; data-key: the key that leads to the field.
(function () {
    "use strict";

    const PAUSE = 150;
    const TYPED_IN = "input, textarea, select, [contenteditable=true]";

    // Each form has its own list, and they may be two in a page.
    document.querySelectorAll("form[data-suggests]").forEach((form, place) => {
        const input = form.querySelector("input[type=search]");
        const words = form.querySelector("template").content;
        const say = (name, number) => words.querySelector(`[data-text=${name}]`).textContent.replace("%s", number);
        const list = document.createElement("ul");
        const status = document.createElement("p");
        let timer = 0;
        let asking = new AbortController();
        let chosen = -1;

        list.className = "c-lookup__list";
        list.id = `suggestions-${place}`;
        list.hidden = true;
        list.setAttribute("role", "listbox");
        list.setAttribute("aria-label", input.getAttribute("aria-label"));
        status.className = "visually-hidden";
        status.setAttribute("role", "status");
        form.append(list);
        input.setAttribute("role", "combobox");
        input.setAttribute("aria-autocomplete", "list");
        input.setAttribute("aria-controls", list.id);
        input.setAttribute("aria-expanded", "false");

        function open(on) {
            list.hidden = !on;
            input.setAttribute("aria-expanded", String(on));
            choose(-1);
        }

        function choose(at) {
            chosen = at;
            [...list.children].forEach((item, one) => item.setAttribute("aria-selected", String(one === at)));
            if (at < 0) {
                input.removeAttribute("aria-activedescendant");
            } else {
                input.setAttribute("aria-activedescendant", list.children[at].id);
                list.children[at].scrollIntoView({block: "nearest"});
            }
        }

        function show(found) {
            list.replaceChildren(
                ...found.map((one, at) => {
                    const item = document.createElement("li");
                    item.id = `${list.id}-${at}`;
                    item.setAttribute("role", "option");
                    item.dataset.address = one.address;
                    item.append(one.label);
                    if (one.said) {
                        const said = document.createElement("span");
                        said.textContent = one.said;
                        item.append(said);
                    }
                    return item;
                })
            );
            status.textContent = found.length ? say(found.length === 1 ? "one" : "many", found.length) : say("none");
            open(found.length > 0);
        }

        async function ask() {
            asking.abort();
            asking = new AbortController();
            const typed = input.value.trim();
            if (!typed && !("recent" in form.dataset)) {
                status.textContent = "";
                return open(false);
            }
            const asked = new URLSearchParams({q: typed, quoi: form.dataset.about || ""});
            try {
                const answer = await fetch(`${form.dataset.suggests}?${asked}`, {signal: asking.signal});
                if (answer.ok && !answer.redirected && input.value.trim() === typed && document.activeElement === input) {
                    show(await answer.json());
                }
            } catch {
                // Somebody has typed on, or is offline: the search itself says so.
            }
        }

        // Before it says anything; until then, a page that is told something has one place for it.
        input.addEventListener("focus", () => form.append(status), {once: true});
        input.addEventListener("input", () => {
            window.clearTimeout(timer);
            timer = window.setTimeout(ask, PAUSE);
        });
        input.addEventListener("focus", () => "recent" in form.dataset && !input.value.trim() && ask());
        input.addEventListener("keydown", (event) => {
            const many = list.hidden ? 0 : list.children.length;
            if (["ArrowDown", "ArrowUp"].includes(event.key)) {
                event.preventDefault();
                if (!many) {
                    return ask();
                }
                const step = event.key === "ArrowDown" ? 1 : -1;
                // Past the last one, the field itself.
                choose(((chosen + 1 + step + many + 1) % (many + 1)) - 1);
            } else if (event.key === "Enter" && chosen >= 0) {
                event.preventDefault();
                window.location.assign(list.children[chosen].dataset.address);
            } else if (event.key === "Escape" && many) {
                event.preventDefault();
                open(false);
            }
        });
        // Before the field loses the focus.
        list.addEventListener("pointerdown", (event) => event.preventDefault());
        list.addEventListener("click", (event) => {
            const item = event.target.closest("li");
            if (item) {
                window.location.assign(item.dataset.address);
            }
        });
        input.addEventListener("blur", () => {
            window.clearTimeout(timer);
            open(false);
        });

        if (form.dataset.key) {
            const key = form.querySelector("kbd");
            key.hidden = false;
            input.setAttribute("aria-keyshortcuts", form.dataset.key);
            document.addEventListener("keydown", (event) => {
                const types = event.target.closest?.(TYPED_IN) || event.ctrlKey || event.metaKey || event.altKey;
                if (event.key === form.dataset.key && !types && !document.querySelector("dialog[open]")) {
                    event.preventDefault();
                    input.focus();
                    input.select();
                }
            });
        }
    });
})();
