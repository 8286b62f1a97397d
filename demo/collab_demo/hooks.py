import io

from odoo import fields
from odoo.tools import SQL

from .documents import DOCUMENTS, write

NOT_YET = "nadia@collab.example"


def _tell_the_week(env):
    """Live a week of the platform through its own doors: each person accepts the charter and deposits his files."""
    # As bin/install does with the address of the operator.
    env.ref("base.main_company").email = "plateforme@collab.example"
    # The password of the administrator is that of everybody here: nobody is to be warned that it has changed.
    env["mail.mail"].search([("state", "=", "outgoing")]).unlink()
    _let_in_without_codes(env)
    charter = env["collab.charter"].browse(env["collab.charter"]._current_id())
    users = env["res.users"].search([("login", "like", "@collab.example"), ("login", "!=", NOT_YET)])
    for user in users:
        user._accept_charter(charter, "127.0.0.1")
    for document in DOCUMENTS:
        _deposit(env, document)


def _let_in_without_codes(env):
    """Ask federation staff for no second factor: nobody receives the mails of the demonstration.

    It is the setting that an administrator finds in General Settings, Two-factor authentication.
    """
    env["res.config.settings"].create({"auth_totp_enforce": False, "auth_totp_policy": False}).execute()


def _deposit(env, demo):
    author = env.ref(f"collab_demo.{demo.author}")
    content = write(demo.name, demo.title, demo.parts)
    upload = env(user=author, su=False)["collab.upload"]._start(demo.name, len(content))
    upload._append(0, io.BytesIO(content))
    document = upload._deposit(
        {
            "title": demo.title,
            "directory_id": env.ref(f"collab_ressources.directory_{demo.folder}").id,
            "audience_network_ids": [env.ref(f"collab_reseaux.network_{code}").id for code in demo.networks],
            "audience_territory_ids": [env.ref(f"collab_reseaux.territory_{code}").id for code in demo.territories],
        }
    )
    document.flush_recordset()
    date = fields.Datetime.subtract(fields.Datetime.now(), days=demo.days_ago)
    # The ORM does not let anybody choose when something was created.
    env.cr.execute(SQL("UPDATE dms_file SET create_date = %s WHERE id = %s", date, document.id))
    document.invalidate_recordset()
