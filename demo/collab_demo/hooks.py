import io
from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

from odoo.addons.collab_reseaux.moments import today

from .cards import CARDS, NEWCOMERS
from .dates import DATES
from .discussions import QUESTIONS
from .documents import CATEGORY_OF_FOLDER, COMMENTS, DOCUMENTS, THEMES, USEFUL, write
from .news import NEWS, workshop
from .organisations import ORGANISATIONS

NOT_YET = "nadia@collab.example"
# Everybody opened his account a month ago, and had seen what there was this many days ago.
ACCOUNT_DAYS, SEEN_DAYS = 30, 4
# Those that their federation has placed on the map, by hand: latitude and longitude. The others are at their communes.
PLACED = {
    "ancre": (47.2107, -1.5640),
    "atelier": (47.4705, -0.5525),
    "passerelles": (47.2885, -2.2125),
    "vignoble": (47.0872, -1.2816),
}


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
    for person, card in CARDS.items():
        _introduce(env, person, card)
    _present_organisations(env)
    for name, point in PLACED.items():
        _as(env, "admin")["res.partner"].browse(env.ref(f"collab_demo.organisation_{name}").id)._place_by_hand(*point)
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
    _announce_all(env)
    for planned in DATES:
        _plan(env, planned)
    # They were told at the time.
    env["collab.notification"].search([]).unlink()
    _let_some_be_new(env, users)
    _make_index(env)


def _make_index(env):
    """Let everything be found on the first day, files included: a job would read them a little later."""
    env.cr.flush()  # as when this is saved: what has been written comes into the index
    for file in env["collab.search.file"].search([]):
        file._read_one()
    env["collab.search.entry"]._tidy()


def _present_organisations(env):
    """Let the organisations say what they do, and have their referents answer who works there."""
    for card in ORGANISATIONS:
        answered = card.confirmed_days_ago is not None
        env.ref(f"collab_demo.organisation_{card.organisation}").write(
            {
                "kind_ids": [env.ref(f"collab_reseaux.organisation_kind_{kind}").id for kind in card.kinds],
                "activities": card.activities,
                "about": card.about,
                "phone": card.phone,
                "website": card.website,
                "referent_ids": [env.ref(f"collab_demo.user_{person}").partner_id.id for person in card.referents],
                "team_confirmed_date": answered and fields.Date.subtract(today(), days=card.confirmed_days_ago),
            }
        )


def _let_some_be_new(env, users):
    """On the first day, what the others have deposited lately is new, and the rest is not."""
    opened, seen = (fields.Datetime.subtract(fields.Datetime.now(), days=days) for days in (ACCOUNT_DAYS, SEEN_DAYS))
    # The ORM does not let anybody choose when something was created.
    env.cr.execute(SQL("UPDATE res_users SET create_date = %s WHERE id IN %s", opened, tuple(users.ids)))
    for person, days in NEWCOMERS.items():
        come = fields.Datetime.subtract(fields.Datetime.now(), days=days)
        number = env.ref(f"collab_demo.user_{person}").id
        env.cr.execute(SQL("UPDATE res_users SET create_date = %s WHERE id = %s", come, number))
    for user in users:
        for model in ("calendar.event", "collab.news", "dms.file", "forum.post"):
            env(user=user)["collab.mark"]._put("seen", model, [0], seen)
    env.invalidate_all()


def _let_in_without_codes(env):
    """Ask federation staff for no second factor: nobody receives the mails of the demonstration.

    It is the setting that an administrator finds in General Settings, Two-factor authentication.
    """
    env["res.config.settings"].create({"auth_totp_enforce": False, "auth_totp_policy": False}).execute()


def _introduce(env, person, card):
    """Let somebody say on his own card what the others may ask of him."""
    own = _as(env, person).user.partner_id
    own._update_own(
        {
            "help_theme_ids": [env.ref(f"collab_reseaux.theme_{theme}").id for theme in card.themes],
            "help_words": card.words,
            "work_days": card.days,
            "phone": card.phone,
            "shows_phone": bool(card.phone) and card.shows_phone,
            "shows_email": card.shows_email,
        }
    )


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


def _announce_all(env):
    """Let people announce what the week has of news, those that they see first last."""
    for news in sorted(NEWS, key=lambda news: -news.days_ago):
        _announce(env, news)


def _announce(env, demo):
    mine = _as(env, demo.author)
    news = mine["collab.news"].create(
        {
            **demo.vals(),
            "type_id": env.ref(f"collab_actualites.type_{demo.kind}").id,
            "commune_id": env["collab.commune"]._typed(demo.commune).id,
            "audience_network_ids": [env.ref(f"collab_reseaux.network_{code}").id for code in demo.networks],
            "audience_territory_ids": [env.ref(f"collab_reseaux.territory_{code}").id for code in demo.territories],
        }
    )
    if demo.has_picture:
        content = workshop()
        upload = mine["collab.upload"]._start("atelier.jpg", len(content))
        upload._append(0, io.BytesIO(content))
        mine["collab.news.attachment"]._attach(news, upload)
    _date(news, demo.days_ago)
    for person, said in demo.comments:
        comment = _as(env, person)["collab.news.comment"].create({"news_id": news.id, "body": said})
        _date(comment, demo.days_ago / 2)
    for person in demo.interested:
        news.with_env(_as(env, person))._set_mark("interest", True)
    if demo.pinned:
        until = fields.Date.add(today(), days=demo.pinned)
        news.with_env(_as(env, "moderation_fnars"))._pin(until)
    # What is in the feed is dated by what was done last: the day on which it was published.
    news.flush_recordset()
    over = fields.Date.subtract(today(), days=3) if demo.is_over else news.leaves_on
    env.cr.execute(SQL("UPDATE collab_news SET content_date = shown_date, leaves_on = %s WHERE id = %s", over, news.id))
    news.invalidate_recordset()


def _plan(env, demo):
    mine = _as(env, demo.author)
    event = mine["calendar.event"].create(
        {
            **demo.vals(),
            "type_id": env.ref(f"collab_agenda.type_{demo.kind}").id,
            "organiser_id": env.ref(f"collab_reseaux.network_{demo.organiser}").id if demo.organiser else False,
            "commune_id": mine["collab.commune"]._typed(demo.commune).id,
            "audience_network_ids": [env.ref(f"collab_reseaux.network_{code}").id for code in demo.networks],
            "audience_territory_ids": [env.ref(f"collab_reseaux.territory_{code}").id for code in demo.territories],
        }
    )
    if demo.weeks:
        event._repeat("weekly", (event.start + timedelta(weeks=demo.weeks)).date())
    for answer, people in (("yes", demo.coming), ("maybe", demo.perhaps)):
        for person in people:
            event.with_env(_as(env, person))._answer(answer)
    for person, said in demo.comments:
        _as(env, person)["collab.event.comment"].create({"event_id": event.id, "body": said})
    if demo.cancelled:
        event._cancel(demo.cancelled)
    _date(event, 3)
    env.cr.execute(SQL("UPDATE calendar_event SET content_date = shown_date WHERE id = %s", event.id))
    event.invalidate_recordset()


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
