"""What the screens of the federations ask of models, to be listed by the model that the screen shows (``_calls``)."""

# From the lowest to the highest: each does what those before it do.
ROLES = ("member", "moderator", "administrator")

# To show lists and forms, and what their search bars and many2one fields ask for.
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
# To change what a form shows, or the lines that are ticked in a list.
WRITE = ("onchange", "web_save", "web_save_multi")
# To choose a record in a field of another screen.
CHOOSE = (
    *("name_search", "web_name_search", "web_read", "web_search_read", "search_count", "get_views"),
    "searched_fields_get",
)
# What the screens of the federations put in the context. Anything else changes how core, or we, write: who is told,
# what is checked.
CONTEXT = frozenset(
    {
        *("active_domain", "active_id", "active_ids", "active_model", "active_test", "allowed_company_ids"),
        *("bin_size", "lang", "tz"),
        *("directory_short_name", "group_by", "params", "uid"),
    }
)
DEFAULTS = ("default_", "search_default_")


def clean_context(context):
    """:param dict | None context: of a client
    :return dict: the same, without what a client may not put in it"""
    kept = context.items() if isinstance(context, dict) else ()
    return {name: value for name, value in kept if name in CONTEXT or name.startswith(DEFAULTS)}


class Opened(dict):
    """Lowest role that may, by name of a method or of a field. Of two that open the same name, the lower holds."""

    def __or__(self, other):
        both = self.keys() & other.keys()
        return Opened({**self, **other, **{name: min(self[name], other[name], key=ROLES.index) for name in both}})


def opened(role, *names):
    """:param str role: the lowest that may do so with these methods, or fields
    :return Opened:"""
    return Opened(dict.fromkeys(names, role))
