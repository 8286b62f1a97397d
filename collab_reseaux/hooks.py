def _load_french(env):
    """Make the platform speak French wherever it is installed.

    It runs before the module is loaded: modules installed later find the language active and load their own
    translations; those that are installed already get theirs here.
    """
    french = env["res.lang"]._activate_lang("fr_FR")
    installed = env["ir.module.module"].search([("state", "=", "installed")])
    installed._update_translations([french.code])
    env["ir.default"].set("res.partner", "lang", french.code)
    env["ir.default"].set("res.partner", "tz", "Europe/Paris")
    env["res.users"].search([]).write({"lang": french.code, "tz": "Europe/Paris"})
