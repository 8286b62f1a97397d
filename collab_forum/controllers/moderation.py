import re

from odoo.exceptions import UserError
from odoo.fields import Command, Date
from odoo.http import request, route

from odoo.addons.collab_comptes.exceptions import AlreadyDone

from .discussions import ITEM, Discussions

MODELS = {"discussion": "forum.post", "commentaire": "collab.forum.comment"}
# What a button asks, with a reason and nothing else.
ACTIONS = {
    "accepter": "_accept",
    "garder": "_answer_flags",
    "masquer": "_hide",
    "montrer": "_show",
    "supprimer": "_remove",
    "remettre": "_restore",
    "fermer": "_close",
    "rouvrir": "_reopen",
}
# And with more, each in a form of its own.
FORMS = {
    "publier-correction": "_edit_acceptance",
    "refuser-correction": "_edit_refusal",
    "corriger": "_correction",
    "deplacer": "_move",
    "fusionner": "_merge",
    "suspendre": "_suspension",
    "retablir": "_resumption",
}
DISCUSSION = re.compile(r"(?:.*/forum/)?(\d{1,9})(?:[#?].*)?", re.DOTALL)
LOG_PAGE_SIZE = 30
SIMILAR_READ = 20
SIMILAR_SHOWN = 5


class Moderation(Discussions):
    """What those who moderate do, from the pages that everybody reads."""

    def _check_moderates(self):
        """:raises NotFound: to whom does not moderate, there is nothing here"""
        if not request.env.user.has_group("collab_reseaux.group_moderator"):
            raise request.not_found()

    def _moderated(self, model, record_id):
        """:return: the question, answer or comment that an address names, in the bin included
        :raises NotFound: the moderator reads none"""
        self._check_moderates()
        if model not in MODELS:
            raise request.not_found()
        everything = request.env[MODELS[model]].with_context(active_test=False)
        record = everything.search([("id", "=", record_id)]).with_env(request.env)
        if not record or not record._post()._addressed():
            raise request.not_found()
        return record

    # What there is to do, and what has been done

    @route("/forum/moderation", methods=["GET"], **ITEM)
    def queue(self, fait=None, **kw):
        self._check_moderates()
        return self._render_queue(done=fait)

    def _render_queue(self, **values):
        rows = request.env["forum.post"]._queue()
        shown = {"rows": rows, "sentence": request.env["forum.post"]._queue_sentence()}
        blank = {"done": None, "already": None, "error": None, "typed": {}}
        return request.render("collab_forum.queue", {**shown, **blank, **values})

    @route("/forum/moderation/corbeille", methods=["GET"], **ITEM)
    def bin(self, **kw):
        self._check_moderates()
        return request.render("collab_forum.bin", {"rows": request.env["forum.post"]._bin()})

    @route("/forum/moderation/suspendus", methods=["GET"], **ITEM)
    def suspended(self, fait=None, **kw):
        self._check_moderates()
        return self._render_suspended(done=fait)

    def _render_suspended(self, **values):
        rows = request.env["res.users"]._suspended_rows()
        blank = {"done": None, "already": None, "error": None}
        return request.render("collab_forum.suspended", {"rows": rows, **blank, **values})

    @route("/forum/moderation/suspendus/<int:user_id>", methods=["POST"], **ITEM)
    def resume(self, user_id, reason="", **kw):
        """Let a member write again."""
        self._check_moderates()
        # sudo: whether there is one; whether he is this moderator's is asked next
        person = request.env["res.users"].sudo().browse(user_id).exists().sudo(False)
        if not person or not person._may_resume():
            raise request.not_found()
        try:
            with request.env.cr.savepoint():
                person._resume(reason)
        except AlreadyDone as done:
            return self._render_suspended(already=str(done))
        except UserError as refusal:
            return self._render_suspended(error=str(refusal), error_at=user_id)
        return request.redirect("/forum/moderation/suspendus?fait=1#contenu")

    @route("/forum/moderation/journal", methods=["GET"], **ITEM)
    def log(self, page=1, **kw):
        self._check_moderates()
        Action = request.env["collab.forum.action"]
        last_page = max(1, -(-Action.search_count([]) // LOG_PAGE_SIZE))
        page = min(max(1, int(page)), last_page) if str(page).isdecimal() else 1
        actions = Action.search([], limit=LOG_PAGE_SIZE, offset=(page - 1) * LOG_PAGE_SIZE)
        values = {
            "rows": actions._rows(),
            "page": page,
            "last_page": last_page,
            "address": lambda page: f"/forum/moderation/journal?page={page}",
        }
        return request.render("collab_forum.log", values)

    # One text

    @route("/forum/moderation/<string:model>/<int:record_id>", methods=["GET"], **ITEM)
    def case(self, model, record_id, fait=None, **kw):
        """Show a text, why it has been flagged, what has been done to it, and all that may be."""
        return self._render_case(self._moderated(model, record_id), done=fait)

    def _render_case(self, record, **values):
        env = request.env
        post = record._post()
        is_question = record == post and not post.parent_id
        author = record.create_uid
        is_suspended = author._is_suspended()
        values = {
            "record": record,
            "case": record._case(),
            "base": record._case_url(),
            "is_question": is_question,
            "is_comment": record != post,
            "may_suspend": author._may_resume() if is_suspended else author._may_suspend(),
            "is_suspended": is_suspended,
            "done": None,
            "already": None,
            "error": None,
            "error_at": None,
            "typed": {},
            **values,
        }
        forms = {"boutons", "corriger"}
        forms |= {"deplacer", "fusionner"} if is_question and record.active else set()
        forms |= {"suspendre", "retablir"} if values["may_suspend"] else set()
        if values["error"] and values["error_at"] not in forms:
            # Somebody else has acted since: the page has no such form any more.
            values["error_at"] = "boutons"
        typed = values["typed"]
        values["value"] = typed.get("contenu", post.content if record == post else record.body)
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
                places=self._places(post),
                place=typed.get("territoire", str(post.territory_id.id or "")),
                themes=[(item, name) for item, name in env["collab.theme"]._labels().items() if item in forums],
                theme=typed.get("theme", str(post.forum_id.theme_id.id)),
                similar=self._similar_to(post),
                **kept,
            )
        return request.render("collab_forum.case", values)

    def _places(self, question):
        """:return dict[int, str]: the territories that it may be about, with that of today"""
        labels, names = request.env["collab.territory"]._labels(), request.env["collab.territory"]._names()
        return labels | {number: names[number] for number in question.territory_id.ids}

    def _similar_to(self, question):
        """:return forum.post: discussions that ask the same, of the same people"""
        found = question._get_related_posts(SIMILAR_READ)
        return found.filtered(lambda other: other.audience_id == question.audience_id)[:SIMILAR_SHOWN]

    @route("/forum/moderation/<string:model>/<int:record_id>/<string:action>", methods=["POST"], **ITEM)
    def moderate(self, model, record_id, action, reason="", file="", **kw):
        """Act on a text.

        :param str file: not empty when it is asked from the queue, to which one comes back
        """
        record = self._moderated(model, record_id)
        typed = self._typed(reason, kw)
        if action in ACTIONS and hasattr(record, ACTIONS[action]):
            act = getattr(record, ACTIONS[action])
        elif action in FORMS:
            act = getattr(self, FORMS[action])(record, typed)
        else:
            raise request.not_found()
        try:
            with request.env.cr.savepoint():
                act(reason)
        except AlreadyDone as done:
            return self._render_queue(already=str(done)) if file else self._render_case(record, already=str(done))
        except UserError as refusal:
            if file:
                where = f"{record._name}-{record.id}"
                return self._render_queue(error=str(refusal), error_at=where, typed={where: reason})
            at = action if action in FORMS else "boutons"
            return self._render_case(record, error=str(refusal), error_at=at, typed=typed)
        if file:
            return request.redirect("/forum/moderation?fait=1#contenu")
        return request.redirect(f"/forum/moderation/{model}/{record_id}?fait={action}#contenu")

    @route("/forum/<int:post_id>/valider", methods=["POST"], **ITEM)
    def approve(self, post_id, on="1", **kw):
        self._check_moderates()
        post = self._read(post_id)
        return self._try(post, lambda: post._approve(on == "1"))

    def _typed(self, reason, fields):
        form = request.httprequest.form
        typed = {"reason": reason}
        for name in ("titre", "territoire", "theme", "vers", "autre", "lu", "jusquau"):
            if name in fields:
                typed[name] = fields[name]
        if "contenu" in fields:
            typed["contenu"] = self._html(fields["contenu"], fields.get("riche"))
            typed["body"] = fields["contenu"]
        if "titre" in fields:
            for name in ("networks", "territories"):
                typed[name] = [int(number) for number in form.getlist(name) if number.isdecimal()]
        return typed

    # What the forms ask: each gives what is done with the reason

    def _edit_acceptance(self, record, typed):
        return lambda reason: record._accept_edit(reason, typed.get("lu"))

    def _edit_refusal(self, record, typed):
        return lambda reason: record._refuse_edit(reason, typed.get("lu"))

    def _correction(self, record, typed):
        post, env = record._post(), request.env
        if record != post:
            vals = {"body": typed.get("body", "")}
        else:
            vals = {"content": typed.get("contenu", "")}
        if record == post and not post.parent_id:
            vals["name"] = typed.get("titre", "")
            place = typed.get("territoire", "")
            if place != str(post.territory_id.id or ""):
                vals["territory_id"] = self._place(place)
            for name, field_name, offered in zip(
                ("networks", "territories"),
                ("audience_network_ids", "audience_territory_ids"),
                env.user._audience_options(),
                strict=True,
            ):
                # What this moderator is not offered stays as it was.
                chosen = (offered.browse(typed.get(name, ())) & offered) | (post[field_name] - offered)
                if chosen != post[field_name]:
                    vals[field_name] = [Command.set(chosen.ids)]
        removed = [int(number) for number in request.httprequest.form.getlist("sans") if number.isdecimal()]
        return lambda reason: record._correct(vals, reason, removed)

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

    def _suspension(self, record, typed):
        try:
            until = Date.to_date(typed.get("jusquau") or None)
        except ValueError:
            refusal = UserError(request.env._("Choose the last day in the calendar, or leave it empty."))

            def refuse(reason):
                raise refusal

            return refuse
        return lambda reason: record.create_uid._suspend(reason, until, record)

    def _resumption(self, record, typed):
        return record.create_uid._resume
