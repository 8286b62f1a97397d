"""The methods that the web client calls, by kind of screen: a model lists those that its screens need in ``_calls``."""

# From the lowest to the highest: each role may do everything that those before it may.
ROLES = ("member", "moderator", "administrator")

# To show lists and forms, with their search bars and their many2one fields.
READ = (
    "formatted_read_group",
    "get_views",
    "name_search",
    "read_progress_bar",
    "search_count",
    "search_panel_select_multi_range",
    "search_panel_select_range",
    "searched_fields_get",
    "web_name_search",
    "web_read",
    "web_read_group",
    "web_search_read",
)
# To save a form, or the rows that are ticked in a list.
WRITE = ("onchange", "web_save", "web_save_multi")
# To choose a record of this model in a field of another screen.
CHOOSE = (
    *("name_search", "web_name_search", "web_read", "web_search_read", "search_count", "get_views"),
    "searched_fields_get",
)
# The context keys that the screens of the federations send. A client may send others, and some of them change what the
# server does (who is notified, what is checked): they are removed.
CONTEXT = frozenset(
    {
        *("active_domain", "active_id", "active_ids", "active_model", "active_test", "allowed_company_ids"),
        *("bin_size", "lang", "tz"),
        *("directory_short_name", "group_by", "params", "uid"),
    }
)
DEFAULTS = ("default_", "search_default_")


def clean_context(context):
    """:param dict | None context: as the client sent it
    :return dict: only the keys that a client may send"""
    kept = context.items() if isinstance(context, dict) else ()
    return {name: value for name, value in kept if name in CONTEXT or name.startswith(DEFAULTS)}


class Opened(dict):
    """The lowest role that may use each method, or field: ``{name: role}``. Joined with ``|``: when both name the same
    method, the lower role wins."""

    def __or__(self, other):
        both = self.keys() & other.keys()
        return Opened({**self, **other, **{name: min(self[name], other[name], key=ROLES.index) for name in both}})


def opened(role, *names):
    """:param str role: the lowest role that may use these methods, or fields
    :return Opened:"""
    return Opened(dict.fromkeys(names, role))
