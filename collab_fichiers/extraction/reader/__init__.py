"""Reads one file, in a process that does only that. It must not import Odoo: it starts in a twentieth of a second."""
