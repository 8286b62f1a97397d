from urllib.parse import urlencode

from odoo.http import request, route

from odoo.addons.collab_contribution.controllers.forms import ITEM, Form, Forms
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
# What the audience picker offers.
SIDE_MODELS = ("collab.network", "collab.territory")


class Discussions(Forms, WebsiteForum):
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
        Post, form = request.env["forum.post"], Form("demander")
        # What is in the address is not read: a link could otherwise fill in somebody's form.
        if request.httprequest.method == "POST":
            form = Form("demander", {"content": self._html(contenu, riche), "files": fichiers}, jeton)
            vals = {"content": form.values["content"], **self._read_question(form, Post, titre, theme, territoire)}
            number = form.send(lambda: self._write(vals, fichiers))
            if not form.refusal:
                return request.redirect(f"/forum/{number}?pose=1")
        values = {**self._question_shown(form, Post), "drafted": request.env["collab.draft"]._of(self._draft_of())}
        return request.render("collab_forum.ask", {"form": form, "chunk": CHUNK_MAX_BYTES, **values})

    def _write(self, vals, files):
        """Write a question or an answer.

        :param dict vals: of the ``forum.post``
        :param str files: as the form tells them
        :return int: its identifier
        """
        env = request.env
        post = env["forum.post"].create(vals)
        env["collab.forum.attachment"]._attach(post, sent_with(files))
        env["collab.draft"]._drop(self._draft_of(post.parent_id.id))
        return post.id

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
        return self._render_discussion(post, page)

    def _render_discussion(self, question, page=1, sent=None):
        """
        :param Form | None sent: the form of this page that has just been refused
        """
        Post, sent = request.env["forum.post"], sent or Form()
        reading = Post._reading()
        if question.id in question._new_among(reading.marks):
            question._mark_seen()
            reading.marks.setdefault("seen", {})[question.id] = question.content_date
        number, addressed = question._count_answers(), bool(question._addressed())
        last_page = max(1, -(-number // ANSWERS_SHOWN))
        page = min(max(1, int(page)), last_page) if str(page).isdecimal() else 1
        answers = question._answers(limit=ANSWERS_SHOWN, offset=(page - 1) * ANSWERS_SHOWN)
        rows = Post._page_rows(question | answers)
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
                    for item, forum in request.env["forum.forum"]._by_theme().items()
                    if forum == question.forum_id.id
                ),
                None,
            ),
            "about": request.env["collab.territory"]._names().get(question.territory_id.id, ""),
            "audience": request.env["collab.audience"]._html(question.audience_id.id),
            "marks": {kind for kind in ("favourite", "follow") if question.id in reading.marks.get(kind, {})},
            "may_correct": may_correct,
            "is_open": is_open,
            "moderates": addressed and request.env.user.has_group("collab_reseaux.group_moderator"),
            "page": page,
            "last_page": last_page,
            "address": lambda page: f"/forum/{question.id}?page={page}",
            "sent": sent,
            "drafted": request.env["collab.draft"]._of(self._draft_of(question.id)),
            "chunk": CHUNK_MAX_BYTES,
        }
        return request.render("collab_forum.discussion", values)

    def _forms_of(self, rows, is_open, may_correct):
        """:return set[str]: the names of the forms in which one types, on the page of a discussion"""
        names = {"repondre"} if is_open else set()
        for row in rows:
            names |= {f"commenter-{row['id']}"} if is_open else set()
            names |= set() if row["mine"] else {f"signaler-{row['id']}"}
            for said in row["comments"]:
                names |= {f"signaler-commentaire-{said['id']}"} if not said["mine"] else set()
                names |= {f"corriger-commentaire-{said['id']}"} if said["mine"] and may_correct else set()
        return names

    def _read(self, post_id, own=False):
        """
        :param bool own: whether it must be that of who asks
        :return forum.post: a question or an answer that the reader may read
        :raises NotFound: there is none"""
        post = request.env["forum.post"].search_fetch([("id", "=", post_id)], ACTED_ON)
        if not post or (own and post.create_uid != request.env.user):
            raise request.not_found()
        return post

    @route("/forum/<int:post_id>/repondre", methods=["POST"], **ITEM)
    def answer(self, post_id, contenu="", riche="", fichiers="", jeton="", **kw):
        form = Form("repondre", {"content": self._html(contenu, riche), "files": fichiers}, jeton)
        vals = {"parent_id": post_id, "content": form.values["content"]}
        number = form.send(lambda: self._write(vals, fichiers))
        if form.refusal:
            # Not found, for who may not read the question.
            return self._render_refused(self._read(post_id), form)
        return request.redirect(request.env["forum.post"].browse(number)._url("dit=1"))

    def _render_refused(self, post, form):
        """:param forum.post post: about which something has been asked in vain"""
        whole = request.env["forum.post"]._for_page(post._question().id)
        return self._render_discussion(whole, post._page(), form)

    def _try(self, post, act, form=None, said=""):
        """Do something with a post, or say on its page why not, with what was typed.

        :param str said: a query, for what the page says once it is done
        """
        form = form or Form()
        form.send(act)
        return self._render_refused(post, form) if form.refusal else request.redirect(post._url(said))

    @route("/forum/<int:post_id>/commenter", methods=["POST"], **ITEM)
    def comment(self, post_id, body="", jeton="", **kw):
        post, form = self._read(post_id), Form(f"commenter-{post_id}", {"body": body}, jeton)
        vals = {"post_id": post.id, "body": body}
        return self._try(post, lambda: request.env["collab.forum.comment"].create(vals).id, form, "dit=1")

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
        post, form = self._read(post_id), Form(f"signaler-{post_id}", {"reason": reason}, jeton)
        form.send(lambda: post._report(reason))
        if form.refusal:
            return self._render_refused(post, form)
        return request.redirect(f"/forum/{post._question().id}?signale=1")

    # Correcting

    @route("/forum/<int:post_id>/corriger", methods=["GET", "POST"], **ITEM)
    def correct(self, post_id, titre="", contenu="", riche="", theme=None, territoire="", fichiers="", **kw):
        """Correct one's own question or answer."""
        post, form = self._read(post_id, own=True), Form("corriger")
        if request.httprequest.method == "POST":
            form.values = {"content": self._html(contenu, riche), "files": fichiers}
            vals, removed = {"content": form.values["content"]}, self._ticked("sans")
            if not post.parent_id and theme is not None:
                vals |= self._read_question(form, post, titre, theme, territoire)
            elif not post.parent_id:
                # A page that was open before it had all the fields changes none of those.
                form.values["name"] = vals["name"] = titre
            form.send(lambda: self._correct(post, vals, fichiers, removed), post, kw.get("empreinte"))
            if not form.refusal:
                return request.redirect(post._url())
        return self._render_correction(post, form)

    def _correct(self, post, vals, files, removed):
        Attachment = request.env["collab.forum.attachment"]
        Attachment.search([("id", "in", removed), ("post_id", "=", post.id)])._detach()
        post.write(vals)
        Attachment._attach(post, sent_with(files))

    def _render_correction(self, post, form):
        env = request.env
        [row] = env["forum.post"]._page_rows(env["forum.post"]._for_page(post.id))
        # What its author has corrected last, even if it waits for a moderator.
        opened = {"name": post.name, "content": row["content"], "files": [], **(row["edit"] or {})}
        values = {
            "post": post,
            "row": row,
            "opened": opened,
            "form": form,
            "files": row["files"] + opened["files"],
            "chunk": CHUNK_MAX_BYTES,
        }
        if not post.parent_id:
            values |= self._question_shown(form, post)
        if form.field == "stamp":
            form.differences = self._differences(post, form, opened)
        return request.render("collab_forum.correct", values)

    def _differences(self, post, form, opened):
        """:return list[tuple[str, str]]: what is saved of a text where its form says something else"""
        env, typed = request.env, form.values
        show_text = env["ir.qweb.field.collab_rich_text"].value_to_html
        rows = [(env._("Text"), clean(typed["content"]) == opened["content"], show_text(opened["content"], {}))]
        if "name" in typed:
            rows.insert(0, (env._("Title"), typed["name"] == opened["name"], opened["name"]))
        if "forum_id" in typed:
            chosen = typed["networks"], typed["territories"]
            wanted = post._audience_chosen(*(env[of].browse(ids) for of, ids in zip(SIDE_MODELS, chosen, strict=True)))
            territory = env["collab.territory"]._names().get(post.territory_id.id, "—")
            theme = env["forum.forum"]._labels().get(post.forum_id.id, "—")
            rows += [
                (env._("Theme"), typed["forum_id"] == post.forum_id.theme_id.id, theme),
                (env._("About the territory"), typed["territory_id"] == post.territory_id.id, territory),
                (
                    env._("Who reads it?"),
                    all(to == post[name] for name, to in wanted.items()),
                    env["collab.audience"]._html(post.audience_id.id),
                ),
            ]
        return [(label, saved) for label, is_same, saved in rows if not is_same]

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
        post = self._read(post_id, own=True)
        question = post.parent_id
        post._withdraw()
        return request.redirect(question._url() if question else "/forum?retire=1")
