import json
import zipfile

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

MEMBER_KARMA = 1
MODERATOR_KARMA = 1_000_000


class ResUsers(models.Model):
    _inherit = "res.users"

    forum_suspended_date = fields.Datetime(
        string="Suspended from the forum on",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="This person reads, and writes nothing, in the forum or elsewhere.",
    )

    # Karma is a role: website_forum asks for it everywhere, and nobody gains any.

    @api.depends("karma_tracking_ids.new_value", "group_ids", "group_ids.all_implied_ids")
    def _compute_karma(self):
        member = self.env.ref("collab_reseaux.group_member", raise_if_not_found=False)
        moderator = self.env.ref("collab_reseaux.group_moderator", raise_if_not_found=False)
        for user in self:
            # sudo: roles are read whoever asks
            groups = user.sudo().all_group_ids
            user.karma = MODERATOR_KARMA if moderator in groups else MEMBER_KARMA if member in groups else 0

    @api.model
    def _make_karma_a_role(self):
        """Give its karma to each account that was there before."""
        everybody = self.with_context(active_test=False).search([])  # pylint: disable=no-search-all
        self.env.add_to_compute(self._fields["karma"], everybody)

    def _add_karma_batch(self, values_per_user):
        """Nobody gains anything."""
        return True

    def _recompute_rank(self):
        """Nobody has a rank: no mail tells him of another one."""
        return True

    def _recompute_rank_bulk(self):
        """As ``_recompute_rank``."""
        return True

    # Suspension

    def _check_may_write(self):
        # sudo: his own account
        if self.sudo().forum_suspended_date:
            raise AccessError(
                self.env._("The federations have suspended your right to write here. They have told you why.")
            )
        return super()._check_may_write()

    def _suspend_from_forum(self, reason, post=None):
        """Let this member read, and write nothing in the forum any more.

        :param str reason: he reads it
        :param forum.post | collab.forum.comment | None post: what he has written that leads to it
        :raises AccessError: he is of another network, or of a federation
        """
        self._note_suspension("suspend", reason, post, fields.Datetime.now())

    def _resume_in_forum(self, reason):
        """Let this member write in the forum again.

        :param str reason: he reads it
        """
        # Those who read of the suspension read of its end; this moderator is told of nothing that he does not read.
        # sudo: what it was about, before asking that
        suspended = self.sudo()._last_suspension()
        about = (suspended.comment_id or suspended.post_id).sudo(False)
        known = about.with_context(active_test=False).search([("id", "in", about.ids)])
        self._note_suspension("resume", reason, known, False)

    def _last_suspension(self):
        return self._last_about("suspend")

    def _last_about(self, kind):
        """:return collab.forum.action: the last one of this kind about this person"""
        about = Domain("author_id", "=", self.id) & Domain("kind", "=", kind)
        return self.env["collab.forum.action"].search(about, limit=1)

    def _may_suspend(self):
        """:return bool: the current user may suspend this member, or let him write again"""
        self.ensure_one()
        me = self.env.user
        if not me.has_group("collab_reseaux.group_moderator"):
            return False
        # sudo: memberships are compared, and not shown
        person = self.sudo()
        shared = person.partner_id.scope_network_ids & me.sudo().partner_id.scope_network_ids
        is_mine = bool(shared) or me.has_group("collab_reseaux.group_administrator")
        return is_mine and not person._is_internal() and person.active

    @api.model
    def _suspended(self):
        """List who may not write in the forum, among those of the current moderator's networks.

        :return list[dict]: ``id``, ``name``, ``organisation``, ``when``, ``by``, ``reason``, the latest first
        :raises AccessError: he does not moderate
        """
        me = self.env.user
        if not me.has_group("collab_reseaux.group_moderator"):
            raise AccessError(self.env._("Only the federations do this."))
        domain = Domain("forum_suspended_date", "!=", False)
        if not me.has_group("collab_reseaux.group_administrator"):
            # sudo: his own memberships
            domain &= Domain("partner_id.scope_network_ids", "in", me.sudo().partner_id.scope_network_ids.ids)
        # sudo: moderators read of these accounts what this method gives: they may suspend them
        people = self.sudo().search(domain, order="forum_suspended_date desc")
        why = {person: person._last_suspension() for person in people}
        doers = self.union(*(action.create_uid for action in why.values()))
        names = self.env["forum.post"]._authors(people | doers)
        say_when = self.env["ir.qweb.field.collab_when"].value_to_html
        return [
            {
                "id": person.id,
                "name": names[person.id][0],
                "organisation": names[person.id][1],
                "when": say_when(person.forum_suspended_date, {}),
                "by": names[action.create_uid.id][0] if action else "",
                "reason": action.reason or "",
            }
            for person, action in why.items()
        ]

    def _note_suspension(self, kind, reason, post, date):
        self.ensure_one()
        me = self.env.user
        if not me.has_group("collab_reseaux.group_moderator"):
            raise AccessError(self.env._("Only the federations do this."))
        if not self._may_suspend():
            raise AccessError(self.env._("Only the federations of this member do this."))
        if post:
            post.check_access("read")
        reason = self.env["forum.post"]._reason(reason)
        # sudo: moderators write no account, but this
        person = self.sudo()
        if bool(person.forum_suspended_date) == bool(date):
            # He is told once.
            raise person._last_about(kind)._already_done()
        person.forum_suspended_date = date
        # sudo: the log is the platform's to write
        action = (
            self.env["collab.forum.action"]
            .sudo()
            .create(
                {
                    "kind": kind,
                    "reason": reason,
                    "author_id": self.id,
                    **(post._name_of_part() if post else {}),
                    "title": post._post()._question().name if post else False,
                }
            )
        )
        self.env["collab.notification"]._notify("moderation", action, f"action,{action.id}", self.sudo(False))

    # Leaving

    def _write_own_data(self, archive):
        result = super()._write_own_data(archive)
        # sudo: all that this person has written, wherever it was, and what he has put back in the bin
        Post = self.env["forum.post"].sudo().with_context(active_test=False)
        posts = Post.search([("create_uid", "=", self.id)], order="id")
        comments = Post.env["collab.forum.comment"].search([("create_uid", "=", self.id)], order="id")
        votes = Post.env["forum.post.vote"].search([("user_id", "=", self.id), ("vote", "=", "1")], order="id")
        flags = Post.env["collab.forum.flag"].search([("create_uid", "=", self.id)], order="id")
        edits = Post.env["collab.forum.edit"].search([("create_uid", "=", self.id)], order="id")
        attachments = Post.env["collab.forum.attachment"].search([("create_uid", "=", self.id)], order="id")
        actions = Post.env["collab.forum.action"].search([("author_id", "=", self.id)], order="id")
        # What others have asked is told to those who may read it now.
        said = posts | edits.post_id | comments.post_id | votes.post_id | flags.post_id | actions.post_id
        titles = said._question()._titles_for(self)
        written = {
            "questions": [
                {
                    **self._own_text(post, post.content),
                    "titre": post.name,
                    "theme": post.forum_id.theme_id.name,
                    "territoire": post.territory_id.display_name or None,
                    "reseaux": post.audience_network_ids.mapped("name"),
                    "territoires": post.audience_territory_ids.mapped("display_name"),
                }
                for post in posts
                if not post.parent_id
            ],
            "reponses": [
                {**self._own_text(post, post.content), "discussion": titles.get(post.parent_id)}
                for post in posts
                if post.parent_id
            ],
            "commentaires": [
                {**self._own_text(comment, comment.body), "discussion": titles.get(comment.post_id._question())}
                for comment in comments
            ],
            "corrections_en_attente": [
                {
                    "le": edit.create_date,
                    "titre": edit.name or None,
                    "texte": edit.content or edit.body,
                    "discussion": titles.get(edit.post_id._question()),
                }
                for edit in edits
            ],
            "remerciements": [
                {"le": vote.create_date, "discussion": titles.get(vote.post_id._question()), "numero": vote.post_id.id}
                for vote in votes
            ],
            "signalements": [
                {
                    "le": flag.create_date,
                    "discussion": titles.get(flag.post_id._question()),
                    "motif": flag.reason,
                    "suite": flag.outcome or None,
                }
                for flag in flags
            ],
            "moderation": [
                {
                    "le": action.create_date,
                    "action": action.kind,
                    "discussion": titles.get(action.post_id._question()),
                    "motif": action.reason,
                }
                for action in actions
            ],
        }
        for attachment in attachments:
            # Pictures and documents are compressed already, most of them.
            archive.write(
                attachment._stored()._stored_path(), f"forum/{attachment.id} - {attachment.name}", zipfile.ZIP_STORED
            )
        archive.writestr("forum.json", json.dumps(written, ensure_ascii=False, indent=2, default=str))
        return result

    @api.model
    def _own_text(self, record, text):
        return {"le": record.create_date, "texte": text, "etat": record.state if record.active else "removed"}

    def _forget(self):
        # sudo: what he has thanked for, and whether he could write, say something of him to nobody any more
        votes = self.env["forum.post.vote"].sudo().search([("user_id", "=", self.id)])
        votes.unlink()
        self.sudo().forum_suspended_date = False
        # sudo: nobody waits for what he would have corrected
        self.env["collab.forum.edit"].sudo().search([("create_uid", "=", self.id)]).unlink()
        return super()._forget()
