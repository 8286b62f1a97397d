from odoo import api, models, tools

from odoo.addons.collab_courrier.models.collab_notification import Event, Kind
from odoo.addons.collab_suivi.content import Content


class CalendarEvent(models.Model):
    """What the platform is told of dates, and whom it tells."""

    _inherit = "calendar.event"

    @api.model
    @tools.ormcache("self.env.lang")
    def _content(self):
        return Content(
            address="/agenda",
            name=self.env._("Agenda"),
            icon="M5 6h14v14H5zM5 10h14M9 3v4M15 3v4",
            sequence=25,
            nature=self.env._("Event"),
            plural=self.env._("Dates"),
            latest=self.env._("Next dates"),
            everything=self.env._("The whole agenda"),
            empty=self.env._("Nothing is planned yet"),
            invitation=self.env._("A meeting, a training day: your colleagues will find it here."),
            one_new=self.env._("One date is new to you."),
            many_new=self.env._("%s dates are new to you."),
            shown=4,
            is_aside=True,
            row_template="collab_agenda.event_row",
            kinds={
                "event": Kind(self.env._("A date in a territory that I follow"), "daily"),
                "reminder": Kind(self.env._("The day before, a date to which I come"), "each"),
                "event_change": Kind(self.env._("A change to a date to which I have answered"), "each"),
                "seat": Kind(self.env._("A seat that is free for me"), "each", is_owed=True),
            },
            text="content",
            one=self.env._("A date"),
            territory="territory_id",
            files="collab.event.attachment",
            comments="collab.event.comment",
            exported={
                **{"titre": "name", "type": "type_id", "texte": "content", "debut": "start", "fin": "stop"},
                **{"toute_la_journee": "allday", "adresse": "place", "commune": "commune_id", "lien": "link"},
                **{"contact": "contact", "organise_par": "organiser_id", "places": "seats"},
                **{"annule_le": "cancelled_date", "reseaux": "audience_network_ids"},
                **{"territoires": "audience_territory_ids", "le": "create_date"},
            },
        )

    def _deletion_words(self):
        return {
            "title": self.env._("Delete your date?"),
            "verb": self.env._("Delete the date"),
            "done": self.env._("Date deleted."),
            "back": self.env._("Date put back."),
            "gone": self.env._("You have deleted your date."),
        }

    def _announce(self):
        for event in self.filtered(lambda event: event.is_shown and not event.shown_date):
            # sudo: off, or marks would be those of the platform, and those told whom the platform may tell
            own = event.sudo(False).with_user(event.create_uid)
            own._set_mark("follow", True)
            self.env["collab.notification"]._notify("event", own, Event("published", own), own._territory_followers())
        return super()._announce()

    def _territory_followers(self):
        """:return res.users: who follows one of its territories, or one in which it lies"""
        steps = self.env["collab.territory"]._steps()
        around = {outer for inner in self._territories() for outer in steps.get(inner, ())}
        return self.env["collab.territory"].browse(around)._followers()

    def _territories(self):
        """:return tuple[int]: where this is, or else the territories to which it is addressed"""
        # sudo: geography is public
        place = self.sudo().territory_id
        return tuple(place.ids) or self.env["collab.audience"]._territories_of(self.audience_id.id)
