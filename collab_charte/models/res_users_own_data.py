import base64
import json
import secrets

from odoo import fields, models
from odoo.fields import Command, Domain
from odoo.tools.sql import escape_psql


class ResUsers(models.Model):
    """The personal data of an account: exported when the person asks for them, erased after he has left."""

    _inherit = "res.users"

    forgotten_date = fields.Datetime(
        string="Erased on",
        readonly=True,
        copy=False,
        groups="collab_reseaux.group_moderator",
        help="Who this person was has been erased.",
    )

    def _shown_login(self):
        # The login of an erased account is a random word, and not an address.
        return None if self.forgotten_date else super()._shown_login()

    def _write_own_data(self, archive):
        result = super()._write_own_data(archive)
        # sudo: his own data, in models that members may not read
        user = self.sudo()
        person = user.partner_id
        account = {
            "prenom": person.firstname,
            "nom": person.lastname,
            "identifiant": user.login,
            "adresse_electronique": person.email,
            "fonction": person.function,
            "telephone": person.phone,
            "structure": person.parent_id.name,
            "adresse": ", ".join(filter(None, (person.street, person.zip, person.city))),
            "reseaux": person.scope_network_ids.mapped("name"),
            "territoires": person.scope_territory_ids.mapped("display_name"),
            "peut_aider_sur": person.help_theme_ids.mapped("name"),
            "comment_demander_de_l_aide": person.help_words,
            "jours_de_travail": person.work_days,
            "dans_l_annuaire": person.is_listed,
            "adresse_montree_aux_membres": person.shows_email,
            "telephone_montre_aux_membres": person.shows_phone,
            "photo_montree_aux_membres": person.shows_photo,
            "compte_cree_le": user.create_date,
            "invite_le": user.invited_date,
            "connexions": user.log_ids.mapped("create_date"),
            "appareils": [
                {"navigateur": device.browser, "systeme": device.platform, "derniere_activite": device.last_activity}
                for device in user._own_devices()
            ],
        }
        proofs = user.env["collab.charter.acceptance"].search([("user_id", "=", user.id)], order="date")
        accepted = [
            {
                "version": proof.charter_id.display_name,
                "acceptee_le_utc": proof.date,
                "depuis_l_adresse_ip": proof.ip,
                "empreinte_sha256": proof.body_hash,
                "texte": proof.charter_id.body,
            }
            for proof in proofs
        ]
        for name, content in (("compte", account), ("charte", accepted)):
            archive.writestr(f"{name}.json", json.dumps(content, ensure_ascii=False, indent=2, default=str))
        if person.image_1920:
            archive.writestr("photo.jpg", base64.b64decode(person.image_1920))
        return result

    def _forget(self):
        """Erase the identity of this person. What he shared stays, and so does the proof that he accepted a charter."""
        result = super()._forget()
        # sudo: these models are closed to administrators too
        user, person = self.sudo(), self.sudo().partner_id
        addresses = {address.lower() for address in (user.login, person.email_normalized) if address}
        env = user.env
        # His former addresses too: an imported file or a mail may contain them.
        events = env["collab.account.event"].search([("user_id", "=", user.id)])
        moved = events.filtered(lambda event: event.kind in ("address", "undone"))
        addresses |= {address.lower() for event in moved for address in (event.before, event.after) if address}
        lines = Domain("user_id", "=", user.id)
        mails = Domain("recipient_ids", "in", person.ids)
        for address in addresses:
            lines |= Domain("email", "=ilike", escape_psql(address))
            # A first filter on the domain: HTML may encode the part before the @. ``_names`` decodes it, below.
            end = escape_psql(address.rpartition("@")[2])
            mails |= Domain("email_to", "ilike", end) | Domain("body_html", "ilike", end)
        # The whole import, because its file contains this person.
        env["collab.import.line"].search(lines).import_id.unlink()
        mails = env["mail.mail"].search(mails)
        mails.filtered(lambda mail: person in mail.recipient_ids or mail._names(addresses)).unlink()
        messages = env["mail.message"]
        messages.search([("model", "=", "res.partner"), ("res_id", "=", person.id)]).unlink()
        messages.search([("author_id", "=", person.id)]).write({"email_from": False, "reply_to": False})
        env["mail.followers"].search([("partner_id", "=", person.id)]).unlink()
        env["res.device.log"].search([("user_id", "=", user.id)]).unlink()
        env["auth_totp.device"].search([("user_id", "=", user.id)]).unlink()
        env["collab.account.letter"].search([("user_id", "=", user.id)]).unlink()
        env["res.users.apikeys"].search([("user_id", "=", user.id)]).unlink()
        # The rows of the log stay, without names, addresses and reasons, which are about him.
        events.write(dict.fromkeys(("before", "after", "reason"), False))
        env["collab.factor.clearing"].search([("user_id", "=", user.id)]).unlink()
        silent = user.with_context(tracking_disable=True)
        silent.partner_id.write(
            {
                **dict.fromkeys(("firstname", "email", "phone", "function", "website", "comment", "image_1920"), False),
                **dict.fromkeys(("street", "street2", "zip", "city", "commune_id", "parent_id"), False),
                **dict.fromkeys(("help_words", "work_days", "is_listed"), False),
                "help_theme_ids": [Command.clear()],
                "lastname": env["collab.member"]._departed_name(),
                "network_ids": [Command.clear()],
                "territory_ids": [Command.clear()],
                "active": False,
            }
        )
        silent.write(
            {
                "login": f"parti-{secrets.token_hex(8)}",
                "password": secrets.token_urlsafe(32),
                "totp_secret": False,
                "signature": False,
                "forgotten_date": fields.Datetime.now(),
            }
        )
        return result
