import io

from odoo import fields
from odoo.tools import SQL

from .discussions import QUESTIONS
from .documents import CATEGORY_OF_FOLDER, COMMENTS, DOCUMENTS, THEMES, USEFUL, write

NOT_YET = "nadia@collab.example"
# Everybody opened his account a month ago, and had seen what there was this many days ago.
ACCOUNT_DAYS, SEEN_DAYS = 30, 4


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
    documents = {document.name: _deposit(env, document) for document in DOCUMENTS}
    for name, people in USEFUL.items():
        for person in people:
            documents[name].with_user(env.ref(f"collab_demo.user_{person}"))._set_mark("useful", True)
    for name, person, said in COMMENTS:
        Comment = env["collab.document.comment"].with_user(env.ref(f"collab_demo.user_{person}"))
        Comment.create({"document_id": documents[name].id, "body": said})
    env["dms.file"]._count_use()
    for question in QUESTIONS:
        _ask(env, question)
    # They were told at the time.
    env["collab.notification"].search([]).unlink()
    _let_some_be_new(env, users)


def _let_some_be_new(env, users):
    """On the first day, what the others have deposited lately is new, and the rest is not."""
    opened, seen = (fields.Datetime.subtract(fields.Datetime.now(), days=days) for days in (ACCOUNT_DAYS, SEEN_DAYS))
    # The ORM does not let anybody choose when something was created.
    env.cr.execute(SQL("UPDATE res_users SET create_date = %s WHERE id IN %s", opened, tuple(users.ids)))
    for user in users:
        for model in ("dms.file", "forum.post"):
            env(user=user)["collab.mark"]._put("seen", model, [0], seen)
    env.invalidate_all()


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
            "theme_id": env.ref(f"collab_reseaux.theme_{THEMES[demo.name]}").id,
            "category_id": env.ref(f"collab_ressources.category_{CATEGORY_OF_FOLDER[demo.folder]}").id,
            "audience_network_ids": [env.ref(f"collab_reseaux.network_{code}").id for code in demo.networks],
            "audience_territory_ids": [env.ref(f"collab_reseaux.territory_{code}").id for code in demo.territories],
        }
    )
    document.flush_recordset()
    date = fields.Datetime.subtract(fields.Datetime.now(), days=demo.days_ago)
    # The ORM does not let anybody choose when something was created.
    env.cr.execute(
        SQL("UPDATE dms_file SET create_date = %s, content_date = %s WHERE id = %s", date, date, document.id)
    )
    document.invalidate_recordset()
    return document


def _ask(env, demo):
    question = _say(
        env,
        demo,
        name=demo.title,
        forum_id=env["forum.forum"]._by_theme()[env.ref(f"collab_reseaux.theme_{demo.theme}").id],
        territory_id=demo.territory and env.ref(f"collab_reseaux.territory_{demo.territory}").id,
        audience_network_ids=[env.ref(f"collab_reseaux.network_{code}").id for code in demo.networks],
    )
    for told in demo.answers:
        answer = _say(env, told, parent_id=question.id)
        for person in told.thanked_by:
            answer.with_env(_as(env, person))._thank(True)
        for person, said in told.comments:
            comment = _as(env, person)["collab.forum.comment"].create({"post_id": answer.id, "body": said})
            _date(comment, told.days_ago)
        if told.mark == "retained":
            answer.with_env(_as(env, demo.author))._retain(True)
        elif told.mark == "approved":
            answer.with_env(_as(env, told.author))._approve(True)
    # Those who moderate were told of what nobody answers.
    question.sudo().called_date = fields.Datetime.now()
    question.sudo()._refresh()


def _as(env, person):
    return env(user=env.ref(f"collab_demo.user_{person}"), su=False)


def _say(env, demo, **vals):
    post = _as(env, demo.author)["forum.post"].create({"content": demo.text, **vals})
    _date(post, demo.days_ago)
    return post


def _date(record, days_ago):
    """As for documents: the ORM does not let anybody choose when something was created."""
    record.flush_recordset()
    date = fields.Datetime.subtract(fields.Datetime.now(), hours=int(days_ago * 24))
    table = SQL.identifier(record._table)
    record.env.cr.execute(
        SQL("UPDATE %s SET create_date = %s, shown_date = %s WHERE id = %s", table, date, date, record.id)
    )
    record.invalidate_recordset()
