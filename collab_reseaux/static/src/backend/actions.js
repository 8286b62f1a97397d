import { registry } from "@web/core/registry";

// What a method of the platform may answer for the browser to do. The browser opens any other by its bare name in the
// address (“/odoo/action-mail.action_discuss”) without asking the server, which refuses all screens that are not ours.
const OF_ODOO = new Set(["display_exception", "display_notification", "home", "reload", "reload_context", "soft_reload"]);

// As a service: by then each module has added its own.
registry.category("services").add("collab_reseaux.actions", {
    start() {
        const actions = registry.category("actions");
        for (const [key] of actions.getEntries()) {
            if (!OF_ODOO.has(key) && !key.startsWith("collab_")) {
                actions.remove(key);
            }
        }
    },
});
