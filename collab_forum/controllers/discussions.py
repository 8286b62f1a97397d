import json
import secrets
from urllib.parse import urlencode

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.http import request, route
from odoo.tools import html_sanitize, plaintext2html

from odoo.addons.collab_comptes.exceptions import AlreadyDone
from odoo.addons.collab_contribution.html import clean
from odoo.addons.collab_fichiers.controllers.uploads import sent_with
from odoo.addons.collab_fichiers.models.collab_upload import CHUNK_MAX_BYTES
from odoo.addons.collab_fichiers.picture import is_picture
from odoo.addons.website_forum.controllers.website_forum import WebsiteForum

from ..models.forum_post import ACTED_ON
from ..models.forum_post_lists import ANSWERS_SHOWN, ORDERS

PAGE_SIZE = 20
OWN_SHOWN = 4
# By their names in addresses.
STATES = {"sans-reponse": "unanswered", "resolues": "solved", "suivies": "followed"}
ITEM = {"type": "http", "auth": "user", "website": True, "sitemap": False, "members": True}


class Discussions(WebsiteForum):
    """The pages of the forum; those of website_forum are closed, but for this address, which is ours."""

    @route("/forum", methods=["GET"], **ITEM)
    def forum(self, theme=None, territoire=None, etat=None, tri="latest", page=1, **kw):
        """List the discussions, the themes and territories of the reader first."""
        Post, env = request.env["forum.post"], request.env
        reading, forums = Post._reading(), env["forum.forum"]._by_theme()
        themes, territories = env["collab.theme"]._labels(), env["collab.territory"]._labels()
        theme, territory = self._known(theme, themes), self._known(territoire, territories)
        state, order = etat if etat in STATES else None, tri if tri in ORDERS else "latest"
        # What one follows is counted for each reader, and not once for all of them.
        counted = STATES.get(state) if state != "suivies" else None
        facets = Post._facets(reading, forum=forums.get(theme), territory=territory, state=counted)
        domain = Post._filter_domain(forums.get(theme), territory, STATES.get(state))
        total = Post.search_count(Post._list_domain() & domain) if state == "suivies" else facets["total"]
        last_page = max(1, -(-total // PAGE_SIZE))
        page = min(max(1, int(page)), last_page) if str(page).isdecimal() else 1
        questions = Post._latest(domain, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE, order=order)
        followed = self._followed()
        own_territories = self._own_territories(followed)
        everything = not (territory or theme or state or page > 1)
        around = left = Post
        if everything:
            around = Post._latest_around(reading, followed["theme"], own_territories, OWN_SHOWN, questions)
            left = Post._latest_left(reading)
        env["collab.contents"]._name_all([questions, around, left])
        asked = {"theme": theme, "territoire": territory, "etat": state, "tri": order if order != "latest" else None}
        values = {
            "questions": Post._rows(questions, reading.marks),
            "own": Post._rows(around, reading.marks),
            "left": Post._rows(left, reading.marks),
            "themes": self._own_first(themes, followed["theme"]),
            "theme_counts": {item: facets["forum"].get(forum, 0) for item, forum in forums.items()},
            "territories": self._own_first(territories, own_territories),
            "territory_counts": facets["territory"],
            "theme": theme,
            "territory": territory,
            "state": state,
            "order": order,
            "labels": {"theme": themes.get(theme), "territory": territories.get(territory)},
            "followed": followed,
            "total": total,
            "page": page,
            "last_page": last_page,
            "address": lambda **changes: self._address({**asked, **changes}),
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

    def _address(self, asked):
        asked = {name: value for name, value in asked.items() if value}
        return f"/forum?{urlencode(asked)}" if asked else "/forum"

    # Asking

    @route("/forum/demander", methods=["GET", "POST"], **ITEM)
    def ask(self, titre="", contenu="", riche="", theme="", territoire="", fichiers="", jeton="", **kw):
        """Ask in one screen."""
        env, error = request.env, None
        if request.httprequest.method == "GET":
            # Ignored in the address: a link could otherwise fill in somebody's form.
            titre = contenu = riche = theme = territoire = fichiers = jeton = ""
        form = request.httprequest.form
        networks, territories = env.user._audience_options()
        chosen = {name: [int(i) for i in form.getlist(name) if i.isdecimal()] for name in ("networks", "territories")}
        themes = env["collab.theme"]._labels()
        if request.httprequest.method == "POST":
            vals = {
                "name": titre,
                "content": self._html(contenu, riche),
                "forum_id": env["forum.forum"]._by_theme().get(int(theme) if theme.isdecimal() else 0),
                "territory_id": self._about(territoire),
                "audience_network_ids": [Command.set(chosen["networks"])],
                "audience_territory_ids": [Command.set(chosen["territories"])],
            }
            try:
                env["forum.post"]._check_offered(chosen["networks"], chosen["territories"])
                number = self._write_once(jeton, vals, fichiers)
            except (UserError, AccessError) as refusal:
                error = str(refusal)
            else:
                return request.redirect(f"/forum/{number}?pose=1")
        # Only what is offered to him: the number of its readers would otherwise tell how large another network is.
        chosen["networks"] = (networks.browse(chosen["networks"]) & networks).ids
        chosen["territories"] = (territories.browse(chosen["territories"]) & territories).ids
        followed = self._followed()
        people, organisations = env["collab.audience.mixin"]._count_audience(chosen["networks"], chosen["territories"])
        values = {
            "typed": {"titre": titre, "contenu": self._html(contenu, riche) if contenu else "", "theme": theme},
            "about": territoire,
            "chosen_networks": chosen["networks"],
            "chosen_territories": chosen["territories"],
            "networks": networks,
            "territories": territories,
            "themes": self._own_first(themes, followed["theme"]),
            "about_choices": self._own_first(env["collab.territory"]._labels(), self._own_territories(followed)),
            "people": people,
            "organisations": organisations,
            "error": error,
            "files": fichiers,
            **self._form_values(self._draft_of(), jeton),
        }
        return request.render("collab_forum.ask", values)

    def _form_values(self, draft, token=""):
        """:param str draft: the name under which what is typed is kept
        :param str token: of a form that is shown again
        :return dict: what a form needs to be kept, to send files, and to count once"""
        return {
            "token": token or secrets.token_hex(16),
            "drafted": request.env["collab.draft"]._of(draft),
            "chunk": CHUNK_MAX_BYTES,
        }

    def _write_once(self, token, vals, files):
        """Write a question or an answer, however often the same form is sent.

        :param str token: of the form
        :param dict vals: of the ``forum.post``
        :param str files: as the form tells them
        :return int: its identifier
        :raises UserError: it is refused; nothing that this request has written is kept
        """
        env = request.env

        def write():
            post = env["forum.post"].create(vals)
            env["collab.forum.attachment"]._attach(post, sent_with(files))
            env["collab.draft"]._drop(self._draft_of(post.parent_id.id))
            return post.id

        try:
            return env["collab.receipt"]._make_once(token, [json.dumps(vals), files], write)
        except (UserError, AccessError):
            # A savepoint would cost two more queries to each of those whom nothing is refused.
            env.cr.rollback()
            raise

    def _draft_of(self, question_id=None):
        """:return str: the name under which what is typed is kept: an answer to a question, or a question"""
        return f"discussion-reponse-{question_id}" if question_id else "discussion"

    def _followed(self):
        """:return dict[str, Collection[int]]: the themes and territories that the reader follows"""
        Mark = request.env["collab.mark"]
        return {
            name: Mark._of(f"collab.{name}", kinds=("follow",)).get("follow", {}) for name in ("theme", "territory")
        }

    def _own_territories(self, followed):
        """:return set[int]: the territories that the reader follows, and those to which he belongs"""
        # sudo: his own memberships
        return {*followed["territory"], *request.env.user.partner_id.sudo().scope_territory_ids.ids}

    def _own_first(self, labels, own):
        """:param dict[int, str] labels: of themes, or of territories
        :param Collection[int] own: the reader's
        :return list[tuple[int, str, bool]]: his first, and whether they are his"""
        return sorted(((number, label, number in own) for number, label in labels.items()), key=lambda row: not row[2])

    def _html(self, text, rich):
        """:return str: HTML of what was typed; without the script of the editor, it is a plain text"""
        return text if rich == "1" else str(plaintext2html(text))

    def _about(self, text):
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
        post = Post._for_page(post_id)
        if not post:
            raise request.not_found()
        if post.parent_id:
            return request.redirect(post._url())
        return self._render_discussion(post, page)

    def _render_discussion(self, question, page=1, **values):
        Post = request.env["forum.post"]
        reading = Post._reading()
        if question.id in question._new_among(reading.marks):
            question._mark_seen()
            reading.marks.setdefault("seen", {})[question.id] = question.content_date
        number, addressed = question._count_answers(), bool(question._addressed())
        last_page = max(1, -(-number // ANSWERS_SHOWN))
        page = min(max(1, int(page)), last_page) if str(page).isdecimal() else 1
        answers = question._answers(limit=ANSWERS_SHOWN, offset=(page - 1) * ANSWERS_SHOWN)
        asked, *said = Post._page_rows(question | answers)
        labels = request.env["forum.forum"]._labels()
        values = {
            "question": question,
            "asked": asked,
            "answers": said,
            "number": number,
            "is_left": not addressed,
            "theme": labels.get(question.forum_id.id, ""),
            "theme_id": next(
                (
                    item
                    for item, forum in request.env["forum.forum"]._by_theme().items()
                    if forum == question.forum_id.id
                ),
                None,
            ),
            "about": request.env["collab.territory"]._names().get(question.territory_id.id, ""),
            "audience": request.env["collab.audience"]._html(question.audience_id.id),
            "marks": {kind for kind in ("favourite", "follow") if question.id in reading.marks.get(kind, {})},
            "may_correct": question.state != "close" and not question.closed_date,
            "is_open": question.state != "close" and addressed,
            "moderates": addressed and request.env.user.has_group("collab_reseaux.group_moderator"),
            "page": page,
            "last_page": last_page,
            "address": lambda page: f"/forum/{question.id}?page={page}",
            "already": None,
            "error": None,
            "error_at": None,
            "answer": "",
            "files": "",
            **self._form_values(self._draft_of(question.id)),
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

    @route("/forum/<int:post_id>/repondre", methods=["POST"], **ITEM)
    def answer(self, post_id, contenu="", riche="", fichiers="", jeton="", **kw):
        vals = {"parent_id": post_id, "content": self._html(contenu, riche)}
        try:
            answer = self._write_once(jeton, vals, fichiers)
        except (UserError, AccessError) as refusal:
            # Not found, for who may not read the question.
            question = self._read(post_id)
            whole = request.env["forum.post"]._for_page((question.parent_id or question).id)
            # `answer` fills the form again; `kept` is shown instead when the discussion is closed and has no form.
            kept = html_sanitize(clean(vals["content"]))
            typed = {"answer": vals["content"], "kept": kept, "files": fichiers, "token": jeton}
            return self._render_discussion(whole, error=str(refusal), error_at="answer", **typed)
        return request.redirect(request.env["forum.post"].browse(answer)._url("dit=1"))

    def _try(self, post, act, said="", **typed):
        """Do something with a post, or say on its page why not, with what was typed in its forms.

        :param str said: a query, for what the page says once it is done
        """
        try:
            with request.env.cr.savepoint():
                act()
        except AlreadyDone as done:
            whole = request.env["forum.post"]._for_page((post.parent_id or post).id)
            return self._render_discussion(whole, post._page(), already=str(done))
        except (UserError, AccessError) as refusal:
            whole = request.env["forum.post"]._for_page((post.parent_id or post).id)
            kept = {post.id: typed} if typed else {}
            return self._render_discussion(whole, post._page(), error=str(refusal), typed_post=kept)
        return request.redirect(post._url(said))

    @route("/forum/<int:post_id>/commenter", methods=["POST"], **ITEM)
    def comment(self, post_id, body="", jeton="", **kw):
        post, env = self._read(post_id), request.env

        def write():
            return env["collab.forum.comment"].create({"post_id": post.id, "body": body}).id

        return self._try(
            post,
            lambda: env["collab.receipt"]._make_once(jeton, ["commentaire", str(post.id), body], write),
            said="dit=1",
            body=body,
        )

    @route("/forum/<int:post_id>/merci", methods=["POST"], **ITEM)
    def thank(self, post_id, on="1", **kw):
        post = self._read(post_id)
        return self._try(post, lambda: post._thank(on == "1"))

    @route("/forum/<int:post_id>/retenir", methods=["POST"], **ITEM)
    def retain(self, post_id, on="1", **kw):
        post = self._read(post_id)
        return self._try(post, lambda: post._retain(on == "1"))

    @route("/forum/<int:post_id>/signaler", methods=["POST"], **ITEM)
    def flag(self, post_id, reason="", jeton="", **kw):
        post = self._read(post_id)
        # A double click sends the form twice: it counts once.
        answer = self._try(
            post,
            lambda: request.env["collab.receipt"]._make_once(
                jeton, ["signaler", str(post.id), reason], lambda: post._report(reason) or post.id
            ),
            reason=reason,
        )
        return (
            request.redirect(f"/forum/{(post.parent_id or post).id}?signale=1") if answer.status_code == 303 else answer
        )

    @route("/forum/<int:post_id>/corriger", methods=["POST"], **ITEM)
    def correct(self, post_id, contenu="", riche="", titre="", fichiers="", empreinte=None, **kw):
        post = self._read(post_id)
        if post.create_uid != request.env.user:
            raise request.not_found()
        vals = {"content": self._html(contenu, riche)} | ({} if post.parent_id else {"name": titre})
        removed = [int(number) for number in request.httprequest.form.getlist("sans") if number.isdecimal()]

        def act():
            post._check_stamp(empreinte)
            Attachment = request.env["collab.forum.attachment"]
            Attachment.search([("id", "in", removed), ("post_id", "=", post.id)])._detach()
            post.write(vals)
            Attachment._attach(post, sent_with(fichiers))

        # Shown instead of the form when the discussion is closed meanwhile.
        kept = html_sanitize(clean(vals["content"]))
        return self._try(post, act, fichiers=fichiers, kept=kept, **vals)

    @route("/forum/fichiers/<int:file_id>", methods=["GET"], **ITEM)
    def file(self, file_id, **kw):
        """Give a file that has been joined to a text: a picture to the page that shows it, another to keep."""
        found = request.env["collab.forum.attachment"].search([("id", "=", file_id)])
        if not found:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(found, "content", filename=found.name)
        return stream.get_response(as_attachment=not is_picture(found.mimetype))

    @route("/forum/personnes", methods=["GET"], **ITEM)
    def people(self, lettres="", discussion="", networks="", territories="", **kw):
        """Suggest whom to mention, to who types an at-sign and some letters."""
        Post = request.env["forum.post"]
        if discussion.isdecimal():
            return request.make_json_response(self._read(int(discussion))._suggest(lettres))
        chosen = [[int(part) for part in ids.split(",") if part.isdecimal()] for ids in (networks, territories)]
        allowed = request.env.user._audience_choices()
        among = [[i for i in ids if i in records.ids] for ids, records in zip(chosen, allowed, strict=True)]
        return request.make_json_response(Post._suggest(lettres, *among))

    @route("/forum/<int:post_id>/retirer", methods=["POST"], **ITEM)
    def withdraw(self, post_id, **kw):
        post = self._read(post_id)
        if post.create_uid != request.env.user:
            raise request.not_found()
        question = post.parent_id
        post._withdraw()
        return request.redirect(question._url() if question else "/forum?retire=1")
