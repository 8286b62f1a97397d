"""Run in Odoo's shell: what search.sql has written is indexed, as the platform indexes all that was there before it."""

# ruff: noqa: F821
env["collab.search.entry"]._rebuild()
