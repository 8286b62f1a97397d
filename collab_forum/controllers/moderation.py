import re

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.http import request, route

from odoo.addons.collab_contribution.controllers.moderation import ModerationCase

from .discussions import ITEM, Discussions

DISCUSSION = re.compile(r"(?:.*/forum/)?(\d{1,9})(?:[#?].*)?", re.DOTALL)
SIMILAR_READ = 20
SIMILAR_SHOWN = 5


class ForumModeration(ModerationCase, Discussions):
    """What those who moderate do with a discussion, beside what they do with any content."""

    _models = {"discussion": "forum.post", "commentaire": "collab.forum.comment"}
    _actions = {**ModerationCase._actions, "fermer": "_close", "rouvrir": "_reopen"}
    _forms = {**ModerationCase._forms, "deplacer": "_move", "fusionner": "_merge"}

    def _said_of(self, action):
        env = request.env
        said = {
            "fermer": env._("Closed. Those concerned are told."),
            "rouvrir": env._("Opened again. Those concerned are told."),
            "deplacer": env._("Moved. Those concerned are told."),
            "fusionner": env._("Merged. Those concerned are told."),
        }
        return said[action] if action in said else super()._said_of(action)

    def _texts(self, model):
        """:return Model | None: the texts that an address names"""
        return request.env[self._models[model]] if model in self._models else None

    # There is one queue for all contents: the addresses that mails have given lead there.

    @route("/forum/moderation", methods=["GET"], **ITEM)
    def forum_queue(self, **kw):
        self._check_moderates()
        return request.redirect("/moderation")

    @route([f"/forum/moderation/{page}" for page in ("corbeille", "suspendus", "journal")], methods=["GET"], **ITEM)
    def forum_page(self, **kw):
        self._check_moderates()
        return request.redirect(request.httprequest.path.removeprefix("/forum"))

    @route("/forum/moderation/<string:model>/<int:record_id>", methods=["GET"], **ITEM)
    def forum_case(self, model, record_id, **kw):
        return self._render_case(self._moderated(self._texts(model), record_id))

    def _render_case(self, record, **values):
        env = request.env
        post = record._post()
        is_question = record == post and not post.parent_id
        forms = {"deplacer", "fusionner"} if is_question and record.active else set()
        values = self._case_values(record, forms, is_question=is_question, is_comment=record != post, **values)
        typed = values["typed"]
        if is_question:
            networks, territories = env.user._audience_options()
            chosen_networks = [item for item in typed.get("networks", ()) if item in networks.ids]
            chosen_territories = [item for item in typed.get("territories", ()) if item in territories.ids]
            if "networks" not in typed:
                chosen_networks = post.audience_network_ids.ids
                chosen_territories = post.audience_territory_ids.ids
            kept = post._audience_kept(networks, territories)
            people, organisations = post._count_audience(
                {*chosen_networks, *(network["id"] for network in kept["kept_networks"])},
                {*chosen_territories, *kept["kept_territories"]},
            )
            forums = env["forum.forum"]._by_theme()
            values.update(
                networks=networks,
                territories=territories,
                chosen_networks=chosen_networks,
                chosen_territories=chosen_territories,
                people=people,
                organisations=organisations,
                # What it is about stays, archived or not.
                about_choices=self._about_choices(post),
                about=typed.get("territoire", str(post.territory_id.id or "")),
                themes=[(item, name) for item, name in env["collab.theme"]._labels().items() if item in forums],
                theme=typed.get("theme", str(post.forum_id.theme_id.id)),
                similar=self._similar_to(post),
                **kept,
            )
        return request.render("collab_forum.case", values)

    def _about_choices(self, question):
        """:return dict[int, str]: the territories that it may be about, with that of today"""
        labels, names = request.env["collab.territory"]._labels(), request.env["collab.territory"]._names()
        return labels | {number: names[number] for number in question.territory_id.ids}

    def _similar_to(self, question):
        """:return forum.post: discussions that ask the same, of the same people"""
        found = question._get_related_posts(SIMILAR_READ)
        return found.filtered(lambda other: other.audience_id == question.audience_id)[:SIMILAR_SHOWN]

    @route("/forum/moderation/<string:model>/<int:record_id>/<string:action>", methods=["POST"], **ITEM)
    def forum_moderate(self, model, record_id, action, file="", **kw):
        """Act on a text.

        :param str file: as ``ModerationCase._act``
        """
        record = self._moderated(self._texts(model), record_id)
        return self._act(record, action, file, self._typed(kw))

    @route("/forum/<int:post_id>/valider", methods=["POST"], **ITEM)
    def approve(self, post_id, on="1", **kw):
        self._check_moderates()
        post = self._read(post_id)
        return self._try(post, lambda: post._approve(on == "1"))

    def _typed(self, fields):
        typed = super()._typed(fields)
        typed |= {name: fields[name] for name in ("territoire", "theme", "vers", "autre") if name in fields}
        if "titre" in fields:
            form = request.httprequest.form
            for name in ("networks", "territories"):
                typed[name] = [int(number) for number in form.getlist(name) if number.isdecimal()]
        return typed

    # What the forms ask: each gives what is done with the reason

    def _correction(self, record, typed):
        post, env = record._post(), request.env
        if record != post:
            vals = {"body": typed.get("body", "")}
        else:
            vals = {"content": typed.get("contenu", "")}
        if record == post and not post.parent_id:
            vals["name"] = typed.get("titre", "")
            about = typed.get("territoire", "")
            if about != str(post.territory_id.id or ""):
                vals["territory_id"] = self._about(about)
            offered = env.user._audience_options()
            named = (typed.get("networks", ()), typed.get("territories", ()))
            wanted = [options.browse(ids) & options for options, ids in zip(offered, named, strict=True)]
            for field_name, records in post._audience_chosen(*wanted).items():
                if records != post[field_name]:
                    vals[field_name] = [Command.set(records.ids)]
        removed = [int(number) for number in request.httprequest.form.getlist("sans") if number.isdecimal()]

        def act(reason):
            record._check_stamp(typed.get("empreinte"))
            record._correct(vals, reason, removed)

        return act

    def _move(self, record, typed):
        question = self._only_post(record)
        theme = typed.get("theme", "")
        forum = request.env["forum.forum"]._by_theme().get(int(theme) if theme.isdecimal() else 0)

        return lambda reason: question._move(forum, reason)

    def _merge(self, record, typed):
        question = self._only_post(record)
        named = DISCUSSION.fullmatch((typed.get("autre") or typed.get("vers") or "").strip())
        number = int(named.group(1)) if named else 0

        def act(reason):
            kept = request.env["forum.post"].search([("id", "=", number)])._question()
            if not kept:
                raise UserError(
                    request.env._("Choose a discussion; or open it, copy its address, and paste it in the form.")
                )
            question._merge_into(kept, reason)

        return act

    def _only_post(self, record):
        # What was a question a minute ago may be an answer now: that is said.
        if record._post() != record:
            raise request.not_found()
        return record
