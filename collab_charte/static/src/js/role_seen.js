import { patch } from "@web/core/utils/patch";
import { Record } from "@web/model/relational_model/record";

// Two administrators have the form of one person open: the second to save is told what the first has done.
patch(Record.prototype, {
    _getChanges() {
        const changes = super._getChanges(...arguments);
        if (this.resModel === "res.users" && this.resId && "platform_role" in changes) {
            changes.role_seen = this._values.platform_role;
        }
        return changes;
    },
});
