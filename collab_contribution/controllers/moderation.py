from odoo.exceptions import UserError
from odoo.fields import Date
from odoo.http import Controller, request, route
from odoo.tools import plaintext2html

from odoo.addons.collab_comptes.exceptions import AlreadyDone

from .forms import ITEM, Form

LOG_PAGE_SIZE = 30


class ModerationCase:
    """The page from which a moderator acts on a text.

    A plain class, and not a ``Controller``: Odoo merges all the subclasses of a controller into one, and two kinds of
    content would then answer for each other. A kind of content that has actions of its own has a controller that
    inherits this class, declares the addresses, and says what its forms do; ``Moderation`` serves all the others.
    """

    # Both by names in addresses. _actions: the methods of a text that only need a reason. _forms: the methods of this
    # class for actions that have a form of their own.
    _actions = {
        "garder": "_answer_flags",
        "maintenir": "_uphold",
        "masquer": "_hide",
        "montrer": "_show",
        "supprimer": "_remove",
        "remettre": "_restore",
    }
    _forms = {
        "accepter": "_acceptance",
        "publier-correction": "_edit_acceptance",
        "refuser-correction": "_edit_refusal",
        "corriger": "_correction",
        "suspendre": "_suspension",
        "retablir": "_resumption",
    }

    def _check_moderates(self):
        """:raises NotFound: the current user is not a moderator: for him, these pages do not exist"""
        if not request.env.user.has_group("collab_reseaux.group_moderator"):
            raise request.not_found()

    def _moderated(self, texts, record_id):
        """
        :param Model | None texts: of this kind
        :return: the text that an address names, even if it is in the bin
        :raises NotFound: there is none, or the current user does not moderate it"""
        self._check_moderates()
        if texts is None:
            raise request.not_found()
        record = texts.with_context(active_test=False).search([("id", "=", record_id)]).with_env(request.env)
        if not record or not record._post()._addressed():
            raise request.not_found()
        return record

    def _section(self, record):
        """:return dict: where this text stands on the site: ``slug`` of the entry of the menu, ``url`` and ``name`` of
        the list"""
        said = record._post()._content()
        return {"slug": record._post()._slug, "url": said.address, "name": said.name}

    def _render_case(self, record, **values):
        """Show a text, why it has been flagged, what has been done to it, and what can be done to it."""
        return request.render("collab_contribution.case_page", self._case_values(record, (), **values))

    def _case_values(self, record, forms, **values):
        """
        :param Collection[str] forms: the forms of this kind of content that the page shows now, except ``corriger``
        :return dict: what ``collab_contribution.case`` shows of a text"""
        author = record.create_uid
        is_suspended = author._is_suspended()
        values = {
            "section_of": self._section(record),
            "record": record,
            "case": record._case(),
            "base": record._case_url(),
            "stamp": record._stamp(),
            "words": record._words(),
            "reasons": request.env["collab.reason"]._choices(),
            "may_suspend": author._may_resume() if is_suspended else author._may_suspend(),
            "is_suspended": is_suspended,
            "done": None,
            "already": None,
            "error": None,
            "error_at": None,
            "typed": {},
            **values,
        }
        forms = {"boutons", "corriger", *forms}
        forms |= {"suspendre", "retablir"} if values["may_suspend"] else set()
        if values["error"] and values["error_at"] not in forms:
            # Somebody else has acted since: the page has no such form any more, and shows the error at the buttons.
            values["error_at"] = "boutons"
        # What the editor holds.
        values["value"] = values["typed"].get("contenu", record._rich())
        return values

    def _act(self, record, action, file, typed):
        """Act on a text, then go back to its page, or to the queue or the bin. A refusal is shown there.

        :param str action: its name in the address
        :param str file: where the form was: ``1`` in the queue ("file" is French for queue), ``corbeille`` in the bin
        :param dict typed: the fields of the forms, as they were typed
        """
        if action in self._actions and hasattr(record, self._actions[action]):
            act = getattr(record, self._actions[action])
        elif action in self._forms:
            act = getattr(self, self._forms[action])(record, typed)
        else:
            raise request.not_found()
        reason = request.env["collab.reason"]._joined(typed.get("motif"), typed.get("reason"))
        pages = Moderation()
        render = {"1": pages._render_queue, "corbeille": pages._render_bin}.get(file)
        try:
            with request.env.cr.savepoint():
                act(reason)
        except AlreadyDone as done:
            return render(already=str(done)) if render else self._render_case(record, already=str(done))
        except UserError as refusal:
            if render:
                where = f"{record._name}-{record.id}"
                return render(error=str(refusal), error_at=where, typed={where: typed})
            at = action if action in self._forms else "boutons"
            return self._render_case(record, error=str(refusal), error_at=at, typed=typed)
        if render:
            return request.redirect(f"/moderation{'' if file == '1' else '/corbeille'}?fait={action}#contenu")
        return request.redirect(f"{record._case_url()}?fait={action}#contenu")

    def _typed(self, fields):
        """:param dict fields: of a form
        :return dict: what was typed"""
        names = ("reason", "motif", "lu", "jusquau", "empreinte", "titre")
        typed = {name: fields[name] for name in names if name in fields}
        if "contenu" in fields:
            text = fields["contenu"]
            typed["contenu"] = text if fields.get("riche") == "1" else str(plaintext2html(text))
            typed["body"] = text
        return typed

    # The actions of _forms: each method returns the function to call with the reason

    def _correction(self, record, typed):
        """:param dict typed: the fields of the forms, as they were typed
        :return Callable[[str], None]: corrects a text; its argument is the reason"""
        sent = {"name": "titre", "content": "contenu", "body": "body"}
        vals = {field: typed.get(sent[word], "") for word, field in record._words().items()}
        removed = [int(number) for number in request.httprequest.form.getlist("sans") if number.isdecimal()]

        def act(reason):
            record._check_stamp(typed.get("empreinte"))
            record._correct(vals, reason, removed)

        return act

    def _acceptance(self, record, typed):
        def act(reason):
            # Nothing is published that he has not read: its author may have changed it meanwhile.
            record._check_stamp(typed.get("empreinte"))
            record._accept(reason)

        return act

    def _edit_acceptance(self, record, typed):
        return lambda reason: record._accept_edit(reason, typed.get("lu"))

    def _edit_refusal(self, record, typed):
        return lambda reason: record._refuse_edit(reason, typed.get("lu"))

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


