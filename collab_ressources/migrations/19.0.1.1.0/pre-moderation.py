"""Documents and what is said under them are moderated as all that members write: what was there is shown, and was from
the beginning; those who say that a document is out of date flag it."""

from odoo.tools import SQL

SHOWN = """
    ALTER TABLE %s ADD COLUMN IF NOT EXISTS state varchar, ADD COLUMN IF NOT EXISTS is_shown bool,
        ADD COLUMN IF NOT EXISTS shown_date timestamp, ADD COLUMN IF NOT EXISTS active bool,
        ADD COLUMN IF NOT EXISTS corrected_date timestamp
"""


def migrate(cr, version):
    cr.execute("ALTER TABLE dms_file RENAME COLUMN withdrawn_date TO removed_date")
    for table in ("dms_file", "collab_document_comment"):
        cr.execute(SQL(SHOWN, SQL.identifier(table)))
        cr.execute(
            SQL(
                """UPDATE %s SET active = coalesce(active, TRUE), state = 'active', is_shown = coalesce(active, TRUE),
                          shown_date = create_date""",
                SQL.identifier(table),
            )
        )
    cr.execute("UPDATE collab_document_comment SET corrected_date = write_date WHERE write_date > create_date")
    cr.execute("ALTER TABLE collab_document_report ADD COLUMN flag_id int")
    cr.execute("UPDATE collab_document_report SET flag_id = nextval('collab_flag_id_seq')")
    cr.execute(
        """INSERT INTO collab_flag (id, res_model, res_id, purpose, title, reason, is_closed, outcome, create_uid,
                                    create_date, write_uid, write_date)
           SELECT report.flag_id, 'dms.file', report.document_id, 'outdated', document.title, report.reason,
                  report.is_closed, CASE WHEN report.is_closed THEN 'keep' END, report.create_uid, report.create_date,
                  report.write_uid, report.write_date
             FROM collab_document_report report JOIN dms_file document ON document.id = report.document_id"""
    )
    cr.execute(
        """UPDATE collab_notification notification SET about_model = 'collab.flag', about_id = report.flag_id
             FROM collab_document_report report
            WHERE notification.about_model = 'collab.document.report' AND notification.about_id = report.id"""
    )
    # Odoo leaves the table of a model that is gone, with what people had written in it.
    cr.execute("DROP TABLE collab_document_report CASCADE")
