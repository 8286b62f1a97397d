// @odoo-module ignore
// After "@" and some letters, suggest the readers of this content who have such a name.
// root: the element of the text; box: what holds it; label: names the list
window.collabMention = function (form, root, box, label) {
    "use strict";

    const element = window.collabElement;
    const list = element("ul", {className: "c-suggest", id: `${root.id}-people`, hidden: true});
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", label);
    root.setAttribute("aria-autocomplete", "list");
    root.setAttribute("aria-controls", list.id);
    box.append(list);
    let timer = 0;
    let asked = 0;
    let current = 0;

    // The letters before the caret, back to the last "@"; null when there is none.
    function typed() {
        const {anchorNode: node, anchorOffset: offset, isCollapsed} = window.getSelection();
        if (!isCollapsed || node?.nodeType !== Node.TEXT_NODE || !root.contains(node)) {
            return null;
        }
        const found = /(?:^|[\s(«])@([^@\n]{2,40})$/.exec(node.data.slice(0, offset));
        return found && {node, offset, letters: found[1]};
    }

    function close() {
        asked++;
        list.hidden = true;
        list.replaceChildren();
        root.removeAttribute("aria-activedescendant");
    }

    function select(rank) {
        current = (rank + list.children.length) % list.children.length;
        Array.from(list.children, (option, index) => option.setAttribute("aria-selected", index === current));
        root.setAttribute("aria-activedescendant", list.children[current].id);
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
        }
    }

    function row({name, organisation}, rank) {
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
            const boxes = form.querySelectorAll(`[name=${name}]:checked`);
            address.searchParams.set(name, Array.from(boxes, (one) => one.value).join(","));
        }
        const answer = await fetch(address);
        const people = answer.ok && !answer.redirected ? await answer.json() : [];
        // Answers may arrive in another order than the questions.
        if (turn !== asked) {
            return;
        }
        close();
        if (people.length) {
            list.append(...people.map(row));
            list.hidden = false;
            select(0);
        }
    }

    root.addEventListener("input", () => {
        window.clearTimeout(timer);
        timer = window.setTimeout(suggest, 250);
    });
    root.addEventListener("blur", close);
    // Before the editor, which has its own use of these keys.
    box.addEventListener(
        "keydown",
        (event) => {
            if (list.hidden || event.target !== root) {
                return;
            }
            const chosen = () => choose(list.children[current].firstChild.data);
            const act = {
                ArrowDown: () => select(current + 1),
                ArrowUp: () => select(current - 1),
                Enter: chosen,
                Tab: chosen,
                Escape: close,
            }[event.key];
            if (act) {
                event.preventDefault();
                event.stopPropagation();
                act();
            }
        },
        true
    );
};
