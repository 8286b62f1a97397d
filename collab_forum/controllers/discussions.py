from urllib.parse import urlencode

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.http import request, route
from odoo.tools import plaintext2html

from odoo.addons.website_forum.controllers.website_forum import WebsiteForum

from ..models.forum_post import ORDERS

PAGE_SIZE = 20
ANSWERS_SHOWN = 50
# By name in addresses; None is counted apart, for each reader.
STATES = {"sans-reponse": "unanswered", "resolues": "solved", "suivies": None}
# What is asked of a post on which somebody acts: all at once, and not its text.
ACTED_ON = [
    *("name", "parent_id", "forum_id", "audience_id", "asker_id", "create_uid", "state", "active", "is_shown"),
    *("thread_shown", "shown_date", "answered_date", "vote_count"),
]
ITEM = {"type": "http", "auth": "user", "website": True, "sitemap": False, "members": True}


class Discussions(WebsiteForum):
    """The pages of the forum; those of website_forum are closed, but for this address, which is ours."""

    @route("/forum", methods=["GET"], **ITEM)
    def forum(self, theme=None, territoire=None, etat=None, tri="latest", page=1, **kw):
        """List the discussions, the themes and territories of the reader first."""
        Post, env = request.env["forum.post"], request.env
        reading, forums = Post._reading(), env["forum.forum"]._by_theme()
        themes, places = env["collab.theme"]._labels(), env["collab.territory"]._labels()
        theme, place = self._known(theme, themes), self._known(territoire, places)
        state, order = etat if etat in STATES else None, tri if tri in ORDERS else "latest"
        facets = Post._facets(reading, forum=forums.get(theme), territory=place, state=STATES.get(state))
        domain = self._filter(forums.get(theme), place, state)
        total = Post.search_count(Post._list_domain() & domain) if state == "suivies" else facets["total"]
        last_page = max(1, -(-total // PAGE_SIZE))
        page = min(max(1, int(page)), last_page) if str(page).isdecimal() else 1
        questions = Post._latest(domain, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE, order=order)
        followed = {
            name: env["collab.mark"]._of(f"collab.{name}", kinds=("follow",)).get("follow", {})
            for name in ("theme", "territory")
        }
        mine = env.user.partner_id.sudo().scope_territory_ids.ids  # sudo: his own memberships
        asked = {"theme": theme, "territoire": place, "etat": state, "tri": order if order != "latest" else None}
        values = {
            "questions": Post._rows(questions, reading.marks),
            "themes": sorted(themes.items(), key=lambda item: item[0] not in followed["theme"]),
            "theme_counts": {item: facets["forum"].get(forum, 0) for item, forum in forums.items()},
            "places": sorted(places.items(), key=lambda item: item[0] not in mine),
            "place_counts": facets["territory"],
            "mine": mine,
            "theme": theme,
            "place": place,
            "state": state,
            "order": order,
            "followed": followed,
            "total": total,
            "page": page,
            "last_page": last_page,
            "address": lambda **changes: self._address({**asked, **changes}),
            "new_discussions": Post._count_new(reading),
        }
        return request.render("collab_forum.forum", values)

    def _known(self, text, labels):
        """:return int | None: what an address names
        :raises NotFound: it is nothing that the reader knows"""
        if not text:
            return None
        number = int(text) if text.isdecimal() else 0
        if number not in labels:
            raise request.not_found()
        return number

    def _filter(self, forum, place, state):
        domain = Domain("forum_id", "=", forum) if forum else Domain.TRUE
        if place:
            steps = request.env["collab.territory"]._steps()
            domain &= Domain("territory_id", "in", [inner for inner, outer in steps.items() if place in outer])
        if state == "sans-reponse":
            domain &= Domain("answered_date", "=", False)
        elif state == "resolues":
            domain &= Domain("has_validated_answer", "=", True) | Domain("has_approved_answer", "=", True)
        elif state == "suivies":
            domain &= Domain("is_followed", "=", True)
        return domain

    def _address(self, asked):
        asked = {name: value for name, value in asked.items() if value}
        return f"/forum?{urlencode(asked)}" if asked else "/forum"

    # Asking

    @route("/forum/demander", methods=["GET", "POST"], **ITEM)
    def ask(self, titre="", contenu="", riche="", theme="", territoire="", jeton="", **kw):
        """Ask in one screen; a double click asks once."""
        env, error = request.env, None
        form = request.httprequest.form
        networks, territories = env.user._audience_options()
        chosen = {name: [int(i) for i in form.getlist(name) if i.isdecimal()] for name in ("networks", "territories")}
        themes = env["collab.theme"]._labels()
        if request.httprequest.method == "POST":
            asked = self._asked_already(jeton)
            if asked:
                return request.redirect(f"/forum/{asked}")
            try:
                with env.cr.savepoint():
                    question = env["forum.post"].create(
                        {
                            "name": titre,
                            "content": self._html(contenu, riche),
                            "forum_id": env["forum.forum"]._by_theme().get(int(theme) if theme.isdecimal() else 0),
                            "territory_id": self._place(territoire),
                            "audience_network_ids": [Command.set((networks.browse(chosen["networks"]) & networks).ids)],
                            "audience_territory_ids": [
                                Command.set((territories.browse(chosen["territories"]) & territories).ids)
                            ],
                        }
                    )
            except (UserError, AccessError) as refusal:
                error = str(refusal)
            else:
                request.session["asked"] = {jeton: question.id}
                return request.redirect(f"/forum/{question.id}?pose=1")
        people, organisations = env["collab.audience.mixin"]._count_audience(chosen["networks"], chosen["territories"])
        values = {
            "typed": {"titre": titre, "contenu": self._html(contenu, riche) if contenu else "", "theme": theme},
            "territory": territoire,
            "chosen_networks": chosen["networks"],
            "chosen_territories": chosen["territories"],
            "networks": networks,
            "territories": territories,
            "themes": themes,
            "places": env["collab.territory"]._labels(),
            "people": people,
            "organisations": organisations,
            "error": error,
            "token": jeton or request.csrf_token()[-20:],
        }
        return request.render("collab_forum.ask", values)

    def _asked_already(self, token):
        return request.session.get("asked", {}).get(token) if token else None

    def _html(self, text, rich):
        """:return str: HTML of what was typed; without the script of the editor, it is a plain text"""
        return text if rich == "1" else str(plaintext2html(text))

    def _place(self, text):
        return int(text) if text.isdecimal() and int(text) in request.env["collab.territory"]._labels() else False

    @route("/forum/semblables", methods=["GET"], **ITEM)
    def similar(self, titre="", **kw):
        """Discussions that ask the same, for who is writing a title."""
        found = request.env["forum.post"]._similar(titre)
        found.fetch(["name", "child_count"])
        rows = [{"id": post.id, "title": post.name, "answers": post.child_count} for post in found]
        return request.make_json_response(rows)

    # Reading

    @route("/forum/<int:post_id>", methods=["GET"], **ITEM)
    def discussion(self, post_id, page=1, **kw):
        Post = request.env["forum.post"]
        post = Post._whole(post_id)
        if not post:
            raise request.not_found()
        if post.parent_id:
            return request.redirect(post._url())
        return self._render_discussion(post, page)

    def _render_discussion(self, question, page=1, **values):
        Post = request.env["forum.post"]
        reading = Post._reading(("seen", "favourite", "follow"))
        if question.id in question._new_among(reading.marks):
            question._mark_seen()
            reading.marks.setdefault("seen", {})[question.id] = question.content_date
        last_page = max(1, -(-question.child_count // ANSWERS_SHOWN))
        page = min(max(1, int(page)), last_page) if str(page).isdecimal() else 1
        answers = question._answers(limit=ANSWERS_SHOWN, offset=(page - 1) * ANSWERS_SHOWN)
        asked, *said = Post._page_rows(question | answers)
        labels = request.env["forum.forum"]._labels()
        values = {
            "question": question,
            "asked": asked,
            "answers": said,
            "theme": labels.get(question.forum_id.id, ""),
            "theme_id": next(
                (
                    item
                    for item, forum in request.env["forum.forum"]._by_theme().items()
                    if forum == question.forum_id.id
                ),
                None,
            ),
            "place": request.env["collab.territory"]._labels().get(question.territory_id.id, ""),
            "audience": request.env["collab.audience"]._html(question.audience_id.id),
            "marks": {kind for kind in ("favourite", "follow") if question.id in reading.marks.get(kind, {})},
            "is_open": question.state != "close",
            "moderates": request.env.user.has_group("collab_reseaux.group_moderator"),
            "page": page,
            "last_page": last_page,
            "address": lambda page: f"/forum/{question.id}?page={page}",
            "new_discussions": Post._count_new(reading),
            "error": None,
            "error_at": None,
            "answer": "",
            **values,
        }
        return request.render("collab_forum.discussion", values)

    def _read(self, post_id):
        """:return forum.post: a question or an answer that the reader may read
        :raises NotFound: there is none"""
        post = request.env["forum.post"].search_fetch([("id", "=", post_id)], ACTED_ON)
        if not post:
            raise request.not_found()
        return post

    def _back(self, post, where=None):
        question = post.parent_id or post
        return request.redirect(f"/forum/{question.id}{f'#{where}' if where else ''}")

    @route("/forum/<int:post_id>/repondre", methods=["POST"], **ITEM)
    def answer(self, post_id, contenu="", riche="", jeton="", **kw):
        question = self._read(post_id)
        question = question.parent_id or question
        known = self._asked_already(jeton)
        if known:
            return self._back(question, f"reponse-{known}")
        try:
            with request.env.cr.savepoint():
                answer = request.env["forum.post"].create(
                    {"parent_id": question.id, "content": self._html(contenu, riche)}
                )
        except (UserError, AccessError) as refusal:
            whole = request.env["forum.post"]._whole(question.id)
            return self._render_discussion(
                whole, error=str(refusal), error_at="answer", answer=self._html(contenu, riche)
            )
        request.session["asked"] = {jeton: answer.id}
        return request.redirect(f"/forum/{question.id}?dit=1#reponse-{answer.id}")

    def _try(self, post, act, where=None):
        """Do something with a post, or say on its page why not."""
        try:
            with request.env.cr.savepoint():
                act()
        except (UserError, AccessError) as refusal:
            whole = request.env["forum.post"]._whole((post.parent_id or post).id)
            return self._render_discussion(whole, error=str(refusal))
        return self._back(post, where or (f"reponse-{post.id}" if post.parent_id else None))

    @route("/forum/<int:post_id>/commenter", methods=["POST"], **ITEM)
    def comment(self, post_id, body="", **kw):
        post = self._read(post_id)
        Comment = request.env["collab.forum.comment"]
        return self._try(post, lambda: Comment.create({"post_id": post.id, "body": body}))

    @route("/forum/<int:post_id>/merci", methods=["POST"], **ITEM)
    def thank(self, post_id, on="1", **kw):
        post = self._read(post_id)
        return self._try(post, lambda: post._thank(on == "1"))

    @route("/forum/<int:post_id>/retenir", methods=["POST"], **ITEM)
    def retain(self, post_id, on="1", **kw):
        post = self._read(post_id)
        return self._try(post, lambda: post._retain(on == "1"))

    @route("/forum/<int:post_id>/signaler", methods=["POST"], **ITEM)
    def flag(self, post_id, reason="", **kw):
        post = self._read(post_id)
        answer = self._try(post, lambda: post._report(reason))
        return (
            request.redirect(f"/forum/{(post.parent_id or post).id}?signale=1") if answer.status_code == 303 else answer
        )

    @route("/forum/<int:post_id>/corriger", methods=["POST"], **ITEM)
    def correct(self, post_id, contenu="", riche="", titre="", **kw):
        post = self._read(post_id)
        if post.create_uid != request.env.user:
            raise request.not_found()
        vals = {"content": self._html(contenu, riche)} | ({} if post.parent_id else {"name": titre})
        return self._try(post, lambda: post.write(vals))

    @route("/forum/<int:post_id>/retirer", methods=["POST"], **ITEM)
    def withdraw(self, post_id, **kw):
        post = self._read(post_id)
        if post.create_uid != request.env.user:
            raise request.not_found()
        question = post.parent_id
        post._withdraw()
        return self._back(question) if question else request.redirect("/forum?retire=1")
