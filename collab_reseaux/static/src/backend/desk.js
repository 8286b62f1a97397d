import { Component, onWillStart, xml } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

// The first page of the federations: what waits, in figures that lead to where one acts.
export class Desk extends Component {
    // Here, and not in a file of its own: what stands in static/ is code, and nothing else (tests/test_repository.py).
    static template = xml`
        <div class="o_action collab_desk">
            <h1 t-out="title" />
            <p t-if="!lines.length" t-out="empty" />
            <ul t-else="">
                <li t-foreach="lines" t-as="line" t-key="line.action + line.filter">
                    <button type="button" t-att-class="line.is_urgent ? 'is-urgent' : ''" t-on-click="() => this.open(line)">
                        <b t-out="line.number" />
                        <span t-out="line.words" />
                        <small t-if="line.detail" t-out="line.detail" />
                    </button>
                </li>
            </ul>
        </div>`;
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.title = _t("What waits");
        this.empty = _t("Nothing waits for you.");
        onWillStart(async () => {
            this.lines = await this.orm.call("collab.desk", "waiting", []);
        });
    }

    open(line) {
        const additionalContext = line.filter ? { [`search_default_${line.filter}`]: 1 } : {};
        return this.action.doAction(line.action, { additionalContext });
    }
}

registry.category("actions").add("collab_reseaux.desk", Desk);
