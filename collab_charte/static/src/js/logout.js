import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

// Core's entry is a link; nobody is logged out by a link.
const entries = registry.category("user_menuitems");
const logOut = entries.get("log_out");

entries.add(
    "log_out",
    (env) => ({
        ...logOut(env),
        callback: () => {
            browser.navigator.serviceWorker?.controller?.postMessage("user_logout");
            const form = document.createElement("form");
            form.method = "post";
            form.action = "/web/session/logout?redirect=/web/login";
            const token = { type: "hidden", name: "csrf_token", value: odoo.csrf_token };
            form.append(Object.assign(document.createElement("input"), token));
            document.body.append(form);
            form.submit();
        },
    }),
    { force: true }
);
