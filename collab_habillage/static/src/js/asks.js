// @odoo-module ignore
// Links that lead to a question before something is done: <a href="address" data-asks>. The question opens here, in a
// dialog, instead of on a page of its own; it is asked for at that moment, so that it says what is true now.
(function () {
    "use strict";

    async function ask(link) {
        const query = new URL(link.href);
        query.searchParams.set("dialogue", "1");
        const answer = await fetch(query);
        if (!answer.ok || answer.redirected) {
            throw new Error(answer.status);
        }
        const dialog = document.createElement("dialog");
        dialog.className = "c-dialog";
        dialog.innerHTML = await answer.text();
        dialog.setAttribute("aria-labelledby", dialog.querySelector("h2").id);
        dialog.addEventListener("close", () => {
            dialog.remove();
            (link.closest("details")?.querySelector("summary") || link).focus();
        });
        dialog.addEventListener("click", (event) => {
            // The link by which the page of the question leads back; not the dialog itself, which has a margin.
            if (event.target.closest("[data-keeps-it]")) {
                event.preventDefault();
                dialog.close();
            }
        });
        document.body.append(dialog);
        link.closest("details")?.removeAttribute("open");
        dialog.showModal();
    }

    let isAsking = false;
    document.addEventListener("click", async (event) => {
        const link = event.target.closest("a[data-asks]");
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
            return;
        }
        event.preventDefault();
        // A double click asks once.
        if (isAsking) {
            return;
        }
        isAsking = true;
        try {
            await ask(link);
        } catch {
            // The session has expired, or the connection is cut: the page that the link opens says which.
            window.location.assign(link.href);
        } finally {
            isAsking = false;
        }
    });
})();
