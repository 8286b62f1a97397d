from odoo import api, models, tools

from odoo.addons.collab_courrier.models.collab_notification import Event, Kind
from odoo.addons.collab_reseaux.moments import today
from odoo.addons.collab_suivi.content import Content


class CollabNews(models.Model):
    """What the platform is told of news, and whom it tells."""

    _inherit = "collab.news"

    @api.model
    @tools.ormcache("self.env.lang")
    def _content(self):
        return Content(
            address="/actualites",
            name=self.env._("News"),
            icon="M4 5h13v14H6a2 2 0 01-2-2zM17 9h3v8a2 2 0 01-2 2M7 9h7M7 12h7M7 15h4",
            sequence=15,
            nature=self.env._("News item"),
            plural=self.env._("News"),
            latest=self.env._("Latest news"),
            everything=self.env._("All the news"),
            empty=self.env._("Nobody has announced anything yet"),
            invitation=self.env._("Open days, an assembly, a job offer: your colleagues will read it here."),
            one_new=self.env._("One news item is new to you."),
            many_new=self.env._("%s news items are new to you."),
            shown=4,
            row_template="collab_actualites.news_row",
            kinds={"news": Kind(self.env._("A news item in a territory that I follow"), "daily")},
            text="content",
            one=self.env._("A news item"),
            territory="territory_id",
            files="collab.news.attachment",
            comments="collab.news.comment",
            exported={
                **{"titre": "name", "type": "type_id", "texte": "content", "debut": "start", "fin": "stop"},
                **{"date_limite": "deadline", "contrat": "contract", "heures": "hours", "adresse": "place"},
                **{"commune": "commune_id", "contact": "contact", "lien": "link", "dans_le_fil": "leaves_on"},
                **{"reseaux": "audience_network_ids", "territoires": "audience_territory_ids", "le": "create_date"},
            },
        )

    def _deletion_words(self):
        return {
            "title": self.env._("Delete your news item?"),
            "verb": self.env._("Delete the news item"),
            "done": self.env._("News item deleted."),
            "back": self.env._("News item put back."),
            "gone": self.env._("You have deleted your news item."),
        }

    def _announce(self):
        for news in self.filtered(lambda news: news.is_shown and not news.shown_date):
            # sudo: off, or marks would be those of the platform, and those told whom the platform may tell
            own = news.sudo(False).with_user(news.create_uid)
            own._set_mark("follow", True)
            self.env["collab.notification"]._notify("news", own, Event("published", own), own._territory_followers())
        return super()._announce()

    def _territory_followers(self):
        """:return res.users: who follows one of its territories, or one in which it lies"""
        steps = self.env["collab.territory"]._steps()
        around = {outer for inner in self._territories() for outer in steps.get(inner, ())}
        return self.env["collab.territory"].browse(around)._followers()

    def _notification(self, kind, event):
        if kind == "comment":
            return event.about._mail()
        if not self.is_shown or self.leaves_on < today() or self.env.user not in self._territory_followers():
            return None
        subject = self.env._("%(kind)s: %(title)s", kind=self._kind()["name"], title=self.name)
        return {"title": self.name, "subject": subject, "said": self.summary or "", "url": self._read_url()}
