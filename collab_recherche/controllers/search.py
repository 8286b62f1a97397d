from collections import Counter

from markupsafe import Markup

from odoo.http import Controller, request, route

from odoo.addons.collab_contribution.controllers.filters import LONG, Filters
from odoo.addons.collab_contribution.controllers.forms import ITEM
from odoo.addons.collab_habillage.paging import Paging, address_of, number_in
from odoo.addons.collab_habillage.saying import say

from ..models.collab_search import HITS_MAX
from ..pace import Pace
from ..sought import PATH, PERIODS, Sought, tidy

PAGE_SIZE = 10
# A long list of authors offers those who have written most of what is found.
AUTHORS_MAX = 30
# With all the results after them, as many as one sees at once.
SUGGESTED = 6
# A title of a page is read at a glance.
QUOTED_MAX = 60
# Faster than anybody types and reads; a program waits.
PACE = Pace(at_once=40, a_second=8)


class Search(Filters, Controller):
    """One search over all that the reader may read, from the header of every page."""

    @route(PATH, methods=["GET"], **ITEM)
    def search(self, q="", page=1, **sent):
        env = request.env
        if not PACE.allows(env.uid):
            return self._wait()
        words, is_cut = tidy(q)
        if not words or env["collab.search"]._too_short(words):
            return self._invite(words)
        sought = self._read_sought(words, sent)
        found = env["collab.search"]._find(sought.asked)
        paging = Paging(page, min(found.total, len(found.hits)), PAGE_SIZE, sought.address)
        rows = env["collab.search"]._rows(sought.asked, found, paging.offset, paging.size)
        if paging.number == 1 and not sought.is_narrowed:
            self._note(words, found)
        filters = self._chips(sought, found)
        values = {
            "title": env._("Search: %s", words),
            "searched": words,
            "sought": sought,
            "found": found,
            "paging": paging,
            "rows": rows,
            "is_cut": is_cut,
            "heading": self._heading(sought, found),
            "told": self._told(found),
            "as_typed": env._("Search “%s” as it is", self._quoted(words)) if found.corrected else "",
            "views": self._views(sought, found),
            "filters": filters,
            "clear": sought.whole.address() if sought.is_narrowed else None,
            "ways": self._ways(sought, filters),
            "address_of": address_of,
            "beside": self._beside(sought) if sought.is_narrowed and not found.total else "",
        }
        return request.render("collab_recherche.results", values)

    @route(f"{PATH}/suggestions", methods=["GET"], **ITEM)
    def suggestions(self, q="", **kw):
        """Give what somebody may mean who is typing, or has looked for lately: a list of ``label``, ``said`` and
        ``address``, as JSON."""
        env, (words, _is_cut) = request.env, tidy(q)
        if not PACE.allows(env.uid):
            return request.make_json_response([], status=429)
        if not words:
            return request.make_json_response(self._suggested_again())
        if env["collab.search"]._too_short(words):
            return request.make_json_response([])
        found = [
            {"label": one["title"], "said": one["nature"], "address": one["url"]}
            for one in env["collab.search"]._suggest(words, SUGGESTED)
        ]
        everything = {"label": env._("All the results for “%s”", words), "address": address_of(PATH, q=words)}
        return request.make_json_response([*found, everything])

    @route(f"{PATH}/effacer", methods=["POST"], **ITEM)
    def erase(self, recherche="", **kw):
        """Erase one of one's own recent searches, or all of them."""
        number = number_in(recherche)
        if recherche and not number:
            raise request.not_found()
        request.env["collab.search.recent"]._erase(number)
        say(request.env._("Search erased.") if number else request.env._("Searches erased."))
        return request.redirect(PATH)

    # What an address says

    def _read_sought(self, words, sent):
        """
        :param str words: that are searched
        :param dict sent: the other fields of the address
        :return Sought:
        :raises NotFound: it names what the reader does not know
        """
        env, author = request.env, number_in(sent.get("auteur"))
        known = {
            "reseau": {network["id"] for network in env["collab.network"]._branding()},
            "territoire": env["collab.territory"]._names(),
            "theme": env["collab.theme"]._names(),
            "auteur": env["collab.member"]._named_by_account([author] if author else []),
        }
        numbers = (self._known(sent.get(name), values) for name, values in known.items())
        kind, period = sent.get("type"), sent.get("depuis")
        return Sought(
            words,
            kind if kind in env["collab.search"]._kinds() else None,
            *numbers,
            period if period in PERIODS else None,
            sent.get("tri") == "date",
            sent.get("exact") == "1",
        )

    # What is noted of it

    def _note(self, words, found):
        """Note a search that nothing narrows: what it finds nothing of is missing, and not only elsewhere."""
        env = request.env
        env["collab.search.recent"]._keep(words)
        env["collab.fact"]._note("search")
        if not found.total:
            env["collab.search.miss"]._note(words)
            env["collab.fact"]._note("miss")

    # What the page shows

    def _wait(self):
        """:return Response: what somebody reads who asks too often; it costs nothing"""
        page = request.env["ir.qweb"]._frame("collab_recherche.wait")
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Retry-After", "5")]
        return request.make_response(f"<!DOCTYPE html>{page}", headers, status=429)

    def _invite(self, words):
        """:param str words: too short to be searched, or none
        :return Response: the page from which one searches"""
        env = request.env
        too_short = env._("“%s” is too short: type at least two letters or figures.", self._quoted(words))
        values = {
            "searched": words,
            "too_short": too_short if words else "",
            "recent": [
                {"id": number, "words": typed, "address": address_of(PATH, q=typed)}
                for number, typed in env["collab.search.recent"]._own()
            ],
            "kinds": list(env["collab.search"]._kinds().values()),
        }
        return request.render("collab_recherche.invite", values)

    def _quoted(self, words):
        """:return Markup: what was typed, in a sentence: written from right to left, it does not turn the rest. The
        field shows the end of what is long"""
        return Markup("<bdi>%s</bdi>") % (words if len(words) <= QUOTED_MAX else f"{words[:QUOTED_MAX].rstrip()}…")

    def _heading(self, sought, found):
        """:return str: how much is found, of what"""
        env, words = request.env, self._quoted(found.corrected or sought.words)
        if not found.total:
            return env._("No result for “%s”", self._quoted(sought.words))
        if found.corrected:
            return env._("Results for “%s”", words)
        if found.is_cut:
            return env._("More than %(number)s results for “%(words)s”", number=HITS_MAX, words=words)
        if found.total == 1:
            return env._("1 result for “%s”", words)
        return env._("%(number)s results for “%(words)s”", number=found.total, words=words)

    def _told(self, found):
        """:return str: which words were left out, or that there are more results; empty: there is nothing to tell"""
        if found.is_cut:
            return request.env._("Here are the first ones. To find less, add a word or a filter.")
        if found.corrected or not (found.total and found.unknown):
            return ""
        if len(found.unknown) == 1:
            return request.env._("Nothing has “%s”: it was left out.", self._quoted(found.unknown[0]))
        words = Markup(", ").join(map(self._quoted, found.unknown))
        return request.env._("Nothing has these words, which were left out: %s.", words)

    def _suggested_again(self):
        """:return list[dict]: what the reader has looked for lately, as ``suggestions``"""
        env = request.env
        found = [
            {"label": words, "said": "", "address": address_of(PATH, q=words)}
            for _number, words in env["collab.search.recent"]._own()
        ]
        return found and [*found, {"label": env._("Erase recent searches"), "address": PATH}]

    def _views(self, sought, found):
        """:return list[dict]: which kind, as ``collab_habillage.chips``: those that are found, and the chosen one; all
        of them, when not all results were looked at"""
        everything = {
            "label": request.env._("Everything"),
            "address": sought.address(kind=None),
            "count": None if found.is_cut else sum(found.counts.values()),
            "on": sought.kind is None,
        }
        counts = {} if found.is_cut else found.counts
        kinds = [
            {"label": label, "address": sought.address(kind=slug), "count": counts.get(slug), "on": slug == sought.kind}
            for slug, label in request.env["collab.search"]._kinds().items()
            if found.is_cut or counts.get(slug) or slug == sought.kind
        ]
        return [everything, *kinds]

    def _chips(self, sought, found):
        """:return list[dict]: what the results are filtered and sorted by, as ``collab_habillage.chips``"""
        sides = ("territory", "network", "theme")
        counts = None if found.is_cut else {side: Counter(found.facets.get(side, {})) for side in sides}
        chips = self._filter_chips(sought, counts, self._own_territories())
        chips += [self._author_chip(sought, found), self._period_chip(sought, found), self._sort_chip(sought, found)]
        return [chip for chip in chips if chip]

    def _is_dated(self, sought, found):
        """:return bool: something is found that may have a date: people and organisations have none"""
        contents = request.env["collab.contents"]
        counted = ((slug, count) for slug, count in found.counts.items() if sought.kind in (None, slug))
        return any(count and contents._name_of(slug) for slug, count in counted)

    def _filter_sides(self, mine):
        env = request.env
        followed = env["collab.mark"]._of("collab.theme", kinds=("follow",)).get("follow", {})
        theme = ("theme", env._("Theme"), env._("Find a theme"), env["collab.theme"]._names(), followed)
        return [*super()._filter_sides(mine), theme]

    def _author_chip(self, sought, found):
        """:return dict | None: the authors of what is found, or of the best part of it"""
        env = request.env
        named = env["collab.member"]._named_by_account
        if sought.author:
            value, address = named([sought.author])[sought.author][0], sought.address(author=None)
            return {"label": env._("Author"), "value": value, "address": address}
        numbers = found.facets.get("author", {})
        names = {account: shown[0] for account, shown in named(numbers).items()}
        is_whole = not found.is_cut and found.total <= len(found.hits)
        offered = sorted(names, key=lambda account: (-numbers[account], names[account]))[:AUTHORS_MAX]
        choices = [
            {
                "label": names[account],
                "count": numbers[account] if is_whole else None,
                "address": sought.address(author=account),
            }
            for account in offered
        ]
        find = env._("Find an author") if len(choices) > LONG else None
        return {"label": env._("Author"), "choices": choices, "find": find} if choices else None

    def _period_chip(self, sought, found):
        """:return dict | None: since when"""
        env = request.env
        names = {
            "semaine": env._("the last 7 days"),
            "mois": env._("the last month"),
            "trimestre": env._("the last 3 months"),
            "annee": env._("the last year"),
        }
        chip = {"label": env._("Date"), "value": names.get(sought.period)}
        if sought.period:
            return {**chip, "address": sought.address(period=None)}
        choices = [{"label": label, "address": sought.address(period=period)} for period, label in names.items()]
        return {**chip, "choices": choices} if self._is_dated(sought, found) else None

    def _sort_chip(self, sought, found):
        """:return dict | None: in which order"""
        if not self._is_dated(sought, found):
            return None
        names = {False: request.env._("relevance"), True: request.env._("most recent")}
        choices = [
            {"label": label, "address": sought.address(by_date=by_date), "on": by_date == sought.by_date}
            for by_date, label in names.items()
        ]
        return {"label": request.env._("Sort by"), "value": names[sought.by_date], "choices": choices}

    def _ways(self, sought, filters):
        """:return list[dict]: what can be taken away when nothing matches, as ``collab_habillage.no_match``"""
        kind = request.env["collab.search"]._kinds().get(sought.kind)
        return [{"value": kind, "address": kind and sought.address(kind=None)}, *filters]

    def _beside(self, sought):
        """:return str: what there is beside a search in which nothing matches"""
        env, total = request.env, request.env["collab.search"]._find(sought.whole.asked).total
        if not total:
            return ""
        return env._("Without filter: 1 result.") if total == 1 else env._("Without filter: %s results.", total)
