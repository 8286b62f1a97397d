// @odoo-module ignore
// Puts or removes a mark without loading the page again. Without this script, the form is sent as usual.
(function () {
    "use strict";

    document.addEventListener("submit", async (event) => {
        const form = event.target.closest(".c-mark");
        // Some forms look like a mark, but are sent elsewhere: the browser sends them as any form.
        if (!form || !new URL(form.action).pathname.startsWith("/suivi/")) {
            return;
        }
        event.preventDefault();
        const button = form.querySelector("button");
        const on = form.elements.on;
        button.disabled = true;
        try {
            const answer = await fetch(form.action, {
                method: "POST",
                body: new URLSearchParams(new FormData(form)),
                headers: { Accept: "application/json" },
                redirect: "manual",
            });
            if (!answer.ok) {
                throw new Error(answer.status);
            }
            const now = on.value === "1";
            button.setAttribute("aria-pressed", String(now));
            on.value = now ? "0" : "1";
            const count = form.querySelector(".c-mark__count");
            if (count) {
                count.textContent = Math.max(0, Number(count.textContent) + (now ? 1 : -1)) || "";
            }
        } catch {
            // The connection was cut, or the session has expired: the page that the form loads says which.
            form.submit();
        } finally {
            button.disabled = false;
            button.focus();
        }
    });
})();
