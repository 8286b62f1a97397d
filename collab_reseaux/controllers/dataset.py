from werkzeug.exceptions import NotFound

from odoo.http import request, route

from odoo.addons.web.controllers.dataset import DataSet

# What the screens of the federations put in the context. Anything else changes how core, or we, write: who is told,
# what is checked.
CONTEXT = frozenset(
    {
        *(
            "active_id",
            "active_ids",
            "active_model",
            "active_test",
            "allowed_company_ids",
            "bin_size",
            "lang",
            "tz",
            "uid",
        ),
        *("directory_short_name", "group_by", "params"),
    }
)
DEFAULTS = ("default_", "search_default_")


def _clean(kwargs):
    """:return dict: the same, without what a client may not put in the context"""
    context = kwargs.get("context") or {}
    kept = {name: value for name, value in context.items() if name in CONTEXT or name.startswith(DEFAULTS)}
    return {**kwargs, "context": kept}


class Calls(DataSet):
    """The only ways by which a model is called from outside, closed to what the models do not list."""

    def _check(self, model, method):
        """:raises NotFound: nobody may call this, or not who asks; no word tells which, nor whether it exists"""
        if model not in request.registry or not request.env[model]._may_call(method):
            raise NotFound()

    @route()
    def call_kw(self, model, method, args, kwargs, path=None):
        self._check(model, method)
        return super().call_kw(model, method, args, _clean(kwargs), path)

    @route()
    def call_button(self, model, method, args, kwargs, path=None):
        self._check(model, method)
        return super().call_button(model, method, args, _clean(kwargs), path)
