from odoo.tests import tagged

from .common import CollabCase


@tagged("post_install", "-at_install")
class TestReader(CollabCase):
    """What each request reads of whoever makes it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employer = cls._organisation("Employer", cls.green | cls.blue, cls.rives_south | cls.north)
        cls.reader = cls._user("reader", organisation=cls.employer)

    def _forgotten(self):
        """:return res.users: the reader, of whom the transaction knows nothing"""
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["res.users"].browse(self.reader.id).sudo()

    def _told(self, reader):
        """:return list: all that is read of him, as the fields give it"""
        person = reader.partner_id
        names = [person[name] for name in ("name", "firstname", "lastname", "commercial_company_name")]
        memberships = [person.scope_network_ids.ids, person.scope_territory_ids.ids]
        return [*(reader[name] for name in reader._reader_columns()), *names, *memberships]

    def test_one_query_reads_what_the_fields_would(self):
        expected = self._told(self._forgotten())
        self.assertEqual([len(ids) for ids in expected[-2:]], [2, 2])
        self._forgotten()._read_reader()  # the order of networks and territories is kept
        reader = self._forgotten()
        with self.assertQueryCount(1):
            reader._read_reader()
        with self.assertQueryCount(0):
            self.assertEqual(self._told(reader), expected)

    def test_what_has_been_written_and_not_sent_yet_is_not_lost(self):
        reader = self._forgotten()
        reader.partner_id.lastname = "Other"
        self.employer.network_ids = self.blue
        reader._read_reader()
        self.assertEqual(reader.partner_id.lastname, "Other")
        self.assertEqual(reader.partner_id.scope_network_ids, self.blue)

    def test_nothing_of_it_is_left_for_the_next_time(self):
        reader = self._forgotten()
        reader._read_reader()
        self.assertEqual(set(reader.partner_id.scope_network_ids.ids), {self.blue.id, self.green.id})
        # By another request, of which this one hears nothing.
        self.env.cr.execute(
            "DELETE FROM collab_partner_scope_network_rel WHERE res_partner_id = %s AND collab_network_id = %s",
            (reader.partner_id.id, self.green.id),
        )
        reader = self._forgotten()
        reader._read_reader()
        self.assertEqual(reader.partner_id.scope_network_ids, self.blue)

    def test_whoever_is_no_more_has_nothing_to_be_read(self):
        nobody = self.env["res.users"].browse(2**31 - 1)
        nobody._read_reader()
        self.assertFalse(nobody.exists())
