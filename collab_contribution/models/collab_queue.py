from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .collab_contribution_mixin import BIN_DAYS

QUEUE_MAX = 100
TOLD_MAX = 5
# What may hurt somebody comes first, then what somebody waits for.
URGENCY = ("flag", "contest", "pending", "edit", "unanswered")
# What a moderator most likely does of each, by kinds of ``collab.action``, the likeliest first. Nobody publishes a
# correction that he has not before his eyes: it is offered with the correction alone.
LIKELY = {
    "flag": ("hide", "keep", "show"),
    "contest": ("restore", "show", "uphold"),
    "pending": ("accept", "hide"),
    "edit": ("accept_edit", "refuse_edit"),
}
# The names of these actions in addresses.
ACTIONS = {
    "accept": "accepter",
    "accept_edit": "publier-correction",
    "refuse_edit": "refuser-correction",
    "keep": "garder",
    "restore": "remettre",
    "show": "montrer",
    "uphold": "maintenir",
    "hide": "masquer",
}
# Those whose author reads why.
REASONED = frozenset({"refuse_edit", "uphold", "hide", "show", "keep"})


class CollabQueue(models.AbstractModel):
    """What awaits the moderators, and what lies in the bin, whatever the content."""

    _name = "collab.queue"
    _inherit = "collab.author.mixin"
    _description = "Queue of the moderators"

    @api.model
    @tools.ormcache()
    def _names(self):
        """:return tuple[str]: the models of what members write: contents, and texts under them"""
        found = self.env.registry.descendants(["collab.contribution.mixin"], "_inherit")
        return tuple(sorted(name for name in found if not self.env.registry[name]._abstract))

    @api.model
    def _texts(self):
        """:return list[Model]: as ``_names``"""
        return [self.env[name] for name in self._names()]

    @api.model
    def _text_named(self, slug):
        """:param str slug: as in addresses
        :return Model | None: the kind of text that has this name; None: there is none"""
        return next((texts for texts in self._texts() if texts._slug == slug), None)

    @api.model
    def _check_moderates(self):
        if not self.env.user.has_group("collab_reseaux.group_moderator"):
            raise AccessError(self.env._("Only the federations do this."))

    @api.model
    def _nothing_there(self):
        """:return UserError: what a row of the log was about is gone, or closed to the current user"""
        return UserError(self.env._("What this was about is not there any more."))

    # What awaits a moderator

    @api.model
    def _open_flags(self):
        """:return Domain: the flags that await the current moderator"""
        Flag = self.env["collab.flag"]
        near = Flag._among(texts._own_audiences() for texts in self._texts())
        return Domain("is_closed", "=", False) & Flag._for_me_domain() & near

    @api.model
    def _open_edits(self):
        """:return Domain: the corrections that await the current moderator: not those of what is in the bin"""
        Edit = self.env["collab.edit"]
        return Edit._among(texts._own_audiences() & texts._in_place_domain() for texts in self._texts())

    @api.model
    def _items(self, limit=QUEUE_MAX):
        """:param int limit: of each
        :return list[tuple]: what (of URGENCY), text, date since when, flags; by urgency, and the oldest first
        :raises AccessError: the current user does not moderate"""
        self._check_moderates()
        Flag = self.env["collab.flag"]
        flagged = {}
        for flag in Flag.search(self._open_flags(), limit=limit, order="id"):
            what = "contest" if flag.purpose == "contest" else "flag"
            flagged.setdefault((what, flag._about()), Flag)
            flagged[what, flag._about()] |= flag
        items = [(what, text, flags[0].create_date, flags) for (what, text), flags in flagged.items()]
        for texts in self._texts():
            pending = Domain("state", "=", "pending") & texts._own_audiences()
            items += [
                ("pending", text, text.create_date, Flag)
                for text in texts.search(pending, limit=limit, order="create_date")
            ]
            items += texts._waiting_items(limit)
        edits = self.env["collab.edit"].search(self._open_edits(), limit=limit)
        items += [("edit", edit._about(), edit.create_date, Flag) for edit in edits]
        return sorted(items, key=lambda item: (URGENCY.index(item[0]), item[2]))

    @api.model
    def _count(self):
        """:return int: how many things await the current user: in one query, whatever the kinds of content, unless he
        has taken decisions that are contested"""
        if not self.env.user.has_group("collab_reseaux.group_moderator"):
            return 0
        queries = [
            self.env["collab.flag"]
            ._search(self._open_flags())
            .select(SQL("DISTINCT res_model, res_id::text, purpose = 'contest'")),
            self.env["collab.edit"]._search(self._open_edits()).select(SQL("'edit', id::text, FALSE")),
        ]
        for texts in self._texts():
            waiting = Domain("state", "=", "pending") & texts._own_audiences() | texts._waiting_for_me()
            kind = SQL("%s, %s::text, FALSE", texts._name, SQL.identifier(texts._table, "id"))
            queries.append(texts._search(waiting).select(kind))
        [(number,)] = self.env.execute_query(
            SQL(
                "SELECT count(*) FROM (%s) AS waiting", SQL(" UNION ALL ").join(SQL("(%s)", query) for query in queries)
            )
        )
        return number

    @api.model
    def _rows(self, items=None, limit=QUEUE_MAX):
        """List what awaits the current moderator.

        :param list[tuple] | None items: as ``_items``, if they are known already
        :param int limit: of each
        :return list[dict]: ``what`` (of URGENCY), ``model``, ``id``, ``case_url``, ``nature`` (as ``_nature``),
            ``title``, ``url``, ``text``, ``shown`` (the same, with its form), ``others`` (labels and words),
            ``author``, ``organisation``, ``audience`` (if it is narrower than everyone), ``when``, ``age`` (for how
            long it waits), ``reasons``, ``files``, ``files_url``, ``offers`` (as ``_offers``), ``stamp`` (of what
            waits), ``edit`` (as ``collab.edit._row``, or ``None``), ``decision`` (that is contested); by urgency, the
            oldest first
        :raises AccessError: he does not moderate
        """
        items = self._items(limit) if items is None else items
        # sudo: the moderator reads the text, and with it what has been decided about it
        doers = [flags.action_id.sudo().create_uid for _what, _text, _date, flags in items]
        authors = self._authors(self.env["res.users"].union(*(item[1].create_uid for item in items), *doers))
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        rows, Audience = [], self.env["collab.audience"]
        for what, text, date, flags in items:
            author, organisation = authors[text.create_uid.id]
            audience = text._post().audience_id.id
            # sudo: as above
            action = flags.sudo().action_id[:1]
            rows.append(
                {
                    "what": what,
                    "model": text._name,
                    "id": text.id,
                    "case_url": text._case_url(),
                    "nature": text._nature(),
                    "title": text._title(),
                    "url": text._read_url(),
                    "text": text._body(),
                    "shown": text._rich() or text._plain() or "",
                    "others": text._case_facts(),
                    "edit": self.env["collab.edit"]._of(text)._row() if what == "edit" else None,
                    "author": author,
                    "organisation": organisation,
                    "audience": "" if Audience._shown(audience)["everyone"] else Audience._html(audience),
                    "when": say_when(date, {}),
                    "age": self._age(date),
                    "reasons": flags.mapped("reason"),
                    "decision": action
                    and {
                        "what": dict(action._fields["kind"]._description_selection(self.env))[action.kind],
                        "by": authors[action.create_uid.id][0],
                        "reason": action.reason or "",
                    },
                    "files": text._files(),
                    "files_url": text._files_url(),
                    "stamp": text._stamp() if what == "pending" else "",
                    "offers": self._offers(what, text),
                }
            )
        return rows

    @api.model
    def _offers(self, what, text):
        """
        :param str what: of URGENCY
        :param Model text: that awaits the current moderator
        :return list[dict]: the one or two things that he most likely does, the likeliest first: ``label``, ``action``
            (its name in addresses), and ``link``, where he does it; empty when it needs no reason, and is done at once
        """
        if what == "unanswered":
            answer = f"{text._read_url().partition('#')[0]}#repondre"
            return [{"label": self.env._("Answer"), "action": "", "link": answer}]
        words = {
            "accept": self.env._("Let it be read"),
            "accept_edit": self.env._("Publish the correction"),
            "refuse_edit": self.env._("Refuse the correction"),
            "keep": self.env._("It may stay"),
            "restore": self.env._("Restore"),
            "show": self.env._("Show it again"),
            "uphold": self.env._("Uphold the decision"),
            "hide": self.env._("Hide"),
        }
        can = text._applicable()
        likely = [kind for kind in LIKELY[what] if kind in can][:2]
        return [
            {
                "label": words[kind],
                "action": ACTIONS[kind],
                "link": f"{text._case_url()}?geste={ACTIONS[kind]}&file=1#boutons" if kind in REASONED else "",
            }
            for kind in likely
        ]

    @api.model
    def _sentence(self, items=None):
        """:param list[tuple] | None items: as ``_items``, if they are known already
        :return str: how much awaits the current moderator, and for how long; empty: nothing does"""
        items = self._items() if items is None else items
        if not items:
            return ""
        age = self._age(min(item[2] for item in items))
        if len(items) == 1:
            return self.env._("1 text awaits you, for %s", age)
        return self.env._("%(number)s texts await you, the oldest for %(age)s", number=len(items), age=age)

    @api.model
    def _age(self, date):
        """:param datetime date: in the past
        :return str: for how long, as one says it"""
        hours = max(0, int((fields.Datetime.now() - date).total_seconds())) // 3600
        days = hours // 24
        if days:
            return self.env._("1 day") if days == 1 else self.env._("%s days", days)
        if hours:
            return self.env._("1 hour") if hours == 1 else self.env._("%s hours", hours)
        return self.env._("less than an hour")

    @api.model
    def _labels(self):
        """:return dict[str, str]: what each thing of URGENCY is, in a word"""
        return {
            "flag": self.env._("Flagged"),
            "contest": self.env._("Contested"),
            "pending": self.env._("To read before others"),
            "edit": self.env._("Corrected by its author"),
            "unanswered": self.env._("Unanswered for two days"),
        }

    @api.model
    def _notification(self):
        """:return dict | None: how much awaits the current moderator, and for how long: the same, whatever has come,
        so that a mail says it once; None: nothing does"""
        items = self._items()
        if not items:
            return None
        labels = self._labels()
        lines = [f"{labels[what]}\N{NO-BREAK SPACE}: {text._title()}" for what, text, _date, _flags in items[:TOLD_MAX]]
        if len(items) > TOLD_MAX:
            lines.append("…")
        return {
            "title": self.env._("What awaits you"),
            "subject": self._sentence(items),
            "said": "\n".join(lines),
            "url": "/moderation",
        }

    # The bin

    @api.model
    def _bin(self, limit=QUEUE_MAX):
        """List what lies in the bin of the networks of the current moderator.

        :param int limit: of each kind of text
        :return list[dict]: ``case_url``, ``nature``, ``title``, ``text``, ``author``, ``when``, ``left`` (days until it
            is gone for good), ``by`` (the moderator; empty: its author) and ``reason``; the latest first
        :raises AccessError: he does not moderate
        """
        self._check_moderates()
        removed = Domain("active", "=", False) & Domain("removed_date", "!=", False)
        found, last = [], {}
        for texts in self._texts():
            texts = texts.with_context(active_test=False)
            there = texts.search(removed & texts._own_audiences(), limit=limit, order="removed_date desc")
            found += there
            actions = self.env["collab.action"].search(
                Domain("kind", "in", ("remove", "restore", "merge")) & self.env["collab.action"]._naming_domain(there),
                order="id",
            )
            last |= {(action.res_model, action.res_id): action for action in actions}
        found.sort(key=lambda text: text.removed_date, reverse=True)
        authors = self._authors(
            self.env["res.users"].union(
                *(text.create_uid for text in found), *(action.create_uid for action in last.values())
            )
        )
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        now, rows = fields.Datetime.now(), []
        for text in found:
            action = last.get((text._name, text.id))
            by_moderator = action and action.kind != "restore"
            rows.append(
                {
                    "case_url": text._case_url(),
                    "nature": text._nature(),
                    "title": text._title(),
                    "text": text._body(),
                    "author": authors[text.create_uid.id][0],
                    "when": say_when(text.removed_date, {}),
                    "left": max(0, BIN_DAYS - (now - text.removed_date).days),
                    "by": authors[action.create_uid.id][0] if by_moderator else "",
                    "reason": action.reason or "" if by_moderator else "",
                }
            )
        return rows
