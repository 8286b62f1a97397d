from odoo.tests import HttpCase

from odoo.addons.collab_charte.tests.common import CharterCase

# Each is looked for where it must not be.
PHONE, MAIL = "02 55 00 99 99", "secret.alice@relais.example"


class DirectoryCase(CharterCase, HttpCase):
    """Alice, in a house of the port; Léo, in the north, without any; Bruno, who reads, of another network, in the
    south."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Theme = cls.env["collab.theme"]
        cls.mobility, cls.housing = Theme.create([{"name": "Mobilité d’essai"}, {"name": "Logement d’essai"}])
        cls.house = cls._organisation("Le Relais d’essai", [cls.blue], [cls.port])
        cls.house.write({"city": "Portville", "street": "3 rue du Port", "zip": "44999"})
        cls.alice = cls._person("alice", "Alice", "Évrard", organisation=cls.house)
        cls.leo = cls._person("leo", "Léo", "de La Tour", networks=[cls.green], territories=[cls.north])
        cls.bruno = cls._person("bruno", "Bruno", "Zacharie", networks=[cls.green], territories=[cls.hills])
        cls.alice.partner_id.write(
            {
                "function": "Éducatrice d’essai",
                "phone": PHONE,
                "email": MAIL,
                "help_theme_ids": [cls.mobility.id],
                "help_words": "Appelez le matin",
                "work_days": "lundi, mardi",
            }
        )

    @classmethod
    def _person(cls, login, firstname, lastname, **belonging):
        user = cls._user(login, **belonging)
        user.partner_id.write({"firstname": firstname, "lastname": lastname})
        user.lang = "fr_FR"
        return user

    def _as(self, user):
        self.env.flush_all()
        self.authenticate(user.login, f"{user.login.split('@')[0]}-password-2026")

    def _text(self, address):
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200, address)
        return answer.text
