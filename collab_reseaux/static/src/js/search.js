import { patch } from "@web/core/utils/patch";
import { SearchModel } from "@web/search/search_model";

// A search bar is given the fields of the list and of the form too; it offers those that its own view names.
patch(SearchModel.prototype, {
    async load(config) {
        await super.load(config);
        this.searchViewFields = Object.fromEntries(
            Object.entries(this.searchViewFields).filter(([, field]) => field.searchable)
        );
    },
});
