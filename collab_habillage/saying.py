"""What a page says of what has just been done.

Kept in the session until the next page of members shows it: once, even if that page is loaded again. A page to which
nothing has been said costs nothing.
"""

from odoo.http import request

# Its name in a session.
SAID = "collab_said"
# A script could send forms without ever opening a page.
SAID_MAX = 5


def say(text, kind="good", at="", undo="", gone="", received=""):
    """Have the next page say something, or this one, if it is not rendered yet.

    :param str text: a sentence, in the language of the reader
    :param str kind: ``good``, ``warn`` or ``bad``
    :param str at: the id of the element above which it stands; above all, when the page has no such element
    :param str undo: the address that undoes it; it is then said in a strip that has a button « Cancel »
    :param str gone: a sentence that stands in the place of what has been taken away, with a button that puts it back
    :param str received: the token of the form that has been received, whose text the browser may forget
    """
    one = {"text": str(text), "kind": kind, "at": at, "undo": undo, "gone": str(gone), "received": received}
    # There is one strip: it undoes what was done last.
    before = [other for other in request.session.get(SAID, ()) if not (undo and other["undo"])]
    request.session[SAID] = [*before, one][-SAID_MAX:]


def _pending():
    """:return list[dict]: what the page that is being made has not shown yet"""
    if SAID in request.session:
        request.said = request.session.pop(SAID)
    return getattr(request, "said", [])


def is_said():
    """:return bool: something is still to be said by the page that is being made"""
    return bool(_pending())


def places_said():
    """:return set[str]: the ids above which something is to be said"""
    return {one["at"] for one in _pending() if one["at"]}


def numbers_gone(prefix):
    """:param str prefix: with which the ids of some elements begin
    :return list[int]: what follows it, in the ids of those that have just been taken away"""
    numbers = (one["at"].removeprefix(prefix) for one in _pending() if one["gone"] and one["at"].startswith(prefix))
    return [int(number) for number in numbers if number.isdecimal()]


def take_said(at=None):
    """Give what is said at a place; it is said nowhere else.

    :param str | None at: the id of an element, whose page shows it there; None: all that remains
    :return list[dict]: the arguments of ``say``. What can be undone is shown twice: at its place, where ``text`` is
        empty, and in the strip, where ``gone`` is, unless no place has shown it.
    """
    said = _pending()
    if at is None:
        request.said = []
        return said
    taken = []
    for one in [one for one in said if one["at"] == at]:
        if not one["undo"]:
            request.said.remove(one)
            taken.append(one)
        elif one["gone"]:
            taken.append({**one, "text": ""})
            one["gone"] = ""
    return taken
