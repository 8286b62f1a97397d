"""What a screen of the federations asks of a model, to be listed by the model that the screen shows (``_calls``)."""

# To show lists and forms, and what their search bars and many2one fields ask for.
READ = (
    "formatted_read_group",
    "get_views",
    "name_search",
    "read_progress_bar",
    "search_count",
    "search_panel_select_multi_range",
    "search_panel_select_range",
    "web_name_search",
    "web_read",
    "web_read_group",
    "web_search_read",
)
# To change what a form shows, or the lines that are ticked in a list.
WRITE = ("onchange", "web_save", "web_save_multi")
# To choose a record in a field of another screen.
CHOOSE = ("name_search", "web_name_search", "web_read", "web_search_read", "search_count", "get_views")


def opened(role, *names):
    """:param str role: the lowest that may call these methods
    :return dict[str, str]: as ``_calls``"""
    return dict.fromkeys(names, role)
