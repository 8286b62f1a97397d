from werkzeug.exceptions import BadRequest, NotFound

from odoo.http import request, route

from odoo.addons.web.controllers.dataset import DataSet

from ..calls import clean_context

# What the web client asks for, and what answers: all the fields of a model are no business of a search bar.
ANSWERED_BY = {"fields_get": "searched_fields_get"}


def _readonly(controller, rule, args):
    """Core looks at what is called before anything is checked."""
    try:
        return controller._call_kw_readonly(rule, args)
    except (KeyError, TypeError) as error:
        raise BadRequest() from error


class Calls(DataSet):
    """The only ways by which a model is called from outside, closed to what the models do not list."""

    def _checked(self, model, method, args, kwargs):
        """:return dict: the arguments by name, without what a client may not put in the context
        :raises BadRequest: this is no call
        :raises NotFound: nobody may call this, or not who asks; no word tells which, nor whether it exists
        """
        if not (isinstance(model, str) and isinstance(method, str)):
            raise BadRequest()
        if not (isinstance(args, list) and isinstance(kwargs, dict) and isinstance(kwargs.get("context") or {}, dict)):
            raise BadRequest()
        if not request.env["base"]._may_call_on(model, method):
            raise NotFound()
        return {**kwargs, "context": clean_context(kwargs.get("context"))}

    @route(readonly=_readonly)
    def call_kw(self, model, method, args, kwargs, path=None):
        if isinstance(method, str):
            method = ANSWERED_BY.get(method, method)
        return super().call_kw(model, method, args, self._checked(model, method, args, kwargs), path)

    @route(readonly=_readonly)
    def call_button(self, model, method, args, kwargs, path=None):
        return super().call_button(model, method, args, self._checked(model, method, args, kwargs), path)
