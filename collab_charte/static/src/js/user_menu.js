import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

// The account of federation staff is on the same page of the site as everybody's: Odoo's own entries are removed.
registry.category("user_menuitems").add("collab_account", () => ({
    type: "item",
    id: "collab_account",
    description: _t("My account"),
    href: "/mon-compte",
    callback: () => browser.location.assign("/mon-compte"),
    sequence: 10,
}));

// Core logs out by a link (GET), which our server does not accept: a form is sent instead.
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
