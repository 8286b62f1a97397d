import { registry } from "@web/core/registry";
import { titleService } from "@web/core/browser/title_service";

// The name of the platform, as the server wrote it in the page.
const platform = document.title;

registry.category("services").add(
    "title",
    {
        ...titleService,
        start() {
            const service = titleService.start(...arguments);
            const setParts = (parts) => {
                service.setParts({ platform: "" });
                service.setParts({ ...parts, platform });
            };
            setParts({});
            // Odoo's own getter is kept: other code reads the current title with it.
            return Object.defineProperties({}, {
                ...Object.getOwnPropertyDescriptors(service),
                setParts: { value: setParts },
            });
        },
    },
    { force: true }
);
