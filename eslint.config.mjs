// Read by bin/lint. What npm brings lies in .local/npm, where Node would not look for it from here.
import { createRequire } from "node:module";

const require = createRequire(`${process.env.LOCAL}/npm/package.json`);
const js = require("@eslint/js");
const globals = require("globals");

export default [
    js.configs.recommended,
    {
        // Odoo says by `odoo` how it was started.
        languageOptions: { globals: { ...globals.browser, odoo: "readonly" } },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            eqeqeq: "error",
            "no-var": "error",
            "prefer-const": "error",
        },
    },
];
