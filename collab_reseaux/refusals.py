def beside(field, refusal):
    """Say beside which field of a form a refusal is to be shown. Without it, a page shows it above the whole form.

    It is a mark, and not an exception of its own: the screens of Odoo know the errors of core by their very class, and
    would show any other as a crash.

    :param str field: as the model names it; ``audience`` for networks and territories, ``files`` for what is joined
    :param UserError refusal: which the caller raises
    :return UserError: the same
    """
    refusal.field = field
    return refusal


def field_of(refusal):
    """:return str | None: the field that ``beside`` has given to a refusal"""
    return getattr(refusal, "field", None)
