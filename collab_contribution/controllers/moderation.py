import functools

from odoo.exceptions import UserError
from odoo.fields import Date
from odoo.http import Controller, request, route
from odoo.tools import plaintext2html

from odoo.addons.collab_comptes.exceptions import AlreadyDone
from odoo.addons.collab_habillage.paging import Paging, address_of
from odoo.addons.collab_habillage.saying import say

from .forms import ITEM, Form, say_flagged

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
            "error": None,
            "error_at": None,
            "typed": {},
            # From the queue: where one goes back once it is done, and what one has chosen there.
            "file": "1" if request.params.get("file") == "1" else "",
            "likely": request.params.get("geste"),
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
        """Act on a text, then go back to its page, or to the queue or the bin. What is refused from the queue is shown
        on the page of the text, where the reason is written.

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
            say(done, "warn")
            return render() if render else self._render_case(record)
        except UserError as refusal:
            if file == "corbeille":
                return render(error=str(refusal))
            at = action if action in self._forms else "boutons"
            return self._render_case(record, error=str(refusal), error_at=at, typed=typed)
        # Put back from the page on which it was deleted.
        back = f"{record._case_url()}/remettre{f'?file={file}' if render else ''}"
        say(self._said_of(action), undo=back if action == "supprimer" else "")
        if render:
            return request.redirect("/moderation" if file == "1" else "/moderation/corbeille")
        return request.redirect(record._case_url())

    def _said_of(self, action):
        """:param str action: its name in the address
        :return str: what the next page says of it, once it is done"""
        env = request.env
        return {
            "garder": env._("Kept. Those concerned are told."),
            "maintenir": env._("Decision upheld. Those concerned are told."),
            "masquer": env._("Hidden. Those concerned are told."),
            "montrer": env._("Shown again. Those concerned are told."),
            "supprimer": env._("Deleted. Those concerned are told."),
            "remettre": env._("Restored. Those concerned are told."),
            "accepter": env._("Published. Those concerned are told."),
            "publier-correction": env._("Correction published. Those concerned are told."),
            "refuser-correction": env._("Correction refused. Those concerned are told."),
            "corriger": env._("Corrected. Those concerned are told."),
            "suspendre": env._("Suspended. Those concerned are told."),
            "retablir": env._("This person can write again. Those concerned are told."),
        }[action]

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
    def queue(self, **kw):
        self._check_moderates()
        return self._render_queue()

    def _render_queue(self):
        Queue = request.env["collab.queue"]
        items = Queue._items()
        shown = {"rows": Queue._rows(items), "sentence": Queue._sentence(items), "labels": Queue._labels()}
        return request.render("collab_contribution.queue", shown)

    @route("/moderation/corbeille", methods=["GET"], **ITEM)
    def bin(self, **kw):
        self._check_moderates()
        return self._render_bin()

    def _render_bin(self, error=None, **kw):
        if error:
            say(error, "bad")
        return request.render("collab_contribution.bin", {"rows": request.env["collab.queue"]._bin()})

    @route("/moderation/suspendus", methods=["GET"], **ITEM)
    def suspended(self, **kw):
        self._check_moderates()
        return self._render_suspended()

    def _render_suspended(self, **values):
        rows = request.env["res.users"]._suspended_rows()
        return request.render("collab_contribution.suspended", {"rows": rows, "error": None, **values})

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
            say(done, "warn")
            return self._render_suspended()
        except UserError as refusal:
            return self._render_suspended(error=str(refusal), error_at=user_id)
        say(self._said_of("retablir"))
        return request.redirect("/moderation/suspendus")

    @route("/moderation/journal", methods=["GET"], **ITEM)
    def log(self, page=1, **kw):
        self._check_moderates()
        Action = request.env["collab.action"]
        address = functools.partial(address_of, "/moderation/journal")
        paging = Paging(page, Action.search_count([]), LOG_PAGE_SIZE, address)
        actions = Action.search([], limit=paging.size, offset=paging.offset)
        return request.render("collab_contribution.log", {"rows": actions._rows(), "paging": paging})

    # One text

    @route("/moderation/<string:slug>/<int:record_id>", methods=["GET"], **ITEM)
    def case(self, slug, record_id, **kw):
        record = self._moderated(request.env["collab.queue"]._text_named(slug), record_id)
        if record._case_url() != f"/moderation/{slug}/{record_id}":
            return request.redirect(record._case_url())
        return self._render_case(record)

    @route("/moderation/<string:slug>/<int:record_id>/<string:action>", methods=["POST"], **ITEM)
    def moderate(self, slug, record_id, action, file="", **kw):
        record = self._moderated(request.env["collab.queue"]._text_named(slug), record_id)
        return self._act(record, action, file, self._typed(kw))

    @route("/signaler/<string:slug>/<int:record_id>", methods=["GET", "POST"], **ITEM)
    def flag(self, slug, record_id, reason="", jeton="", dialogue="", **kw):
        """Say to the moderators that something is wrong with a text, then go back to it."""
        texts = request.env["collab.queue"]._text_named(slug)
        record = texts.search([("id", "=", record_id)]) if texts is not None else None
        if not record:
            raise request.not_found()
        page, _hash, place = record._read_url().partition("#")
        asks = request.httprequest.method == "GET"
        # What is in the address is not read: a link could otherwise fill in somebody's form.
        form = Form("flag", {} if asks else {"reason": reason}, "" if asks else jeton)
        if not asks:
            form.send(lambda: record._report(reason))
        if asks or form.refusal:
            values = {"record": record, "form": form, "section_of": self._section(record)}
            return request.render("collab_contribution.flag_dialog" if dialogue else "collab_contribution.flag", values)
        say_flagged(place, form.sent_token)
        return request.redirect(page)

    # What the author of a text reads of a decision

    def _decision(self, action_id):
        """:return collab.action: a decision about what the current user wrote
        :raises NotFound: there is none"""
        action = request.env["collab.action"].search([("id", "=", action_id), ("author_id", "=", request.env.uid)])
        if not action or not action._decided():
            raise request.not_found()
        return action

    @route("/moderation/avis/<int:action_id>", methods=["GET"], **ITEM)
    def notice(self, action_id, **kw):
        return self._render_notice(self._decision(action_id))

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
        say(request.env._("Decision contested. Another person looks at it, and you will receive an e-mail."))
        return request.redirect(f"/moderation/avis/{action.id}")
