import { patch } from "@web/core/utils/patch";
import { SearchModel } from "@web/search/search_model";

// The web client gives a search bar the fields of the list and of the form too: only those of its own view are offered.
patch(SearchModel.prototype, {
    async load(config) {
        await super.load(config);
        this.searchViewFields = Object.fromEntries(
            Object.entries(this.searchViewFields).filter(([, field]) => field.searchable)
        );
    },
});
