from datetime import timedelta

from odoo import fields

from odoo.addons.collab_charte.tests.common import CharterCase
from odoo.addons.collab_reseaux.moments import today


class NewsCase(CharterCase):
    """Ana and Bob are of the blue network, at the port; Greta is of the green one, in the hills; Mona moderates the
    blue network."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls._user("ana", networks=cls.blue, territories=cls.port)
        cls.bob = cls._user("bob", networks=cls.blue, territories=cls.port)
        cls.greta = cls._user("greta", networks=cls.green, territories=cls.hills)
        cls.mona = cls._user("mona", "moderator", networks=cls.blue)
        cls.ada = cls._user("ada", "administrator")
        # What is older than an account is not new to it.
        cls.env.cr.execute("UPDATE res_users SET create_date = create_date - interval '70 days'")
        cls.env.invalidate_all()
        cls.clisson = cls.env["collab.commune"].search([("name", "=", "Clisson")])

    @classmethod
    def _kind(cls, code):
        return cls.env.ref(f"collab_actualites.type_{code}")

    @classmethod
    def _news(cls, author=None, kind="information", **vals):
        """:return collab.news: written by somebody, and seen by the platform"""
        News = cls.env["collab.news"].with_user(author or cls.ana).sudo(False)
        return News.create({"name": "Une nouvelle", "type_id": cls._kind(kind).id, **vals}).sudo().with_env(cls.env)

    @classmethod
    def _as(cls, person):
        return cls.env["collab.news"].with_user(person).sudo(False)

    @classmethod
    def _in(cls, **delay):
        """:return datetime: UTC, to the minute"""
        return (fields.Datetime.now() + timedelta(**delay)).replace(second=0)

    @classmethod
    def _leave(cls, news):
        """Let it have left the feed yesterday: nobody can ask for that."""
        news.flush_recordset()
        cls.env.cr.execute(
            "UPDATE collab_news SET leaves_on = %s WHERE id IN %s", (today() - timedelta(days=1), tuple(news.ids))
        )
        news.invalidate_recordset()
        news._note_change()
