import functools
from urllib.parse import quote

from markupsafe import escape

from odoo.http import request, route

from odoo.addons.collab_contribution.controllers.forms import ITEM, Form
from odoo.addons.collab_contribution.controllers.pages import Pages
from odoo.addons.collab_fichiers.models.collab_upload import CHUNK_MAX_BYTES
from odoo.addons.collab_habillage.paging import Paging, address_of
from odoo.addons.collab_habillage.saying import numbers_gone, say
from odoo.addons.website_forum.controllers.website_forum import WebsiteForum

from ..models.forum_post import ACTED_ON, TITLE_MAX_CHARS
from ..models.forum_post_lists import ANSWERS_SHOWN


class Discussions(Pages, WebsiteForum):
    """The pages of the forum; those of website_forum are closed, but for this address, which is ours."""

    _model = "forum.post"
    _acted_on = ACTED_ON

    # Asking

    @route("/forum/demander", methods=["GET", "POST"], **ITEM)
    def ask(self, titre="", contenu="", riche="", theme="", territoire="", fichiers="", jeton="", **kw):
        """Ask in one screen."""
        # Of what is in the address, a title alone is read, and shown: a link fills in nothing else of somebody's form.
        Post, form = request.env["forum.post"], Form("demander", {"name": " ".join(titre.split())[:TITLE_MAX_CHARS]})
        if request.httprequest.method == "POST":
            form = Form("demander", {"content": self._html(contenu, riche), "files": fichiers}, jeton)
            vals = {"content": form.values["content"], **self._read_question(form, Post, titre, theme, territoire)}
            said = request.env._("Question published. You will be told by mail of the first answer.")
            if published := self._publish(form, vals, self._draft_of(), said):
                return published
        values = {**self._question_shown(form, Post), "drafted": request.env["collab.draft"]._of(self._draft_of())}
        return request.render("collab_forum.ask", {"form": form, "chunk": CHUNK_MAX_BYTES, **values})

    def _draft_of(self, question_id=None):
        """:return str: the name under which what is typed is kept: an answer to a question, or a question"""
        return f"discussion-reponse-{question_id}" if question_id else "discussion"

    def _read_question(self, form, question, title, theme, territory):
        """Take what the form of a question says, beside its text.

        :param Form form:
        :param forum.post question: that is corrected; an empty one for a new one
        :param str title, theme, territory: as they were sent
        :return dict: what is to be written; of what is corrected, the title and what else differs
        """
        form.values["name"] = title
        # In forms, a theme goes by its own number, and not by that of its forum.
        forums = dict(request.env["forum.forum"]._by_theme())
        if question:
            # Archived or not.
            forums[question.forum_id.theme_id.id] = question.forum_id.id
        chosen = form.take("forum_id", theme, self._one_of(forums))
        about = form.take("territory_id", territory, self._one_of(self._about_choices(question)))
        vals = {"forum_id": forums.get(chosen), "territory_id": about}
        vals = self._changed(question, vals) if question else vals
        return {"name": title, **vals, **self._read_audience(form, question)}

    def _about_choices(self, question):
        """:return dict[int, str]: the territories that a question may be about, with that of today, archived or not"""
        labels, names = request.env["collab.territory"]._labels(), request.env["collab.territory"]._names()
        return labels | {number: names[number] for number in question.territory_id.ids}

    def _about(self, text):
        return int(text) if text.isdecimal() and int(text) in request.env["collab.territory"]._labels() else False

    def _question_shown(self, form, question):
        """:return dict: what the form of a question offers, and what it shows as chosen"""
        followed, themes = self._followed(), request.env["collab.theme"]._labels()
        theme = question.forum_id.theme_id
        if theme:
            themes = themes | {theme.id: request.env["forum.forum"]._labels()[question.forum_id.id]}
        return {
            "themes": self._own_first(themes, followed["theme"]),
            "about_choices": self._own_first(self._about_choices(question), self._own_territories(followed)),
            "theme": form.value("forum_id", theme.id),
            "about": form.value("territory_id", question.territory_id.id),
            **self._audience_shown(form, question),
        }

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
        return self._render_discussion(post, page, quoted=kw.get("citer", ""))

    def _render_discussion(self, question, page=1, sent=None, quoted=""):
        """
        :param Form | None sent: the form of this page that has just been refused
        :param str quoted: the number of the post of this page with which the answer begins
        """
        Post, sent = request.env["forum.post"], sent or Form()
        reading = Post._reading()
        seen = reading.marks.get("seen", {}).get(question.id)
        if question.id in question._new_among(reading.marks):
            question._mark_seen()
            reading.marks.setdefault("seen", {})[question.id] = question.content_date
        number, addressed = question._count_answers(), bool(question._addressed())
        paging = Paging(page, number, ANSWERS_SHOWN, functools.partial(address_of, f"/forum/{question.id}"))
        gone = numbers_gone("reponse-")
        answers = question._answers(limit=paging.size, offset=paging.offset, gone=gone)
        rows = Post._page_rows(question | answers, seen, numbers_gone("commentaire-"))
        labels = request.env["forum.forum"]._labels()
        may_correct = question.state != "close" and not question.closed_date
        is_open = question.state != "close" and addressed
        sent.show_among(self._forms_of(rows, is_open, may_correct))
        values = {
            "question": question,
            "asked": rows[0],
            "answers": rows[1:],
            "number": number,
            "is_left": not addressed,
            "theme": labels.get(question.forum_id.id, ""),
            "theme_id": next(
                (
                    item
                    for item, forum in request.env["forum.forum"]._with_archived().items()
                    if forum == question.forum_id.id
                ),
                None,
            ),
            "about": request.env["collab.territory"]._names().get(question.territory_id.id, ""),
            "audience": request.env["collab.audience"]._html(question.audience_id.id),
            "marks": {kind for kind in ("favourite", "follow") if question.id in reading.marks.get(kind, {})},
            "may_correct": may_correct,
            "is_open": is_open,
            "quoted": next((self._quote(row) for row in rows if str(row["id"]) == quoted), ""),
            "quote": quote,
            "base_url": question.get_base_url(),
            "may_reopen": question._may_reopen_own(),
            "moderates": addressed and request.env.user.has_group("collab_reseaux.group_moderator"),
            "paging": paging,
            "sent": sent,
            "drafted": request.env["collab.draft"]._of(self._draft_of(question.id)),
            "chunk": CHUNK_MAX_BYTES,
        }
        return request.render("collab_forum.discussion", values)

    def _quote(self, row):
        """:param dict row: one of ``forum.post._page_rows``
        :return str: HTML, with which an answer to it begins: who has said it, and what"""
        said = escape(request.env._("%s wrote:", row["author"]))
        return f"<blockquote><p>{said}</p>{row['content']}</blockquote><p><br></p>"

    def _forms_of(self, rows, is_open, may_correct):
        """:return set[str]: the names of the forms in which one types, on the page of a discussion"""
        names = {"repondre"} if is_open else set()
        for row in rows:
            names |= {f"commenter-{row['id']}"} if is_open else set()
            for said in row["comments"]:
                names |= {f"corriger-commentaire-{said['id']}"} if said["mine"] and may_correct else set()
        return names

    @route("/forum/<int:post_id>/repondre", methods=["POST"], **ITEM)
    def answer(self, post_id, contenu="", riche="", fichiers="", jeton="", **kw):
        form = Form("repondre", {"content": self._html(contenu, riche), "files": fichiers}, jeton)
        vals = {"parent_id": post_id, "content": form.values["content"]}
        published = self._publish(form, vals, self._draft_of(post_id), request.env._("Answer published."))
        # Not found, for who may not read the question.
        return published or self._render(self._read(post_id), sent=form)

    def _render(self, content, before=None, sent=None):
        """Show the discussion of a question or an answer, at the page where that is."""
        whole = request.env["forum.post"]._for_page(content._question().id)
        return self._render_discussion(whole, content._page(), sent)

    def _try(self, post, act):
        """Do something with a post, or say on its page why not."""
        form = Form()
        form.send(act)
        return self._render(post, sent=form) if form.refusal else request.redirect(post._url())

    @route("/forum/<int:post_id>/commenter", methods=["POST"], **ITEM)
    def comment(self, post_id, body="", jeton="", **kw):
        return self._comment(self._read(post_id), body, jeton, f"commenter-{post_id}")

    @route("/forum/<int:post_id>/merci", methods=["POST"], **ITEM)
    def thank(self, post_id, on="1", **kw):
        post = self._read(post_id)
        return self._try(post, lambda: post._thank(on == "1"))

    @route("/forum/<int:post_id>/retenir", methods=["POST"], **ITEM)
    def retain(self, post_id, on="1", **kw):
        post = self._read(post_id)
        return self._try(post, lambda: post._retain(on == "1"))

    # Correcting

    @route("/forum/<int:post_id>/corriger", methods=["GET", "POST"], **ITEM)
    def correct(self, post_id, titre="", contenu="", riche="", theme=None, territoire="", fichiers="", **kw):
        """Correct one's own question or answer."""
        post, form = self._read(post_id, own=True), Form("corriger")
        if request.httprequest.method == "POST":
            form.values = {"content": self._html(contenu, riche), "files": fichiers}
            vals = {"content": form.values["content"]}
            if not post.parent_id and theme is not None:
                vals |= self._read_question(form, post, titre, theme, territoire)
            elif not post.parent_id:
                # A page that was open before it had all the fields changes none of those.
                form.values["name"] = vals["name"] = titre
            if saved := self._correct_own(form, post, vals, kw.get("empreinte")):
                return saved
        return self._render_correction(post, form)

    def _render_correction(self, post, form):
        opened = self._opened(post)
        values = {"post": post, "opened": opened, "form": form, "files": opened["files"], "chunk": CHUNK_MAX_BYTES}
        if not post.parent_id:
            values |= self._question_shown(form, post)
        if form.field == "stamp":
            form.differences = self._differences_of(post, form, opened)
        return request.render("collab_forum.correct", values)

    def _differences_of(self, post, form, opened):
        """:return list[tuple[str, str]]: as ``_differences``"""
        env = request.env
        # In forms, a theme goes by its own number.
        saved = {"forum_id": post.forum_id.theme_id.id, "territory_id": post.territory_id.id}
        shown = {
            "forum_id": env["forum.forum"]._labels().get(post.forum_id.id),
            "territory_id": env["collab.territory"]._names().get(post.territory_id.id),
        }
        words = {name: opened[name] for name in post._words()}
        labels = {"content": env._("Text"), "forum_id": env._("Theme")}
        return self._differences(post, form, words | saved, shown, labels)

    @route("/forum/fichiers/<int:file_id>", methods=["GET"], **ITEM)
    def file(self, file_id, **kw):
        return self._file(file_id)

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

    # Closing one's own question, which others have answered

    @route("/forum/<int:post_id>/fermer", methods=["POST"], **ITEM)
    def close(self, post_id, **kw):
        question, form = self._read(post_id, own=True), Form()
        form.send(question._close_own)
        if form.refusal:
            return self._render(question, sent=form)
        say(request.env._("Question closed."), undo=f"/forum/{question.id}/rouvrir")
        return request.redirect(f"/forum/{question.id}")

    @route("/forum/<int:post_id>/rouvrir", methods=["POST"], **ITEM)
    def reopen(self, post_id, **kw):
        question, form = self._read(post_id, own=True), Form()
        form.send(question._reopen_own)
        if form.refusal:
            return self._render(question, sent=form)
        say(request.env._("Question opened again."))
        return request.redirect(f"/forum/{question.id}")
