import { patch } from "@web/core/utils/patch";
import { Record } from "@web/model/relational_model/record";

// Sends the role that the form showed: when two administrators change the same person, the second one is warned.
patch(Record.prototype, {
    _getChanges() {
        const changes = super._getChanges(...arguments);
        if (this.resModel === "res.users" && this.resId && "platform_role" in changes) {
            changes.role_seen = this._values.platform_role;
        }
        return changes;
    },
});
