from werkzeug.exceptions import BadRequest, NotFound

from odoo.http import request, route

from odoo.addons.web.controllers.dataset import DataSet

from ..calls import clean_context

# Methods that the web client calls, and the one that answers in their place: a filter editor must not list all the
# fields of a model.
ANSWERED_BY = {"fields_get": "searched_fields_get"}


def _readonly(controller, rule, args):
    """Answer 400 when the arguments make no sense: core reads them here, before ``_checked`` sees them."""
    try:
        return controller._call_kw_readonly(rule, args)
    except (KeyError, TypeError) as error:
        raise BadRequest() from error


class Calls(DataSet):
    """The two routes by which a client calls a model, limited to what the models list in ``_calls``."""

    def _checked(self, model, method, args, kwargs):
        """:return dict: the keyword arguments, with a cleaned context
        :raises BadRequest: these are not the arguments of a call
        :raises NotFound: the current user may not call this. The answer is the same when the model or the method does
            not exist, so that it tells nothing
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
