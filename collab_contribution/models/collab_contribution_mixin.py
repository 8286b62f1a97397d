from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.collab_reseaux.models.res_users import AudienceScope

from .collab_moderated_mixin import SHOWN_STATES

BIN_DAYS = 30
# Of the field ``state``, which each model declares: that of website_forum has others besides.
STATES = [("active", "Shown"), ("pending", "Waiting for a moderator"), ("hidden", "Hidden")]


class CollabContributionMixin(models.AbstractModel):
    """What members write: a content, or a text under it. Others read it at once, or once a moderator has accepted it;
    they may flag it; moderators act on it.

    A model that inherits this mixin has a field ``state`` (see STATES). A content inherits ``collab.content.mixin``
    too, or ``collab.publication.mixin``, which does all the rest; what this mixin asks for then follows from what the
    content declares (``_content()``).
    """

    _name = "collab.contribution.mixin"
    _inherit = ["collab.flagged.mixin", "collab.moderated.mixin", "collab.withdrawn.mixin", "collab.stamped.mixin"]
    _description = "Contribution"
    # In addresses of the pages of moderators: that of the content, or another one for a text under it.
    _slug = None

    active = fields.Boolean(default=True, readonly=True, help="Not in the bin.")
    edit_waits = fields.Boolean(
        string="Correction waits", readonly=True, copy=False, help="Of its author, for a moderator: see collab.edit."
    )
    moderator_id = fields.Many2one("res.users", string="Reviewed by", readonly=True, copy=False)
    is_shown = fields.Boolean(
        string="Shown",
        compute="_compute_is_shown",
        store=True,
        precompute=True,
        help="Neither waiting, nor hidden, nor in the bin.",
    )
    shown_date = fields.Datetime(string="Shown on", readonly=True, copy=False, help="When others could first read it.")
    corrected_date = fields.Datetime(string="Corrected on", readonly=True, copy=False)
    removed_date = fields.Datetime(string="Removed on", readonly=True, copy=False, help="In the bin, for thirty days.")

    @api.depends("state", "active")
    def _compute_is_shown(self):
        for record in self:
            record.is_shown = record.active and record.state in SHOWN_STATES

    # What each model may define

    def _post(self):
        """:return: this content itself; for a text under a content, that content"""
        return self

    def _title(self):
        """:return str: its title, as its readers know it; for a text under a content, the title of that content"""
        return self[self._content().title]

    def _nature(self):
        """:return str: what this is, in a word or two, with its article"""
        return self._content().one

    def _yours(self, title=None):
        """:param str | None title: of its content; None: whoever reads this may not read it any more
        :return str: what this is, for its author, as the end of a sentence"""
        if not title:
            return self.env._("what you wrote")
        return self.env._("what you wrote, “%s”,", title)

    def _read_url(self):
        """:return str: the path of the page where it is read, with the anchor of its place there"""
        return f"{self._content().address}/{self.id}"

    def _case_url(self):
        return f"/moderation/{self._slug}/{self.id}"

    def _words(self):
        """:return dict[str, str]: the fields that hold words for others, by that of ``collab.edit`` where they wait:
        ``name`` (a title), ``content`` (a text with a form), ``body`` (a text without)"""
        said = self._content()
        words = {"name": said.title}
        if said.text:
            words["content" if self._fields[said.text].type == "html" else "body"] = said.text
        return words

    def _other_words(self):
        """:return dict[str, str]: the values of the fields that hold words for others beside those of ``_words``, by
        name, in the order of the model; without those that are empty"""
        names = self._text_fields().difference(self._words().values())
        return {name: self[name] for name in self._fields if name in names and self[name]}

    def _labelled(self, words):
        """:param dict[str, str] words: as ``_other_words``
        :return list[tuple[str, str]]: the same, by the labels of the fields"""
        return [(self._fields[name]._description_string(self.env), said) for name, said in words.items()]

    def _case_facts(self):
        """:return list[tuple[str, str]]: labels and words of all that a moderator must know of this text beside its
        title and its text"""
        return self._labelled(self._other_words())

    def _rich(self):
        """:return Markup | None: its text, if it has a form"""
        return self[self._words()["content"]] if "content" in self._words() else None

    def _plain(self):
        """:return str | None: its text, if it has no form"""
        return self[self._words()["body"]] or "" if "body" in self._words() else None

    def _text(self):
        """:return str: all that its author has written, without formatting"""
        words = self._words()
        title = self[words["name"]] if "name" in words else ""
        rich = tools.html2plaintext(self._rich(), include_references=False) if self._rich() else ""
        others = (f"{label}: {said}" for label, said in self._labelled(self._other_words()))
        return "\n".join(filter(None, (title, rich, self._plain(), *others)))

    def _body(self):
        """:return str: its text without its title, without formatting"""
        if self._rich() is not None:
            return tools.html2plaintext(self._rich() or "", include_references=False)
        return self._plain() or ""

    def _author_fields(self):
        """:return frozenset[str]: the fields that the author of this record, and nobody else, may write"""
        return frozenset(self._words().values())

    def _announce(self):
        """Notify the people concerned, once others may read this text."""
        now = fields.Datetime.now()
        vals = {"shown_date": now}
        if "content_date" in self._fields:
            # New to its readers from now on.
            vals["content_date"] = now
        self.filtered(lambda record: record.is_shown and not record.shown_date).write(vals)

    @api.model
    def _is_reviewed(self):
        """:return bool: a moderator must accept what the current user writes before others read it: he has not written
        so many texts yet that others read"""
        if self.env.user._is_internal():
            return False
        # sudo: a setting, and all that he has written
        limit = int(self.env["ir.config_parameter"].sudo().get_param("collab_contribution.reviewed") or 0)
        accepted = Domain("create_uid", "=", self.env.uid) & Domain("is_shown", "=", True)
        number = 0
        for texts in self.env["collab.queue"]._texts():
            if number < limit:
                number += texts.sudo().search_count(accepted, limit=limit)
        return number < limit

    @api.model
    def _first_state(self, vals):
        """:param dict vals: of what the current user writes now
        :return str: its state"""
        return "pending" if self._is_reviewed() else "active"

    def _check_rewritable(self):
        """:raises UserError: this text may not be corrected any more"""
        for record in self:
            record._post()._lock()
            if not (record.active and record._post().active):
                raise UserError(self.env._("This is in the bin: it does not change any more."))

    def _lock(self):
        """Keep others who change this waiting: they are then replayed, and find what has been done."""
        # An UPDATE that changes nothing, and not only a lock: under REPEATABLE READ, the second transaction fails on a
        # row that was written meanwhile, and Odoo replays it; a row that was only locked would not make it fail.
        self.env.cr.execute(
            SQL("UPDATE %s SET active = active WHERE id IN %s", SQL.identifier(self._table), tuple(self.ids))
        )

    @api.model
    def _moderated_domain(self):
        """:return Domain: among the texts that the current user, a moderator, may read, those whose flags, corrections
        and log he reads"""
        return Domain.TRUE

    @api.model
    def _own_audiences(self):
        """:return Domain: what is addressed to everyone or to a network of the moderator, even when a setting lets him
        read the others"""
        if "audience_id" not in self._fields:
            contents = self.env[self._fields[self._content_field].comodel_name]
            return Domain(self._content_field, "any", contents._own_audiences())
        if self.env.user.has_group("collab_reseaux.group_administrator"):
            return Domain.TRUE
        # sudo: his own memberships
        networks = frozenset(self.env.user.sudo().partner_id.scope_network_ids.ids)
        return Domain("audience_id", "in", self.env["collab.audience"]._visible_ids(AudienceScope(networks, None)))

    @api.model
    def _in_place_domain(self):
        """:return Domain: what is not in the bin, nor under what is"""
        in_place = Domain("active", "=", True)
        if "audience_id" not in self._fields:
            in_place &= Domain(f"{self._content_field}.active", "=", True)
        return in_place

    @api.model
    def _waiting_items(self, limit):
        """:param int limit: how many at most
        :return list[tuple]: what awaits a moderator beside flags, new texts and corrections, as ``collab.queue._items``
        """
        waiting = self._waiting_for_me()
        if waiting.is_false():
            return []
        found = self.search(waiting, limit=limit, order="shown_date")
        return [("unanswered", text, text.shown_date, self.env["collab.flag"]) for text in found]

    @api.model
    def _waiting_for_me(self):
        """:return Domain: what nobody answers, and the current moderator should; a kind of content whose texts ask for
        an answer redefines it"""
        return Domain.FALSE

    def _awaits(self, event):
        """:param Event event: what has happened, of which a moderator is to be told
        :return bool: he should still look at it"""
        if event.what == "unanswered":
            return bool(self.filtered_domain(self._waiting_for_me()))
        return self.state == "pending"

    # Who is told

    def _deciders(self):
        """:return res.users: who may decide about this content: the moderators of its networks, and the
        administrators"""
        # sudo: members may not list accounts
        administrators = (
            self.env["res.users"]
            .sudo()
            .search([("all_group_ids", "in", self.env.ref("collab_reseaux.group_administrator").ids)])
        )
        return self._moderators() | administrators.sudo(False)

    def _moderators(self):
        """:return res.users: the moderators of the networks to which this content is addressed; of all networks when it
        is addressed to all; the administrators when there is no moderator"""
        # sudo: members may not list accounts
        Users, networks = self.env["res.users"].sudo(), self.sudo().audience_network_ids
        roles = {role: self.env.ref(f"collab_reseaux.group_{role}").ids for role in ("moderator", "administrator")}
        theirs = Domain("partner_id.scope_network_ids", *(("in", networks.ids) if networks else ("!=", False)))
        found = Users.search(Domain("all_group_ids", "in", roles["moderator"]) & theirs)
        return (found or Users.search([("all_group_ids", "in", roles["administrator"])])).sudo(False)

    def _tell_moderators(self, event):
        """:param Event event: what awaits a moderator in this content"""
        self.env["collab.notification"]._notify("queue", event.about, event, self._moderators())

    def _titles_for(self, person):
        """:param res.users person: who would read them
        :return dict: the titles of those of these texts that he may read, in the bin or not, by text"""
        if person._audience_scope() is None:
            return {}
        mine = self.with_user(person).with_context(active_test=False).search([("id", "in", self.ids)])
        return {self.browse(text.id): text._title() for text in mine}

    # Writing

    @api.model
    def _only(self, vals, allowed):
        """:param dict vals: what somebody asks to write
        :param frozenset[str] allowed: the fields that he may write
        :raises AccessError: there are others
        """
        if foreign := sorted(vals.keys() - allowed):
            raise AccessError(self.env._("This is not yours to write: %s.", ", ".join(foreign)))

    def _check_own(self):
        """:raises AccessError: somebody else has written one of these texts"""
        self.check_access("read")
        if any(record.create_uid != self.env.user for record in self):
            raise AccessError(self.env._("Another person has written this."))

    def _stamp(self, waiting=None):
        """:param str | None waiting: the stamp of the author's correction that waits, empty when there is none; None:
        it is read here"""
        if waiting is None:
            edit = self.env["collab.edit"]._of(self) if self.edit_waits else None
            waiting = edit._stamp() if edit else ""
        return self._fingerprint([*self._stamped(), waiting])

    def _stamped(self):
        return [*(self[name] for name in sorted(self._text_fields())), self.corrected_date]

    def _lock_stamp(self):
        self._post()._lock()

    def _text_fields(self):
        """:return frozenset[str]: the fields that hold words for others: what its author changes in them may have to
        wait for a moderator"""
        return frozenset(self._words().values())

    def _waits_for_review(self):
        """:return bool: a moderator must accept what the author changes here. So it is when others read this text, and
        either the author's texts are still reviewed, or somebody else has corrected this one since"""
        self.ensure_one()
        if not self.is_shown:
            return False
        last = self._last_action(["correct", "accept_edit"])
        corrected = last.kind == "correct" and last.create_uid != self.env.user
        return corrected or self._is_reviewed()

    def _take_from_author(self, vals):
        """Write what the author changes; if his words must wait for a moderator, keep them as a correction.

        :param dict vals: the new values, cleaned
        """
        self.ensure_one()
        Edit = self.env["collab.edit"]
        texts = {name: vals[name] for name in vals.keys() & self._text_fields()}
        if texts and self._waits_for_review():
            # A form sends all of its texts: when none differs, there is nothing to read, and nobody is told.
            if Edit._of(self) or any(self[name] != text for name, text in texts.items()):
                Edit._propose(self, texts)
            vals = {name: vals[name] for name in vals.keys() - texts.keys()}
        elif texts:
            Edit._of(self).unlink()
        said = vals.keys() & self._text_fields()
        if vals:
            # The date is that of his words: whom they are for, and where they are classed, is no correction of them.
            # sudo: the author may not write that date himself
            self.sudo().write({**vals, **({"corrected_date": fields.Datetime.now()} if said else {})})
        if said:
            self._tell_corrected()

    def _tell_corrected(self):
        """Notify the people whom a correction mentions. Does nothing unless a model redefines it."""

    # The bin

    @api.autovacuum
    def _gc_bin(self):
        """Delete what has been in the bin for thirty days, unless its author contests that it was removed."""
        if self._abstract:
            # Core calls the method on abstract models too.
            return
        limit = fields.Datetime.now() - timedelta(days=BIN_DAYS)
        gone = self.search([("active", "=", False), ("removed_date", "<", limit)])
        gone.filtered(lambda record: not record._contests())._purge()

    def _purge(self):
        self.unlink()

    def write(self, vals):
        if "active" in vals:
            vals = {**vals, "removed_date": False if vals["active"] else fields.Datetime.now()}
        return super().write(vals)

    def unlink(self):
        # sudo: whoever deletes a text deletes what was noted about it, but for the log, which stays
        for name in ("collab.flag", "collab.edit"):
            notes = self.env[name].sudo()
            notes.search(notes._naming_domain(self)).unlink()
        return super().unlink()
