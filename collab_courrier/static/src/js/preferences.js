// @odoo-module ignore
// <form data-saves>: each choice is saved as soon as it is made, and the button that saves is of no use any more.
// The server answers with the page itself: its stamp and its ready-made setting are taken from there. If it refuses, the
// form is sent the ordinary way, and its page says why.
(function () {
    "use strict";

    const form = document.querySelector("form[data-saves]");
    if (!form) {
        return;
    }
    const said = form.querySelector("[data-saved]");
    const failed = form.querySelector("[data-failed]");
    const hides = form.querySelector("[data-unscripted]");
    hides.hidden = true;
    let saving = false;
    let next = null;

    function follow(page) {
        const now = page.querySelector("form[data-saves]");
        form.elements.empreinte.value = now.elements.empreinte.value;
        for (const button of form.querySelectorAll("[name=tout]")) {
            const same = now.querySelector(`[name=tout][value=${button.value}]`);
            button.setAttribute("aria-pressed", same.getAttribute("aria-pressed"));
        }
        said.textContent = now.querySelector("[data-saved]").textContent;
        failed.hidden = hides.hidden = true;
    }

    // One at a time: each carries the stamp that the answer to the one before has given.
    async function save() {
        if (saving) {
            next = save;
            return;
        }
        saving = true;
        next = null;
        try {
            const answer = await fetch(form.action, {method: "POST", body: new FormData(form)});
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            if (!answer.ok || !page.querySelector("form[data-saves]") || page.querySelector("[role=alert]:not([hidden])")) {
                form.submit();
                return;
            }
            follow(page);
        } catch {
            // No network: nothing is saved, and the button tries again.
            said.textContent = "";
            failed.hidden = hides.hidden = false;
        }
        saving = false;
        next?.();
    }

    form.addEventListener("change", save);
    // A button that is pressed meanwhile waits for the stamp too.
    form.addEventListener("submit", (event) => {
        if (saving) {
            const button = event.submitter;
            event.preventDefault();
            next = () => form.requestSubmit(button);
        }
    });
})();
