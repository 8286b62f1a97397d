import { registry } from "@web/core/registry";
import { titleService } from "@web/core/browser/title_service";

// As the server has written it in the page: the name of the platform.
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
            // Its own getter stays: it tells what is shown.
            return Object.defineProperties({}, {
                ...Object.getOwnPropertyDescriptors(service),
                setParts: { value: setParts },
            });
        },
    },
    { force: true }
);
