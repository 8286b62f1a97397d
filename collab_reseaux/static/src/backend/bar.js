import { patch } from "@web/core/utils/patch";
import { registry } from "@web/core/registry";
import { NavBar } from "@web/webclient/navbar/navbar";
import { UserMenu } from "@web/webclient/user_menu/user_menu";

// The items of Odoo that the top bar of the federations' screens shows, besides ours, whose names begin with “collab_”.
// Everything else is hidden, whatever module adds it: messages, activities, company switcher, help of the vendor.
const OF_ODOO = new Set(["burger_menu", "web.user_menu", "log_out"]);
const isOurs = (key) => OF_ODOO.has(key) || key.startsWith("collab_");

patch(NavBar.prototype, {
    get systrayItems() {
        return super.systrayItems.filter((item) => isOurs(item.key));
    },
});

patch(UserMenu.prototype, {
    getElements() {
        return registry
            .category("user_menuitems")
            .getEntries()
            .filter(([key]) => isOurs(key))
            .map(([, element]) => element(this.env))
            .sort((x, y) => (x.sequence ?? 100) - (y.sequence ?? 100));
    },
});

// The command palette only searches the menus: not people to write to, nor the commands of Odoo's messaging.
for (const name of ["command_provider", "command_setup"]) {
    const category = registry.category(name);
    const menus = new Set(["command", "default", "menu", "/", "data-hotkeys", "view"]);
    for (const [key] of category.getEntries()) {
        if (!menus.has(key)) {
            category.remove(key);
        }
    }
}
