from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestRules(TransactionCase):
    def _models_with_audience(self):
        return [
            name for name, model in self.registry.items() if "audience_visible" in model._fields and not model._abstract
        ]

    def test_every_model_with_an_audience_has_exactly_one_global_rule(self):
        models = self._models_with_audience()
        self.assertIn("dms.file", models)
        for name in models:
            rules = self.env["ir.rule"].search(
                [
                    ("model_id.model", "=", name),
                    ("groups", "=", False),
                    ("domain_force", "like", "audience_visible"),
                ]
            )
            with self.subTest(name):
                self.assertEqual(len(rules), 1)
                self.assertTrue(rules.perm_read and rules.perm_write and rules.perm_create and rules.perm_unlink)

    def test_no_rule_of_ours_is_out_of_reach_of_an_update(self):
        frozen = self.env["ir.model.data"].search(
            [
                ("module", "like", "collab%"),
                ("model", "in", ["ir.rule", "ir.model.access"]),
                ("noupdate", "=", True),
            ]
        )
        self.assertFalse(frozen.mapped("complete_name"))

    def test_every_model_of_ours_has_its_rights(self):
        ours = self.env["ir.model"].search([("model", "=like", "collab.%"), ("transient", "=", False)])
        bare = ours.filtered(lambda m: not m.abstract and not m.access_ids)
        self.assertFalse(bare.mapped("model"))
