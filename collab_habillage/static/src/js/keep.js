// @odoo-module ignore
// What a person types in a form is kept by the browser, in this tab, until the form has been received: a session that
// expires, a refused token or a page that is left by mistake cost nothing.
// <form data-keep="name of this form, for this person"> with a <p data-kept hidden> for saying that it was found again;
// data-received on a form that comes back empty once it has been received.
(function () {
    "use strict";

    const SENT = "keep-sent";
    const storage = window.sessionStorage;
    const key = (form) => `keep-${form.dataset.keep}`;
    // The token of a form is that of a session, and a file cannot be kept.
    const kept = (field) => field.name && !["hidden", "file", "password", "submit"].includes(field.type);

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

    const forms = [...document.querySelectorAll("form[data-keep]")];
    const sent = storage.getItem(SENT);
    for (const form of forms) {
        // A page that shows the same form again, for something else to be said.
        if (sent === key(form) && form.dataset.received) {
            storage.removeItem(sent);
        }
        const saved = storage.getItem(key(form));
        // A form that comes back with an error holds what was typed already.
        if (saved && !form.querySelector("[role=alert]") && saved !== JSON.stringify(values(form))) {
            restore(form, JSON.parse(saved));
            const notice = form.querySelector("[data-kept]");
            if (notice) {
                notice.hidden = false;
            }
        }
        const save = () => storage.setItem(key(form), JSON.stringify(values(form)));
        form.addEventListener("input", save);
        form.addEventListener("submit", () => {
            save();
            storage.setItem(SENT, key(form));
        });
        // A link of the form gives it up.
        form.addEventListener("click", (event) => event.target.closest("a[href]") && storage.removeItem(key(form)));
    }

    // The page that follows a form says whether it was received: it is neither a door, nor an error, nor the form again.
    if (sent && !document.body.hasAttribute("data-stopped")) {
        storage.removeItem(SENT);
        if (!forms.some((form) => key(form) === sent)) {
            storage.removeItem(sent);
        }
    }
})();
