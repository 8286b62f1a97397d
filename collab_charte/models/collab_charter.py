import hashlib
from difflib import SequenceMatcher

from lxml import html

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from odoo.addons.collab_reseaux.calls import READ, WRITE, opened

# Only administrators see who has accepted the charter.
SEEN_BY = "collab_reseaux.group_administrator"
# The blocks of a text that are compared: paragraphs, titles, items of lists.
BLOCKS = "//p|//li|//h1|//h2|//h3|//h4|//td|//div[not(.//p|.//li|.//h1|.//h2|.//h3|.//h4|.//td|.//div)]"


class CollabCharter(models.Model):
    """A version of the rules that everyone must accept before reading anything. The last published one is in force.

    A minor correction (a comma, an address) is another record of the same version: nobody must accept it again.
    """

    _name = "collab.charter"
    _inherit = ["collab.written.mixin"]
    _description = "Charter"
    _order = "version desc, revision desc"
    _rec_name = "version"
    _calls = opened("administrator", *READ, *WRITE, "action_export", "action_preview") | opened(
        "administrator", "action_ask_publish", "action_discard", "action_publish", "action_remind"
    )
    _creates = _writes = opened("administrator", "body", "minor")

    version = fields.Integer(readonly=True, copy=False)
    revision = fields.Integer(
        readonly=True, required=True, default=0, copy=False, help="How many minor corrections this version has had."
    )
    minor = fields.Boolean(
        string="Minor correction",
        copy=False,
        help="Nobody is asked again: it changes nothing of what people accepted. "
        "What changes the rules is a new version.",
    )
    body = fields.Html(required=True, sanitize=True, strip_style=True, default=lambda self: self._default_body())
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    published_date = fields.Datetime(readonly=True, copy=False)
    body_hash = fields.Char(
        string="Fingerprint",
        readonly=True,
        copy=False,
        help="SHA-256 of the exact text, in hexadecimal: the proof of what was accepted.",
    )
    acceptance_ids = fields.One2many("collab.charter.acceptance", "charter_id", string="Acceptances")
    in_force = fields.Boolean(compute="_compute_people", groups=SEEN_BY)
    waiting_ids = fields.Many2many(
        "res.users", string="Who has not accepted it", compute="_compute_people", groups=SEEN_BY
    )
    summary = fields.Char(string="Who has accepted it", compute="_compute_people", groups=SEEN_BY)
    publish_effect = fields.Char(string="Whom it stops", compute="_compute_publish_effect", groups=SEEN_BY)

    _version_unique = models.UniqueIndex(
        "(version, revision) WHERE state = 'published'", "This version already exists."
    )

    @api.depends("version", "revision", "state")
    def _compute_display_name(self):
        for charter in self:
            number = f"{charter.version}.{charter.revision}" if charter.revision else charter.version
            charter.display_name = self.env._("Version %s", number) if charter.version else self.env._("Draft")

    @api.depends("state", "version", "acceptance_ids")
    def _compute_people(self):
        current = self.browse(self._current_id())
        people = self.env["res.users"]._who_may_come_in()
        waiting = people.filtered(lambda user: not user._charter_accepted())
        for charter in self:
            published = charter.state == "published"
            charter.in_force = published and charter.version == current.version
            charter.waiting_ids = waiting if charter.in_force else False
            if charter.in_force:
                charter.summary = self._said_of(len(people) - len(waiting), len(people), charter.version)
            else:
                charter.summary = self._said_of_past(len(charter.acceptance_ids)) if published else False

    @api.model
    def _said_of(self, accepted, people, version):
        """:return str: how many people have accepted this version, among those who have an open account"""
        numbers = {"accepted": accepted, "people": people, "version": version}
        if not accepted:
            return self.env._("0 of %(people)s has accepted version %(version)s", **numbers)
        if accepted == 1:
            return self.env._("1 of %(people)s has accepted version %(version)s", **numbers)
        return self.env._("%(accepted)s of %(people)s have accepted version %(version)s", **numbers)

    @api.model
    def _said_of_past(self, accepted):
        """:return str: how many people had accepted a version that is no longer in force"""
        if accepted > 1:
            return self.env._("%s people accepted it when it was in force", accepted)
        return self.env._("1 person accepted it when it was in force") if accepted else self.env._("Nobody accepted it")

    @api.depends("state", "minor")
    def _compute_publish_effect(self):
        current = self.browse(self._current_id())
        people = self.env["res.users"]._who_may_come_in()
        # A person who has never come is not "stopped": the first visit begins with the charter anyhow.
        come = people.filtered(lambda user: user.login_date or user.accepted_charter_id or user.refused_charter_id)
        for charter in self:
            if charter.state != "draft":
                charter.publish_effect = False
            elif charter.minor and current:
                charter.publish_effect = self.env._(
                    "Minor correction: nobody is stopped. Who has accepted version %s need not accept it again.",
                    current.version,
                )
            else:
                charter.publish_effect = self._say_whom_it_stops(len(come), len(people - come))

    @api.model
    def _say_whom_it_stops(self, come, others):
        """:param int come: how many people have already come, the current user included
        :param int others: how many have an account but have never come
        :return str: one or two sentences"""
        stopped = self.env._("1 person will have to accept this text before going on: you.")
        if come > 1:
            stopped = self.env._(
                "%s people will have to accept this text before they go on. You are one of them.", come
            )
        if not others:
            return stopped
        later = self.env._("1 other will accept it at the first visit.")
        if others > 1:
            later = self.env._("%s others will accept it at their first visit.", others)
        return f"{stopped} {later}"

    @api.model
    def _default_body(self):
        """A new version starts from the text in force, so that members see the real changes only."""
        return self.browse(self._current_id()).body

    def action_ask_publish(self):
        """:return dict: opens a dialog that says whom this text stops, and asks to confirm"""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Publish this charter"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(self.env.ref("collab_charte.collab_charter_view_publish").id, "form")],
            "target": "new",
        }

    def action_remind(self):
        """Send a reminder to those who have come but not accepted the version in force; to each at most once a day.

        :return dict: a notification that says how many mails leave
        """
        self.check_access("write")
        waiting = self.env["res.users"]._who_may_come_in().filtered("charter_waits")
        asked = waiting._ask_for_reminder()
        message = self.env._("%s reminders leave within a minute.", len(asked))
        if len(asked) == 1:
            message = self.env._("1 reminder leaves within a minute.")
        elif not asked:
            message = self.env._("Nobody is to be reminded.")
        if others := len(waiting) - len(asked):
            message += " " + self.env._("Left alone, for they have been reminded within a day: %s.", others)
        params = {"type": "success" if asked else "warning", "message": message}
        reload = {"type": "ir.actions.client", "tag": "soft_reload"}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": {**params, "next": reload}}

    def action_discard(self):
        """Delete a draft.

        :return dict: opens the list of versions
        :raises UserError: this text has been published
        """
        self.check_access("unlink")
        self.unlink()
        return self.env["ir.actions.act_window"]._for_xml_id("collab_charte.collab_charter_action")

    def action_publish(self):
        """Put this text in force. Unless it is a minor correction, everybody must accept it at the next click.

        :return dict | None: leads to the page of the charter, which the current user must accept too
        """
        self.check_access("write")
        # sudo: clients may not write these fields; only this method does
        for charter in self.sudo().filtered(lambda c: c.state == "draft"):
            last = self.browse(self._current_id())
            same = charter.minor and last
            charter.write(
                {
                    "version": last.version if same else last.version + 1,
                    "revision": last.revision + 1 if same else 0,
                    "state": "published",
                    "published_date": fields.Datetime.now(),
                    "body_hash": hashlib.sha256(charter.body.encode()).hexdigest(),
                }
            )
        self.env.registry.clear_cache()
        self.env["res.users"].invalidate_model(["door_state", "charter_waits"])
        # A websocket checks the charter when it has something to send (bus.bus): this message makes them all check it.
        self.env["bus.bus"]._sendone("broadcast", "collab_charte/published", {})
        if not self.env.user._charter_accepted():
            return {"type": "ir.actions.act_url", "url": "/charte", "target": "self"}
        return None

    def action_preview(self):
        """:return dict: opens the page of the charter as members will see it"""
        return {"type": "ir.actions.act_url", "url": f"/charte/apercu/{self.id}", "target": "new"}

    def action_export(self):
        """:return dict: downloads the proofs of acceptance"""
        return {"type": "ir.actions.act_url", "url": f"/charte/preuves/{self.id}", "target": "download"}

    @api.model
    def _current_id(self):
        """:return int | bool: the identifier of the text in force"""
        return next(iter(self._in_force_ids()), False)

    @api.model
    def _current_version(self):
        """:return int: the number of the version in force; 0 when there is none"""
        # sudo: the version in force is public
        return self.sudo().browse(self._current_id()).version

    @api.model
    @tools.ormcache()
    def _in_force_ids(self):
        """:return tuple[int]: the texts of the version in force, the last one first; accepting one of them is enough"""
        return self._find_in_force_ids()

    @api.model
    def _find_in_force_ids(self):
        """As ``_in_force_ids``, but without the cache, which this process may not know to be out of date."""
        # sudo: the text in force is public
        Charter = self.sudo()
        last = Charter.search([("state", "=", "published")], limit=1)
        return tuple(Charter.search([("state", "=", "published"), ("version", "=", last.version)]).ids)

    def _changes_since(self, accepted):
        """Compare this text to the one that a person had accepted.

        :param collab.charter accepted: the latter; empty if this person had accepted none
        :return list[tuple[str, str]]: ("added" | "removed", paragraph), in the order of the text
        """
        before, after = (_paragraphs(charter.body) if charter else [] for charter in (accepted, self))
        changes = []
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if tag != "equal":
                changes += [("removed", paragraph) for paragraph in before[i1:i2]]
                changes += [("added", paragraph) for paragraph in after[j1:j2]]
        return changes

    def write(self, vals):
        if self.filtered(lambda c: c.state == "published"):
            raise UserError(self.env._("A published charter does not change: write a new version."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if self.filtered(lambda c: c.state == "published"):
            raise UserError(self.env._("A published charter is kept: it proves what was accepted."))


def _paragraphs(body):
    """:return list[str]: the plain text of each block of an HTML text"""
    blocks = (" ".join(block.text_content().split()) for block in html.fromstring(f"<div>{body}</div>").xpath(BLOCKS))
    return [block for block in blocks if block]
