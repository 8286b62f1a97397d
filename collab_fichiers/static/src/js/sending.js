// @odoo-module ignore
// The sending of a file in pieces: a connection that is cut is resumed where it stopped, and a session that is over
// goes on once the person has logged in again, in another tab.
window.collabSending = function (form, csrf, text) {
    "use strict";

    const chunk = Number(form.dataset.chunk);
    // A cut of a few seconds, or the platform starting again, is nobody's business: milliseconds between the attempts.
    const PAUSES = [1000, 3000, 9000];

    class Refused extends Error {}
    class Expired extends Error {}

    // Ask, and return the answer. `fields` make a form, `piece` is sent as it is.
    async function ask(url, {method = "GET", fields, piece} = {}) {
        const headers = {"X-CSRF-Token": csrf};
        let body = piece;
        if (fields) {
            body = new FormData();
            for (const [key, value] of Object.entries({csrf_token: csrf, ...fields})) {
                body.append(key, value);
            }
        } else if (piece) {
            headers["Content-Type"] = "application/octet-stream";
        }
        const response = await fetch(url, {method, body, headers});
        // Led to the login page, or refused for a token of before: the session is over.
        if (response.redirected || response.status === 400) {
            throw new Expired(text.expired);
        }
        if (!(response.headers.get("Content-Type") || "").startsWith("application/json")) {
            throw new Error(text.cut);
        }
        const answer = await response.json();
        if (answer.error) {
            throw new Refused(answer.error);
        }
        return answer;
    }

    // The page, asked for again, holds a token of the new session.
    async function renew() {
        const response = await fetch(form.dataset.page || window.location.href);
        // The login page stands in its place: nothing of it is read.
        if (response.redirected) {
            throw new Expired(text.expired);
        }
        const page = new DOMParser().parseFromString(await response.text(), "text/html").getElementById(form.id);
        if (!page) {
            throw new Expired(text.expired);
        }
        csrf = page.elements.csrf_token.value;
        form.elements.csrf_token.value = csrf;
    }

    async function call(url, request) {
        for (let attempt = 0; ; attempt++) {
            try {
                return await ask(url, request);
            } catch (problem) {
                if (problem instanceof Refused || attempt === PAUSES.length) {
                    throw problem;
                }
                if (problem instanceof Expired) {
                    await renew();
                } else {
                    await new Promise((resolve) => window.setTimeout(resolve, PAUSES[attempt]));
                }
            }
        }
    }

    // Send what is missing of a file that the platform has accepted to receive.
    // `tell(received, answer)` is called after each piece.
    async function send(file, id, tell) {
        const url = `/envois/${id}`;
        let {received} = await call(url);
        while (received < file.size) {
            tell(received, {});
            const piece = file.slice(received, received + chunk);
            const answer = await call(`${url}?offset=${received}`, {method: "PUT", piece});
            received = answer.received;
            tell(received, answer);
        }
    }

    return {
        call,
        start: (file) => call("/envois", {method: "POST", fields: {name: file.name, size: file.size, pour: form.dataset.purpose || "joined"}}),
        send,
        // Should it fail, the platform forgets the file by itself after a day.
        forget: (id) => ask(`/envois/${id}`, {method: "DELETE"}).catch(() => {}),
        message: (problem) => (problem instanceof Refused || problem instanceof Expired ? problem.message : text.cut),
        isRefusal: (problem) => problem instanceof Refused,
    };
};
