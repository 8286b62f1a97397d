"""Headers that stay on one line, whatever their length.

Python's ``email`` folds a long address as encoded words (RFC 2047), which have no meaning inside ``<…>``: Gmail and
Outlook then show no button to unsubscribe. RFC 5322 allows lines of 998 characters.
"""

ONE_LINE = frozenset({"list-unsubscribe"})


def keep_on_one_line(message):
    """:param EmailMessage message: changed in place
    :return EmailMessage: it, which writes these headers as they are"""
    kind = type(message.policy)
    one_line = type(f"OneLine{kind.__name__}", (_OneLine, kind), {})
    message.policy = one_line(**{name: getattr(message.policy, name) for name in vars(message.policy)})
    return message


class _OneLine:
    def _fold(self, name, value, *args, **kwargs):
        if name.lower() in ONE_LINE:
            return f"{name}: {value}{self.linesep}"
        return super()._fold(name, value, *args, **kwargs)
