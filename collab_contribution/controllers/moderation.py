from odoo.exceptions import UserError
from odoo.fields import Date
from odoo.http import request

from odoo.addons.collab_comptes.exceptions import AlreadyDone

LOG_PAGE_SIZE = 30


class ModerationPages:
    """The pages from which those who moderate a kind of content act on it: queue, bin, suspended members, log, and a
    page for each text.

    A plain class, and not a ``Controller``: Odoo merges all the subclasses of a controller into one, and two kinds of
    content would then answer for each other. The controller of each kind inherits this class, declares the addresses,
    and says what it moderates.
    """

    # The model of the log, and the one that lists what awaits a moderator and what is in the bin.
    _log_model = None
    _queue_model = None
    # All three by names in addresses. _models: the models of the texts. _actions: the methods of a text that only need
    # a reason. _forms: the methods of this class for actions that have a form of their own.
    _models = {}
    _actions = {
        "accepter": "_accept",
        "garder": "_answer_flags",
        "masquer": "_hide",
        "montrer": "_show",
        "supprimer": "_remove",
        "remettre": "_restore",
    }
    _forms = {
        "publier-correction": "_edit_acceptance",
        "refuser-correction": "_edit_refusal",
        "corriger": "_correction",
        "suspendre": "_suspension",
        "retablir": "_resumption",
    }

    def _area(self):
        """:return dict: the part of the site that is moderated here: ``url`` and ``name`` of its list of contents,
        ``section`` of the menu, ``files`` (address of an attached file, without its number at the end), ``bin`` (title
        of the page of the bin)"""
        raise NotImplementedError

    def _correction(self, record, typed):
        """:param dict typed: the fields of the forms, as they were typed
        :return Callable[[str], None]: corrects a text; its argument is the reason"""
        raise NotImplementedError

    def _check_moderates(self):
        """:raises NotFound: the current user is not a moderator: for him, these pages do not exist"""
        if not request.env.user.has_group("collab_reseaux.group_moderator"):
            raise request.not_found()

    def _moderated(self, model, record_id):
        """:return: the text that an address names, even if it is in the bin
        :raises NotFound: there is none, or the current user does not moderate it"""
        self._check_moderates()
        if model not in self._models:
            raise request.not_found()
        everything = request.env[self._models[model]].with_context(active_test=False)
        record = everything.search([("id", "=", record_id)]).with_env(request.env)
        if not record or not record._post()._addressed():
            raise request.not_found()
        return record

    # What there is to do, and what has been done

    def _render_queue(self, **values):
        Queue = request.env[self._queue_model]
        shown = {"rows": Queue._queue(), "sentence": Queue._queue_sentence(), "area": self._area()}
        blank = {"done": None, "already": None, "error": None, "typed": {}}
        return request.render("collab_contribution.queue", {**shown, **blank, **values})

    def _render_bin(self):
        rows = request.env[self._queue_model]._bin()
        return request.render("collab_contribution.bin", {"rows": rows, "area": self._area()})

    def _render_suspended(self, **values):
        shown = {"rows": request.env["res.users"]._suspended_rows(), "area": self._area()}
        blank = {"done": None, "already": None, "error": None}
        return request.render("collab_contribution.suspended", {**shown, **blank, **values})

    def _resume_member(self, user_id, reason):
        """Let a member write again, or say why not."""
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
        return request.redirect(f"{self._area()['url']}/moderation/suspendus?fait=1#contenu")

    def _render_log(self, page):
        Action, area = request.env[self._log_model], self._area()
        last_page = max(1, -(-Action.search_count([]) // LOG_PAGE_SIZE))
        page = min(max(1, int(page)), last_page) if str(page).isdecimal() else 1
        actions = Action.search([], limit=LOG_PAGE_SIZE, offset=(page - 1) * LOG_PAGE_SIZE)
        values = {
            "rows": actions._rows(),
            "page": page,
            "last_page": last_page,
            "address": lambda page: f"{area['url']}/moderation/journal?page={page}",
            "area": area,
        }
        return request.render("collab_contribution.log", values)

    # One text

    def _render_case(self, record, **values):
        """Show a text, why it has been flagged, what has been done to it, and what can be done to it."""
        raise NotImplementedError

    def _case_values(self, record, forms, **values):
        """
        :param Collection[str] forms: the forms of this kind of content that the page shows now, except ``corriger``
        :return dict: what ``collab_contribution.case`` shows of a text"""
        post, author = record._post(), record.create_uid
        is_suspended = author._is_suspended()
        values = {
            "area": self._area(),
            "record": record,
            "case": record._case(),
            "base": record._case_url(),
            "stamp": record._stamp(),
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
        forms = {"boutons", "corriger", *forms}
        forms |= {"suspendre", "retablir"} if values["may_suspend"] else set()
        if values["error"] and values["error_at"] not in forms:
            # Somebody else has acted since: the page has no such form any more, and shows the error at the buttons.
            values["error_at"] = "boutons"
        values["value"] = values["typed"].get("contenu", post.content if record == post else record.body)
        return values

    def _act(self, record, action, reason, file, typed):
        """Act on a text, then go back to its page, or to the queue. A refusal is shown there.

        :param str action: its name in the address
        :param str file: not empty when the form was in the queue ("file" is French for queue)
        :param dict typed: the fields of the forms, as they were typed
        """
        if action in self._actions and hasattr(record, self._actions[action]):
            act = getattr(record, self._actions[action])
        elif action in self._forms:
            act = getattr(self, self._forms[action])(record, typed)
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
            at = action if action in self._forms else "boutons"
            return self._render_case(record, error=str(refusal), error_at=at, typed=typed)
        if file:
            return request.redirect(f"{self._area()['url']}/moderation?fait=1#contenu")
        return request.redirect(f"{record._case_url()}?fait={action}#contenu")

    # The actions of _forms: each method returns the function to call with the reason

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
