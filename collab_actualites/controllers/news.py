from odoo.http import Controller, request, route

from odoo.addons.collab_contribution.controllers.feeds import Feeds
from odoo.addons.collab_contribution.controllers.forms import ITEM, Form
from odoo.addons.collab_fichiers.models.collab_upload import CHUNK_MAX_BYTES
from odoo.addons.collab_habillage.paging import number_in
from odoo.addons.collab_reseaux.moments import today

from ..models.collab_news_type import UNFOLDS


class News(Feeds, Controller):
    """The news feed, its archives, the page of an item, and the form by which one is published."""

    _model = "collab.news"

    @route("/actualites", methods=["GET"], **ITEM)
    def feed(self, **kw):
        shown = self._feed_shown(kw)
        days = [(news, (news.deadline - today()).days) for news in shown["due"]]
        return request.render("collab_actualites.feed", {**shown, "due": days})

    @route("/actualites/archives", methods=["GET"], **ITEM)
    def archives(self, page=1, **kw):
        return request.render("collab_actualites.archives", self._archives_shown("/actualites/archives", page))

    # One of them

    @route("/actualites/<int:news_id>", methods=["GET"], **ITEM)
    def item(self, news_id, avant=None, **kw):
        return self._render(self._read(news_id), before=avant)

    def _render(self, content, before=None, sent=None):
        shown = self._item_shown(content, before, sent or Form())
        contracts = dict(content._fields["contract"]._description_selection(request.env))
        return request.render("collab_actualites.news", {**shown, "contract": contracts.get(content.contract)})

    @route("/actualites/<int:news_id>.ics", methods=["GET"], **ITEM)
    def calendar(self, news_id, **kw):
        return self._calendar(self._read(news_id))

    @route("/actualites/fichiers/<int:file_id>", methods=["GET"], **ITEM)
    def file(self, file_id, **kw):
        return self._file(file_id)

    @route("/actualites/<int:news_id>/commenter", methods=["POST"], **ITEM)
    def comment(self, news_id, body="", jeton="", **kw):
        return self._comment(self._read(news_id), body, jeton)

    @route("/actualites/<int:news_id>/commentaires/<int:comment_id>/corriger", methods=["POST"], **ITEM)
    def correct_comment(self, news_id, comment_id, body="", empreinte=None, **kw):
        return self._correct_comment(self._read(news_id), comment_id, body, empreinte)

    @route("/actualites/<int:news_id>/epingler", methods=["POST"], **ITEM)
    def pin(self, news_id, jusquau="", on="1", **kw):
        return self._pin(self._read(news_id), jusquau, on == "1")

    # Publishing, and correcting

    @route("/actualites/publier", methods=["GET", "POST"], **ITEM)
    def publish(self, depuis="", fichiers="", jeton="", **kw):
        News, form = request.env["collab.news"], Form("publier")
        # What is in the address is not read: a link could otherwise fill in somebody's form.
        if request.httprequest.method == "POST":
            form = Form("publier", {"files": fichiers}, jeton)
            vals = self._read_news(form, News, kw)
            if done := self._publish(form, vals, "actualite", request.env._("News item published.")):
                return done
        like = self._read(number_in(depuis)) if depuis.isdecimal() else News
        return self._render_form(form, News, like, drafted=request.env["collab.draft"]._of("actualite"))

    @route("/actualites/<int:news_id>/corriger", methods=["GET", "POST"], **ITEM)
    def correct(self, news_id, fichiers="", empreinte=None, **kw):
        news, form = self._read(news_id, own=True), Form("corriger")
        if request.httprequest.method == "POST":
            form = Form("corriger", {"files": fichiers})
            vals = self._read_news(form, news, kw)
            if done := self._correct_own(form, news, vals, empreinte):
                return done
        return self._render_form(form, news, news)

    def _read_news(self, form, news, sent):
        """:return dict: what is written of a news item, as the form says it; of one that is corrected, what differs"""
        types, contracts = request.env["collab.news.type"], dict(news._fields["contract"].selection)
        vals = {
            **self._read_event(form, sent),
            "type_id": form.take("type_id", sent.get("type", ""), self._one_of({*types._labels(), *news.type_id.ids})),
            "deadline": form.take("deadline", sent.get("date_limite", ""), self._date),
            "keep_until": form.take("keep_until", sent.get("jusquau", ""), self._date),
            "contract": form.take("contract", sent.get("contrat", ""), lambda text: text in contracts and text),
            "hours": form.take("hours", sent.get("heures", ""), self._line),
        }
        if news:
            # All of its words: a correction of them may wait already.
            vals = {**{name: vals[name] for name in news._text_fields()}, **self._changed(news, vals)}
        return {**vals, **self._read_audience(form, news)}

    def _render_form(self, form, news, like, **values):
        """:param collab.news like: that is corrected; or from which a new one is made, but for its days"""
        types = request.env["collab.news.type"]._described()
        saved = {**self._event_saved(like), **{name: like[name] for name in ("contract", "hours")}}
        saved |= {"type_id": like.type_id.id, "deadline": like.deadline, "keep_until": like.keep_until}
        if not news:
            saved |= dict.fromkeys(("start", "stop", "deadline", "keep_until"), False)
        opened = self._opened(news) if news else {}
        saved |= {name: opened[name] for name in saved.keys() & opened.keys()}
        if form.field == "stamp":
            form.differences = self._differences(news, form, {**saved, "commune": form.value("commune")})
        values |= {
            **{"form": form, "news": news, "opened": opened, "saved": saved, "chunk": CHUNK_MAX_BYTES},
            "kinds": {number: one for number, one in types.items() if one["active"] or number == like.type_id.id},
            "unfolds": UNFOLDS,
            "contracts": like._fields["contract"]._description_selection(request.env),
            **self._audience_shown(form, like),
        }
        return request.render("collab_actualites.publish", values)