class Moderation(ModerationCase, Controller):
    """The pages of the moderators, for all contents: queue, bin, suspended members, log, and the page of each text; and
    the page where an author reads what has been decided about his text, and contests it."""

    @route("/moderation", methods=["GET"], **ITEM)
    def queue(self, fait=None, **kw):
        self._check_moderates()
        return self._render_queue(done=fait)

    def _render_queue(self, **values):
        Queue = request.env["collab.queue"]
        items = Queue._items()
        shown = {"rows": Queue._rows(items), "sentence": Queue._sentence(items), "labels": Queue._labels()}
        blank = {"done": None, "already": None, "error": None, "error_at": None, "typed": {}}
        if values.get("error_at") not in {f"{row['model']}-{row['id']}" for row in shown["rows"]}:
            # Somebody else has acted since: the row is not there any more, and the error stands above all.
            values["error_at"] = None
        reasons = request.env["collab.reason"]._choices()
        return request.render("collab_contribution.queue", {"reasons": reasons, **shown, **blank, **values})

    @route("/moderation/corbeille", methods=["GET"], **ITEM)
    def bin(self, fait=None, **kw):
        self._check_moderates()
        return self._render_bin(done=fait)

    def _render_bin(self, **values):
        blank = {"done": None, "already": None, "error": None}
        return request.render(
            "collab_contribution.bin", {"rows": request.env["collab.queue"]._bin(), **blank, **values}
        )

    @route("/moderation/suspendus", methods=["GET"], **ITEM)
    def suspended(self, fait=None, **kw):
        self._check_moderates()
        return self._render_suspended(done=fait)

    def _render_suspended(self, **values):
        blank = {"done": None, "already": None, "error": None}
        rows = request.env["res.users"]._suspended_rows()
        return request.render("collab_contribution.suspended", {"rows": rows, **blank, **values})

    @route("/moderation/suspendus/<int:user_id>", methods=["POST"], **ITEM)
    def resume(self, user_id, reason="", **kw):
        """Let a member write again, or say why not."""
        self._check_moderates()
        # sudo: only to know whether this account exists; the next line checks what this moderator may do
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
        return request.redirect("/moderation/suspendus?fait=1#contenu")

    @route("/moderation/journal", methods=["GET"], **ITEM)
    def log(self, page=1, **kw):
        self._check_moderates()
        Action = request.env["collab.action"]
        last_page = max(1, -(-Action.search_count([]) // LOG_PAGE_SIZE))
        page = min(max(1, int(page)), last_page) if str(page).isdecimal() else 1
        actions = Action.search([], limit=LOG_PAGE_SIZE, offset=(page - 1) * LOG_PAGE_SIZE)
        values = {
            "rows": actions._rows(),
            "page": page,
            "last_page": last_page,
            "address": lambda page: f"/moderation/journal?page={page}",
        }
        return request.render("collab_contribution.log", values)

    # One text

    @route("/moderation/<string:slug>/<int:record_id>", methods=["GET"], **ITEM)
    def case(self, slug, record_id, fait=None, **kw):
        record = self._moderated(request.env["collab.queue"]._text_named(slug), record_id)
        if record._case_url() != f"/moderation/{slug}/{record_id}":
            return request.redirect(record._case_url())
        return self._render_case(record, done=fait)

    @route("/moderation/<string:slug>/<int:record_id>/<string:action>", methods=["POST"], **ITEM)
    def moderate(self, slug, record_id, action, file="", **kw):
        record = self._moderated(request.env["collab.queue"]._text_named(slug), record_id)
        return self._act(record, action, file, self._typed(kw))

    @route("/signaler/<string:slug>/<int:record_id>", methods=["POST"], **ITEM)
    def flag(self, slug, record_id, reason="", jeton="", **kw):
        """Say to the moderators that something is wrong with a text, then go back to it."""
        texts = request.env["collab.queue"]._text_named(slug)
        record = texts.search([("id", "=", record_id)]) if texts is not None else None
        if not record:
            raise request.not_found()
        url = record._read_url()
        page, _hash, anchor = url.partition("#")
        form = Form("flag", {"reason": reason}, jeton)
        form.send(lambda: record._report(reason))
        if form.refusal:
            values = {"record": record, "slug": slug, "error": form.error, "reason": reason, "token": form.token}
            return request.render("collab_contribution.flag", {"section_of": self._section(record), **values})
        return request.redirect(f"{page}?signale=1{'#' + anchor if anchor else ''}")

    # What the author of a text reads of a decision

    def _decision(self, action_id):
        """:return collab.action: a decision about what the current user wrote
        :raises NotFound: there is none"""
        action = request.env["collab.action"].search([("id", "=", action_id), ("author_id", "=", request.env.uid)])
        if not action or not action._decided():
            raise request.not_found()
        return action

    @route("/moderation/avis/<int:action_id>", methods=["GET"], **ITEM)
    def notice(self, action_id, fait=None, **kw):
        return self._render_notice(self._decision(action_id), done=fait)

    def _render_notice(self, action, **values):
        # sudo: the text may be closed to its author; it is looked at again with his own rights
        text = action.sudo()._about()
        readable = text and text.sudo(False).with_context(active_test=False).search([("id", "=", text.id)])
        values = {
            "action": action,
            "row": action._rows()[0],
            "decided": action._decided(),
            "text": readable if readable and readable.active else None,
            "may_contest": action._may_be_contested(),
            "contested": action._contestation(),
            "done": None,
            "error": None,
            "reason": "",
            **values,
        }
        return request.render("collab_contribution.notice", values)

    @route("/moderation/avis/<int:action_id>/contester", methods=["POST"], **ITEM)
    def contest(self, action_id, reason="", **kw):
        """Say that one does not agree with a decision."""
        action = self._decision(action_id)
        try:
            with request.env.cr.savepoint():
                action._contest(reason)
        except AlreadyDone:
            # A second click: what he said is on the page.
            return self._render_notice(action)
        except UserError as refusal:
            return self._render_notice(action, error=str(refusal), reason=reason)
        return request.redirect(f"/moderation/avis/{action.id}?fait=1#contenu")
