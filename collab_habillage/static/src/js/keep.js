// @odoo-module ignore
// What a person types in a form is kept by the browser, in this tab, until the form has been received: a session that
// expires, a refused token or a page that is left by mistake cost nothing.
// <form data-keep="name of this form, for this person"> with a <p data-kept hidden> for saying that it was found again;
// data-received on a form that comes back empty once it has been received.
// With data-draft="address", the platform keeps it too, and a browser that is killed costs nothing either; it gives back
// what it holds in data-drafted.
(function () {
    "use strict";

    const SENT = "keep-sent";
    const SENT_DRAFT = "keep-sent-draft";
    const PAUSE = 1200;
    const storage = window.sessionStorage;
    const key = (form) => `keep-${form.dataset.keep}`;
    // The token of a form is that of a session, and a file cannot be kept.
    const kept = (field) =>
        field.name && (!["hidden", "file", "password", "submit"].includes(field.type) || "keeps" in field.dataset);

    function values(form) {
        return [...form.elements].filter(kept).map((field) => [field.name, field.value, field.checked]);
    }

    function restore(form, saved) {
        const fields = [...form.elements].filter(kept);
        for (const [name, value, checked] of saved) {
            const choice = fields.find((field) => field.name === name && field.value === value);
            const field = fields.find((one) => one.name === name);
            if (choice && "checked" in choice && ["checkbox", "radio"].includes(choice.type)) {
                choice.checked = checked;
            } else if (field) {
                field.value = value;
            }
        }
        // What follows the choices of a form, such as the sentence on who will read, follows these too.
        for (const group of form.querySelectorAll("fieldset")) {
            group.dispatchEvent(new Event("change"));
        }
    }

    // The platform keeps what is typed, a moment after the last letter. Should it fail, this tab still has it.
    function post(address, content, signal) {
        const body = new FormData();
        body.append("csrf_token", document.querySelector("[name=csrf_token]").value);
        body.append("contenu", content);
        fetch(address, {method: "POST", body, signal, keepalive: content.length < 60000}).catch(() => {});
    }

    function draft(form) {
        let timer = 0;
        let flying = new AbortController();
        function send(content) {
            window.clearTimeout(timer);
            timer = 0;
            flying = new AbortController();
            post(form.dataset.draft, content, flying.signal);
        }
        return {
            later() {
                window.clearTimeout(timer);
                timer = window.setTimeout(() => send(JSON.stringify(values(form))), PAUSE);
            },
            now: () => timer && send(JSON.stringify(values(form))),
            stop() {
                window.clearTimeout(timer);
                timer = 0;
                flying.abort();
            },
            forget: () => send(""),
        };
    }

    // What was on its way when the form was sent may have arrived after it.
    function forgetDraft() {
        const address = storage.getItem(SENT_DRAFT);
        storage.removeItem(SENT_DRAFT);
        if (address && document.querySelector("[name=csrf_token]")) {
            post(address, "");
        }
    }

    const forms = [...document.querySelectorAll("form[data-keep]")];
    const sent = storage.getItem(SENT);
    for (const form of forms) {
        // A page that shows the same form again, for something else to be said.
        if (sent === key(form) && form.dataset.received) {
            storage.removeItem(sent);
            forgetDraft();
        }
        // The address says it once: led back to it later, the form would seem to have been received again.
        if (form.dataset.received) {
            const address = new URL(window.location);
            address.searchParams.delete("dit");
            window.history.replaceState(null, "", address);
        }
        const saved = storage.getItem(key(form)) || form.dataset.drafted;
        // A form that comes back with an error holds what was typed already.
        if (saved && !form.querySelector("[role=alert]") && saved !== JSON.stringify(values(form))) {
            restore(form, JSON.parse(saved));
            form.closest("details")?.setAttribute("open", "");
            const notice = form.querySelector("[data-kept]");
            if (notice) {
                notice.hidden = false;
            }
        }
        const platform = form.dataset.draft ? draft(form) : null;
        form.addEventListener("input", () => {
            storage.setItem(key(form), JSON.stringify(values(form)));
            platform?.later();
        });
        form.addEventListener("submit", (event) => {
            if (event.defaultPrevented) {
                return;
            }
            // What is received forgets the draft: it must not come back after that.
            platform?.stop();
            storage.setItem(key(form), JSON.stringify(values(form)));
            storage.setItem(SENT, key(form));
            storage.setItem(SENT_DRAFT, form.dataset.draft || "");
        });
        window.addEventListener("pagehide", () => storage.getItem(SENT) !== key(form) && platform?.now());
        // A link of the form gives it up.
        form.addEventListener("click", (event) => {
            if (event.target.closest("a[href]:not([target])") && !event.target.isContentEditable) {
                storage.removeItem(key(form));
                platform?.forget();
            }
        });
    }

    // The page that follows a form says whether it was received: it is neither a door, nor an error, nor the form again.
    if (sent && !document.body.hasAttribute("data-stopped")) {
        storage.removeItem(SENT);
        if (!forms.some((form) => key(form) === sent)) {
            storage.removeItem(sent);
            forgetDraft();
        }
    }
})();
