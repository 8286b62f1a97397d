from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.collab_reseaux.moments import day_tile, paris_day, say_hour, today

# More in a month would be no agenda any more.
NEWS_MAX = 200


class CalendarEvent(models.Model):
    """What joins the agenda to the other contents: news that have a day stand there without being written again, and
    what has taken place has its minutes in the library."""

    _inherit = "calendar.event"

    @api.model
    def _other_dates(self, reading, first_day, last_day, territory=None, network=None):
        News, rows = self.env["collab.news"], super()._other_dates(reading, first_day, last_day, territory, network)
        state = f"{self.env['collab.change']._state(News._name)} {today()} {self.env.lang}"
        dated = News._since_last_change("dated", state, self._read_dated_news)
        near = {row["id"]: row for row in dated if row["day"] <= last_day and row["last"] >= first_day}
        if not near:
            return rows
        readable = News._readable_among(list(near))
        if (territory or network) and readable:
            filters = News._filter_domain(None, territory, network)
            readable = set(News.search(Domain("id", "in", list(readable)) & filters)._ids)
        return [*rows, *[row for number, row in near.items() if number in readable][:NEWS_MAX]]

    @api.model
    def _read_dated_news(self):
        """:return list[dict]: what the agenda shows to any reader of each news item that has a day"""
        shown = Domain("start", "!=", False) & Domain("is_shown", "=", True)
        # sudo: kept for all readers; which of them he may read is asked at each page
        dated = self.env["collab.news"].sudo().search(shown, order="start, id")
        return [{"id": news.id, **self._news_row(news)} for news in dated]

    @api.model
    def _news_row(self, news):
        """:return dict: what the agenda shows of a news item, as ``_other_dates``"""
        (first, last), communes = _days(news), self.env["collab.commune"]._names()
        return {
            "template": "collab_portail.news_date_row",
            "url": news._read_url(),
            "title": news.name,
            "day": first,
            "last": last,
            "hour": say_hour(news.start),
            "place": communes.get(news.commune_id.id) or news.place or "",
            "networks": self.env["collab.audience"]._shown(news.audience_id.id)["networks"],
            "tile": day_tile(max(first, today()), "EEE"),
            "is_cancelled": False,
            "participates": False,
            "state": news.state,
        }

    # Minutes

    def _minutes_shown(self):
        """:return dict: of what is over, for its page: ``rows`` (its minutes that the reader may read, as
        ``dms.file._rows``), ``is_asked`` (he has organised it, and may deposit them)"""
        if self.is_poll or not self._is_over():
            return {"rows": [], "is_asked": False}
        Document = self.env["dms.file"]
        return {"rows": Document._rows(Document._latest([("event_id", "=", self.id)])), "is_asked": self._has_minutes()}

    def _has_minutes(self):
        """:return bool: it has taken place, and the current user may deposit its minutes"""
        return not (self.is_poll or self.cancelled_date) and self.start < fields.Datetime.now() and self._organises()

    def _minutes_folder(self, folders):
        """:param Collection[int] folders: where the current user may deposit
        :return int | None: the one where the last minutes of the same organiser lie"""
        alike = Domain("event_id.organiser_id", "=", self.organiser_id.id) & Domain("directory_id", "in", list(folders))
        return (
            self.env["dms.file"]
            .search(alike & Domain("event_id", "!=", False), order="id desc", limit=1)
            .directory_id.id
        )


def _days(news):
    """:param collab.news news: that has a day
    :return tuple[date, date]: its first day and its last one, in Paris"""
    first = paris_day(news.start)
    return first, paris_day(news.stop) if news.stop else first
