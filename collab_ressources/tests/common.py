import io

from odoo.addons.collab_charte.tests.common import CharterCase


class LibraryCase(CharterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = cls.env.ref("collab_ressources.directory_tools")
        organisation = cls._organisation("Association", [cls.blue], [cls.port])
        cls.alice = cls._user("alice", organisation=organisation)
        cls.alan = cls._user("alan", organisation=organisation)
        cls.chloe = cls._user("chloe", organisation=cls._organisation("Autre", [cls.green], [cls.port]))

    def _deposit(self, user, content=b"%PDF-1.4", name="note.pdf", **vals):
        upload = self.env(user=user, su=False)["collab.upload"]._start(name, len(content))
        upload._append(0, io.BytesIO(content))
        return upload._deposit({"title": "Note", "directory_id": self.folder.id, **vals})
