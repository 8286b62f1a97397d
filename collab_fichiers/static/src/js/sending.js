// @odoo-module ignore
// Sends a file in pieces. After a cut, the sending goes on from where it stopped. When the session has expired, it goes
// on once the person has logged in again, in another tab.
window.collabSending = function (form, csrf, text) {
    "use strict";

    const chunk = Number(form.dataset.chunk);
    // Milliseconds before each new attempt. The person is not told of a cut of a few seconds, or of a restart.
    const PAUSES = [1000, 3000, 9000];

    // `field`: of the form, if it is the one that is refused.
    class Refused extends Error {
        constructor(message, field) {
            super(message);
            this.field = field;
        }
    }
    class Expired extends Error {}

    // Send a piece, and tell how many of its bytes have left: fetch does not say it. The answer is like that of fetch.
    function upload(url, {method, body, headers}, progress) {
        return new Promise((resolve, reject) => {
            const request = new XMLHttpRequest();
            request.open(method, url);
            for (const [name, value] of Object.entries(headers)) {
                request.setRequestHeader(name, value);
            }
            request.upload.addEventListener("progress", (event) => progress(event.loaded));
            request.addEventListener("error", () => reject(new TypeError()));
            request.addEventListener("load", () =>
                resolve({
                    redirected: request.responseURL !== new URL(url, window.location.href).href,
                    status: request.status,
                    headers: {get: (name) => request.getResponseHeader(name)},
                    json: async () => JSON.parse(request.responseText),
                })
            );
            request.send(body);
        });
    }

    // Send a request, and return its answer. `fields` are sent as a form, `piece` as the body itself; `progress(bytes)` is
    // called while a piece leaves.
    async function ask(url, {method = "GET", fields, piece, progress} = {}) {
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
        const response = await (piece ? upload(url, {method, body, headers}, progress) : fetch(url, {method, body, headers}));
        // A redirect leads to the login page, and 400 means an old CSRF token: the session has expired.
        if (response.redirected || response.status === 400) {
            throw new Expired(text.expired);
        }
        if (!(response.headers.get("Content-Type") || "").startsWith("application/json")) {
            throw new Error(text.cut);
        }
        const answer = await response.json();
        if (answer.error) {
            throw new Refused(answer.error, answer.field);
        }
        return answer;
    }

    // Fetch the page again, because it contains a CSRF token of the new session.
    async function renew() {
        const response = await fetch(form.dataset.page || window.location.href);
        // The answer is the login page: the person has not logged in again yet.
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

    // Send the part of a file that the platform has not received yet. The file must have been announced by `start`.
    // `tell(sent, answer)` is called as bytes leave, then with the answer of the platform after each piece.
    async function send(file, id, tell) {
        const url = `/envois/${id}`;
        let {received} = await call(url);
        while (received < file.size) {
            tell(received, null);
            const piece = file.slice(received, received + chunk);
            const before = received;
            const progress = (bytes) => tell(Math.min(before + bytes, file.size), null);
            const answer = await call(`${url}?offset=${received}`, {method: "PUT", piece, progress});
            received = answer.received;
            tell(received, answer);
        }
    }

    return {
        call,
        start: (file) => call("/envois", {method: "POST", fields: {name: file.name, size: file.size, pour: form.dataset.purpose || "joined"}}),
        send,
        // If this fails, the platform deletes the file by itself after a day.
        forget: (id) => ask(`/envois/${id}`, {method: "DELETE"}).catch(() => {}),
        message: (problem) => (problem instanceof Refused || problem instanceof Expired ? problem.message : text.cut),
        isRefusal: (problem) => problem instanceof Refused,
    };
};
