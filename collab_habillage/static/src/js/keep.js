// @odoo-module ignore
// Keeps what a person types in a form, in the browser's tab (sessionStorage), until the server has received the form:
// nothing is lost when the session expires, the token is refused, or the page is left by mistake.
// <form data-keep="a key for this form and this person">, with a <div data-kept hidden> to say that a text was restored: in
// it, a button data-drops forgets the text, and a button data-undrops brings it back. Nothing else forgets it: whoever
// leaves the form finds it again.
// What the page says (saying.py) bears the token of the form that has been received: data-received.
// With data-draft="address", the text is also sent to the server, and survives the end of the browser: the page gives
// it back in data-drafted.
(function () {
    "use strict";

    const SENT = "keep-sent";
    const SENT_DRAFT = "keep-sent-draft";
    const SENT_TOKEN = "keep-sent-token";
    const PAUSE = 1200;
    const storage = window.sessionStorage;
    const key = (form) => `keep-${form.dataset.keep}`;
    const dropped = (form) => `dropped-${form.dataset.keep}`;
    // The token belongs to one session, and a script cannot fill in a file field: neither is kept.
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
        // Lets the rest of the page follow, such as the sentence that says who will read.
        for (const group of form.querySelectorAll("fieldset")) {
            group.dispatchEvent(new Event("change"));
        }
    }

    // The draft is sent to the server a moment after the last key. If this fails, the tab still has the text.
    function post(address, content, signal) {
        const body = new FormData();
        body.append("csrf_token", document.querySelector("[name=csrf_token]").value);
        body.append("contenu", content);
        return fetch(address, {method: "POST", body, signal, keepalive: content.length < 60000}).catch(() => {});
    }

    function draft(form) {
        let timer = 0;
        let flying = new AbortController();
        function send(content) {
            window.clearTimeout(timer);
            timer = 0;
            flying = new AbortController();
            return post(form.dataset.draft, content, flying.signal);
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
            put: send,
        };
    }

    // A draft that was being sent may have arrived after the form itself: the server must forget it again.
    function forgetDraft() {
        const address = storage.getItem(SENT_DRAFT);
        storage.removeItem(SENT_DRAFT);
        if (address && document.querySelector("[name=csrf_token]")) {
            post(address, "");
        }
    }

    // The page is loaded again, so that the editor and the list of files begin anew too.
    function offerToDrop(form, platform, notice) {
        const [found, gone] = ["[data-found]", "[data-gone]"].map((part) => notice.querySelector(part));
        const forgotten = storage.getItem(dropped(form));
        storage.removeItem(dropped(form));
        if (forgotten && found) {
            [notice.hidden, found.hidden, gone.hidden] = [false, true, false];
            form.closest("details")?.setAttribute("open", "");
            form.addEventListener("input", () => (notice.hidden = true), {once: true});
        }
        notice.querySelector("[data-drops]")?.addEventListener("click", async () => {
            storage.setItem(dropped(form), JSON.stringify(values(form)));
            storage.removeItem(key(form));
            await platform?.put("");
            window.location.reload();
        });
        notice.querySelector("[data-undrops]")?.addEventListener("click", async () => {
            storage.setItem(key(form), forgotten);
            await platform?.put(forgotten);
            window.location.reload();
        });
    }

    const forms = [...document.querySelectorAll("form[data-keep]")];
    const sent = storage.getItem(SENT);
    const received = document.querySelector("[data-received]")?.dataset.received;
    for (const form of forms) {
        // The form was received, and the page shows it again, empty, to write something else.
        if (sent === key(form) && received && received === storage.getItem(SENT_TOKEN)) {
            storage.removeItem(sent);
            forgetDraft();
        }
        const notice = form.querySelector("[data-kept]");
        const saved = storage.getItem(key(form)) || form.dataset.drafted;
        // A form that comes back with an error already holds what was typed.
        if (saved && !form.querySelector("[role=alert]") && saved !== JSON.stringify(values(form))) {
            restore(form, JSON.parse(saved));
            form.closest("details")?.setAttribute("open", "");
            if (notice) {
                notice.hidden = false;
            }
        }
        const platform = form.dataset.draft ? draft(form) : null;
        if (notice) {
            offerToDrop(form, platform, notice);
        }
        form.addEventListener("input", () => {
            storage.setItem(key(form), JSON.stringify(values(form)));
            platform?.later();
        });
        form.addEventListener("submit", (event) => {
            if (event.defaultPrevented) {
                return;
            }
            // The server deletes the draft when it receives the form: a late sending would bring it back.
            platform?.stop();
            storage.setItem(key(form), JSON.stringify(values(form)));
            storage.setItem(SENT, key(form));
            storage.setItem(SENT_DRAFT, form.dataset.draft || "");
            storage.setItem(SENT_TOKEN, form.elements.jeton?.value || "");
        });
        window.addEventListener("pagehide", () => storage.getItem(SENT) !== key(form) && platform?.now());
    }

    // The form was received if the page that follows it is not the login page, an error page, or the same form.
    if (sent && !document.body.hasAttribute("data-stopped")) {
        storage.removeItem(SENT);
        if (!forms.some((form) => key(form) === sent)) {
            storage.removeItem(sent);
            forgetDraft();
        }
    }
})();
