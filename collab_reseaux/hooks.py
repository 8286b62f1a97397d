def _load_french(env):
    """Make the platform speak French wherever it is installed.

    Runs before the module loads: the modules installed after this one find the language active and load their
    own translations; those installed before get theirs here.
    """
    french = env["res.lang"]._activate_lang("fr_FR")
    installed = env["ir.module.module"].search([("state", "=", "installed")])
    installed._update_translations([french.code])
    env["ir.default"].set("res.partner", "lang", french.code)
    env["ir.default"].set("res.partner", "tz", "Europe/Paris")
    env["res.users"].search([]).write({"lang": french.code, "tz": "Europe/Paris"})
