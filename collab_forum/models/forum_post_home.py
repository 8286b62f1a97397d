from odoo import api, models
from odoo.fields import Domain

ANSWERED_SHOWN, HELPED_SHOWN = 3, 3
ANSWERS_READ = 20


class ForumPost(models.Model):
    """What the first page of a reader says of discussions: who has answered him, whom he could help."""

    _inherit = "forum.post"

    @api.model
    def _first(self, limit):
        reading = self._reading()
        answered, helped, latest = self._found_first(reading, limit)
        # One query for the three lists.
        readable = self._latest([("id", "in", [*answered, *helped, *latest])]).ids
        lists = [self.browse(number for number in found if number in readable) for found in (answered, helped, latest)]
        if not lists[2]:
            # Nothing for weeks.
            lists[2] = self._latest(limit=limit) - lists[0] - lists[1]
        return tuple(lists)

    def _found_first(self, reading, limit):
        """Find in memory, among the discussions of the last weeks; each is in one list.

        :param Reading reading: of the current user
        :return tuple[list[int], list[int], list[int]]: identifiers of those that he has asked, and to which somebody
            has added something that he has not seen; of those that nobody has answered, in his themes or about his
            territories; of the latest others
        """
        uid, since, seen = self.env.uid, self._seen_until(reading.marks), reading.marks.get("seen", {})
        forums, around = self._places_of_reader()
        answered, helped, latest = [], [], []
        for recent in self._since_last_change("recent places", reading.state, self._recent_places):
            if not reading.is_for(recent.audience):
                continue
            is_own = recent.asker == uid
            is_new = recent.date > since and not seen.get(recent.id, since) >= recent.date
            if is_own and is_new and recent.last_author != uid and len(answered) < ANSWERED_SHOWN:
                answered.append(recent.id)
            elif (
                not is_own
                and recent.waits
                and (recent.forum in forums or recent.territory in around)
                and len(helped) < HELPED_SHOWN
            ):
                helped.append(recent.id)
            elif len(latest) < limit:
                latest.append(recent.id)
        return answered, helped, latest

    @api.model
    def _places_of_reader(self):
        """:return tuple[set[int], set[int]]: the forums of the themes that the reader follows, and the territories that
        he follows or belongs to, with what lies in them and what they lie in"""
        Mark = self.env["collab.mark"]
        themes = Mark._of("collab.theme", kinds=("follow",)).get("follow", {})
        followed = Mark._of("collab.territory", kinds=("follow",)).get("follow", {})
        # sudo: his own memberships
        return self._around(themes, {*followed, *self.env.user.partner_id.sudo().scope_territory_ids.ids})

    @api.model
    def _answered_rows(self, questions):
        """:return list[dict]: as ``_rows``, with what has been answered last: ``said``, when it is known"""
        rows = self._rows(questions)
        if questions:
            # The answers of a discussion are read by whom reads its question.
            domain = Domain("parent_id", "in", questions.ids) & Domain("is_shown", "=", True)
            shown = ["parent_id", "plain_content", "create_uid"]
            answers = self.search_fetch(domain, shown, order="shown_date desc, id desc", limit=ANSWERS_READ)
            said = {}
            for answer in answers:
                if answer.create_uid != self.env.user:
                    said.setdefault(answer.parent_id.id, answer.plain_content or "")
            for row in rows:
                row["said"] = said.get(row["id"], "")
        return rows
