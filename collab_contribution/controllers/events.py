from urllib.parse import quote

from odoo.http import content_disposition, request

from odoo.addons.collab_reseaux.moments import say_span

from .. import ics
from .filters import Filters


class Events(Filters):
    """The pages of contents that have a day and a place (``collab.event.mixin``). A plain class, as ``Pages``."""

    def _moderates(self, content):
        """:return bool: the reader is a moderator of this content, and does not only read it as its author"""
        return request.env.user.has_group("collab_reseaux.group_moderator") and bool(content._addressed())

    def _item_shown(self, content, before, sent, forms=()):
        """
        :param Model content: which the reader has read
        :param str | None before: as ``Pages._render``
        :param Form sent: the form of the page that has just been refused, or an empty one
        :param Iterable[str] forms: the names of those that the page has, beside those of its comments
        :return dict: what its page shows of it
        """
        reading = content._reading()
        if content.id in content._new_among(reading.marks):
            content._mark_seen()
        comments = self._comments(content, before)
        [row] = content._rows(content, reading.marks)
        sent.show_among({*self._comment_forms(comments["comments"]), *forms})
        return {
            "content": content,
            "row": row,
            "mine": content.create_uid == request.env.user,
            "moderates": self._moderates(content),
            "marks": {kind for kind in content._marks if content.id in reading.marks.get(kind, {})},
            "author": content._people(content.create_uid)[content.create_uid.id],
            "span": say_span(content.start, content.stop) if content.start else None,
            "files": content._files(),
            **comments,
            "sent": sent,
            "quote": quote,
        }

    def _calendar(self, content):
        """
        :return Response: what a reader adds to his own calendar
        :raises NotFound: it has no day"""
        if not content.start:
            raise request.not_found()
        name = f"{content._slug}-{content.id}.ics"
        headers = [("Content-Type", ics.TYPE), ("Content-Disposition", content_disposition(name))]
        return request.make_response(ics.calendar([content._calendar_event()]), headers=headers)

    def _read_event(self, form, sent):
        """Take what a form says of a content that has a day and a place (``collab.event.mixin``).

        :param dict sent: the fields of the request
        :return dict: what is written
        """
        form.values["commune"] = sent.get("commune", "")
        form.values["content"] = self._html(sent.get("contenu", ""), sent.get("riche"))
        commune = form.take("commune_id", form.values["commune"], request.env["collab.commune"]._typed)
        if commune is not None:
            form.values["commune_id"] = commune.id
        words = {"name": "titre", "place": "lieu", "contact": "contact", "link": "lien"}
        return {
            **{name: form.take(name, sent.get(word, ""), self._line) for name, word in words.items()},
            "content": form.values["content"],
            "commune_id": form.values["commune_id"],
            "start": form.take("start", sent.get("debut", ""), self._moment),
            "stop": form.take("stop", sent.get("fin", ""), self._moment),
        }

    def _event_saved(self, content):
        """:param Model content: that is corrected; an empty one for what is created
        :return dict: what the form shows of it, as ``_read_event``"""
        commune = content.sudo().commune_id  # sudo: geography is public
        lines = {name: content[name] for name in ("name", "place", "contact", "link", "start", "stop")}
        return {
            **lines,
            "content": content.content or "",
            "commune_id": commune.id,
            "commune": commune.display_name if commune else "",
        }
