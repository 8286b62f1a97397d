from typing import NamedTuple

from odoo import api, models

from ..calls import opened


class Waiting(NamedTuple):
    """Something that waits for somebody of the federations, and where it is done."""

    number: int
    words: str  # what follows the number, in agreement with it
    action: str  # external identifier of the screen where one acts
    filter: str = ""  # of its search bar: the screen then lists what has been counted
    detail: str = ""  # how old it is, or what to do
    is_urgent: bool = False  # somebody may be hurt, or left alone, meanwhile


class CollabDesk(models.AbstractModel):
    """The first page of the federations: what waits for whoever opens it.

    Each module adds its own lines to ``_waiting()``, counted with the rights of the reader, as the screen to which they
    lead would show them.
    """

    _name = "collab.desk"
    _description = "What waits for the federations"
    _calls = opened("moderator", "waiting")

    @api.model
    def _waiting(self):
        """:return list[Waiting]: in the order of the page; those whose number is 0 are not shown"""
        return []

    @api.model
    def waiting(self):
        """:return list[dict]: what waits for the current user, as ``Waiting``"""
        return [line._asdict() for line in self._waiting() if line.number]
