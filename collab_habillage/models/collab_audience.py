from odoo import api, models, tools


class CollabAudience(models.Model):
    _inherit = "collab.audience"

    @api.model
    @tools.ormcache("audience_id", "self.env.lang")
    def _html(self, audience_id):
        """:return Markup: an audience as lists and pages show it, empty for all members. It is cached: there are a few,
        which never change"""
        values = {"audience": self._shown(audience_id)}
        return self.env["ir.qweb"]._render("collab_habillage.audience", values).strip()

    @api.model
    def _say_who_would_read(self, network_ids, territory_ids, model, record_id):
        """Say how many people would read what the current user is about to address, as he chooses the readers.

        Only what he may address is counted, and what a record that he reads is addressed to already: the number of
        people in any other network or territory is not his to know.

        :param Iterable[int] network_ids: chosen; the others are left out of the count
        :param Iterable[int] territory_ids: likewise
        :param str model: of the record that he corrects, whatever a browser has sent
        :param int record_id: its identifier; 0 for a new one
        :return str: a sentence
        """
        chosen, allowed = (network_ids, territory_ids), self.env.user._audience_choices()
        counted = (
            [number for number in numbers if number in records.ids or number in already]
            for numbers, records, already in zip(chosen, allowed, self._sides_of(model, record_id), strict=True)
        )
        Audience = self.env["collab.audience.mixin"]
        return Audience._audience_sentence(*Audience._count_audience(*counted))

    @api.model
    def _sides_of(self, model, record_id):
        """:return tuple[Collection[int], Collection[int]]: the networks and the territories to which a record is
        addressed; none when the current user may not read it"""
        mixin = self.pool["collab.audience.mixin"]
        if not (model in self.pool and issubclass(self.pool[model], mixin)):
            return (), ()
        found = self.env[model].search([("id", "=", record_id)])
        return self._sides(found.audience_id.id) if found else ((), ())
