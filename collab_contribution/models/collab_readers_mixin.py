import re

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.collab_reseaux.import_plan import comparable

LETTERS_MAX_CHARS = 200
SUGGESTED_MAX = 20
# Of those whom one text mentions, at most this many are told.
MENTIONED_MAX = 20
MENTIONS_READ = 100
NAME_WORDS = 5
MENTION = re.compile(r"(?<![\w.@])@([^\W\d_][^@\n]{0,80})")


class CollabReadersMixin(models.AbstractModel):
    """A content whose readers may be mentioned in what is written there.

    A model that inherits this mixin is a ``collab.content.mixin`` and a ``collab.contribution.mixin``.
    """

    _name = "collab.readers.mixin"
    _description = "Who reads a content"

    def _readers_domain(self):
        """:return Domain: the accounts of those who read this content"""
        # sudo: the audience is only used to find its readers, and is not shown
        content = self.sudo()
        networks, territories = content.audience_network_ids.ids, content.audience_territory_ids.ids
        readers = self._audience_readers_among(networks, territories)
        if not content.is_shown:
            readers &= Domain("id", "=", content.create_uid.id)
        return self._staff_readers_domain(networks) | readers

    @api.model
    def _staff_readers_domain(self, networks):
        """:param Sequence[int] networks: of an audience; empty for all
        :return Domain: the accounts of the moderators and administrators who read what has this audience"""
        accepted = Domain("accepted_charter_id", "in", list(self.env["collab.charter"]._in_force_ids()))
        roles = {role: self.env.ref(f"collab_reseaux.group_{role}").ids for role in ("moderator", "administrator")}
        moderators = Domain("all_group_ids", "in", roles["moderator"])
        # sudo: a setting
        if networks and not self.env["ir.config_parameter"].sudo().get_param("collab_reseaux.moderators_read_all"):
            moderators &= Domain("partner_id.scope_network_ids", "in", networks)
        return (
            Domain("active", "=", True)
            & accepted
            & (moderators | Domain("all_group_ids", "in", roles["administrator"]))
        )

    def _suggest(self, letters, network_ids=(), territory_ids=()):
        """Suggest whom to mention, among those who read this content.

        :param str letters: the first ones of a name
        :param Sequence[int] network_ids: networks of the audience, for a content that is not saved yet
        :param Sequence[int] territory_ids: likewise, its territories
        :return list[dict]: name and organisation of twenty people at most, by name
        """
        letters = " ".join(re.sub(r"[%_\\\x00]", " ", letters or "").split())[:LETTERS_MAX_CHARS]
        if len(letters) < 2 or self.env.user._audience_scope() is None:
            return []
        if self:
            self.check_access("read")
            if not self._addressed():
                return []
            readers = self._readers_domain()
        else:
            readers = self._staff_readers_domain(list(network_ids)) | self._audience_readers_among(
                network_ids, territory_ids
            )
        # The letters begin the name, or a word inside it.
        named = Domain("name", "=ilike", f"{letters}%") | Domain("name", "ilike", f" {letters}")
        # sudo: members may not list accounts; this method only returns what ``collab.member`` shows of them
        found = (
            self.env["res.users"]
            .sudo()
            .search(readers & named & Domain("id", "!=", self.env.uid), limit=SUGGESTED_MAX, order="name")
        )
        known = self.env["collab.member"]._named_by_account(found.ids)
        # A mention is only "@" and a name: identifiers would be of no use.
        return [{"name": user.name, "organisation": known[user.id][1] or ""} for user in found if user.id in known]

    def _mentioned(self, text):
        """Find whom a text mentions, by "@" and the whole name, read as a person reads it: without regard to case,
        accents, hyphens or apostrophes.

        :param str text: without formatting
        :return res.users: readers of this content, MENTIONED_MAX at most; when several have this name, all of them
        """
        spoken = []
        for found in MENTION.findall(text)[:MENTIONS_READ]:
            parts = found.split()[:NAME_WORDS]
            spoken.append([comparable(" ".join(parts[:size])) for size in range(len(parts), 0, -1)])
        if not spoken:
            return self.env["res.users"]
        # sudo: members may not list accounts; only those whose name the text contains are kept
        people = self.env["res.users"].sudo().search_fetch(self._readers_domain(), ["name"])
        by_name = people.grouped(lambda person: comparable(person.name))
        mentioned = self.env["res.users"]
        for candidates in spoken:
            name = next((name for name in candidates if name and name in by_name), None)
            if name:
                mentioned |= by_name[name].sudo(False)
        return mentioned[:MENTIONED_MAX]
