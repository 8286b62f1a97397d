from odoo import api, models


class CollabFoundMixin(models.AbstractModel):
    """What a search finds by itself, without an index: it is few, and known by heart."""

    _name = "collab.found.mixin"
    _description = "Found by itself"
    # Its name in addresses.
    _found_slug = None

    @api.model
    def _found_name(self):
        """:return str: what several of them are, for the filter of a search: "People" """
        raise NotImplementedError

    @api.model
    def _found_one(self):
        """:return str: what one of them is, without an article: "Person" """
        raise NotImplementedError

    @api.model
    def _find_words(self, words, network=None, territory=None, theme=None):
        """
        :param str words: as they were typed
        :param int | None network, territory, theme: what they belong to, or are about
        :return tuple[list[int], list[int]]: those that have all these words, then those that have words near to these,
            the best ones first; none, for whoever may read nothing, or where a filter has no sense
        """
        raise NotImplementedError

    @api.model
    def _found_rows(self, numbers):
        """
        :param Sequence[int] numbers: as ``_find_words`` gives them
        :return list[dict]: in the same order, ``template`` (which shows it) and ``row`` of each that the current user
            may read: at least ``id``, ``title``, ``url``, and ``extract``, a text, which may be empty
        """
        raise NotImplementedError
