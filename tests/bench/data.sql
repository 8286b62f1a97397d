-- Multiplies the demonstration: psql -v members=1000 -v organisations=150 -v files=10000
-- Each row is the copy of one of the demonstration, so that people, audiences and documents keep its proportions.
\set ON_ERROR_STOP on
BEGIN;
SELECT setseed(0.42);

CREATE TABLE bench_clone (model text, old int, new int, turn int);

-- The links of each copy: every table of two columns that refers to a table, whatever module brought it.
CREATE FUNCTION bench_links(target regclass, models text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    link record;
BEGIN
    FOR link IN
        SELECT c.conrelid::regclass AS name, a.attname AS field
          FROM pg_constraint c
          JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
         WHERE c.contype = 'f' AND c.confrelid = target
           AND NOT EXISTS (SELECT FROM pg_attribute x WHERE x.attrelid = c.conrelid AND x.attname = 'id')
    LOOP
        EXECUTE format(
            'INSERT INTO %s SELECT (jsonb_populate_record(r, jsonb_build_object(%L, c.new))).*
               FROM %s r JOIN bench_clone c ON c.model = ANY (%L) AND c.old = r.%I ON CONFLICT DO NOTHING',
            link.name, link.field, link.name, models, link.field);
    END LOOP;
END $$;

CREATE TEMP VIEW bench_member AS
    SELECT u.id, u.partner_id FROM res_users u
     WHERE u.active AND EXISTS (
           SELECT FROM res_groups_users_rel l JOIN ir_model_data d ON d.model = 'res.groups' AND d.res_id = l.gid
            WHERE l.uid = u.id AND d.module = 'collab_reseaux' AND d.name = 'group_member');
CREATE TEMP VIEW bench_organisation AS
    SELECT DISTINCT o.id FROM res_partner p JOIN bench_member m ON m.partner_id = p.id JOIN res_partner o ON o.id = p.parent_id;

-- Organisations
INSERT INTO bench_clone
    SELECT 'organisation', id, nextval('res_partner_id_seq'), turn
      FROM (SELECT o.id, turn FROM bench_organisation o, generate_series(1, 1000) turn ORDER BY turn, o.id
             LIMIT greatest(0, :organisations - (SELECT count(*) FROM bench_organisation))) wanted;
INSERT INTO res_partner
    SELECT (jsonb_populate_record(p, jsonb_build_object(
               'id', c.new, 'name', p.name || ' ' || c.turn, 'complete_name', p.name || ' ' || c.turn,
               'commercial_partner_id', c.new))).*
      FROM bench_clone c JOIN res_partner p ON p.id = c.old WHERE c.model = 'organisation';

-- People and their accounts
INSERT INTO bench_clone
    SELECT 'person', partner_id, nextval('res_partner_id_seq'), turn
      FROM (SELECT m.partner_id, turn FROM bench_member m, generate_series(1, 1000) turn ORDER BY turn, m.id
             LIMIT greatest(0, :members - (SELECT count(*) FROM bench_member))) wanted;
INSERT INTO res_partner
    SELECT (jsonb_populate_record(p, jsonb_build_object(
               'id', c.new, 'name', p.name || ' ' || c.turn, 'complete_name', p.name || ' ' || c.turn,
               'email', c.turn || '.' || p.email, 'email_normalized', c.turn || '.' || p.email_normalized,
               'parent_id', coalesce(o.new, p.parent_id),
               'commercial_partner_id', coalesce(o.new, p.parent_id, c.new)))).*
      FROM bench_clone c
      JOIN res_partner p ON p.id = c.old
      LEFT JOIN LATERAL (
           SELECT new FROM bench_clone o WHERE o.model = 'organisation' AND o.old = p.parent_id
            ORDER BY (o.turn + c.turn) % 7, o.turn LIMIT 1) o ON true
     WHERE c.model = 'person';
SELECT bench_links('res_partner', '{organisation,person}');

INSERT INTO bench_clone
    SELECT 'user', m.id, nextval('res_users_id_seq'), c.turn
      FROM bench_member m JOIN bench_clone c ON c.model = 'person' AND c.old = m.partner_id;
INSERT INTO res_users
    SELECT (jsonb_populate_record(u, jsonb_build_object(
               'id', c.new, 'login', c.turn || '.' || u.login, 'partner_id', p.new))).*
      FROM bench_clone c
      JOIN res_users u ON u.id = c.old
      JOIN bench_clone p ON p.model = 'person' AND p.old = u.partner_id AND p.turn = c.turn
     WHERE c.model = 'user';
SELECT bench_links('res_users', '{user}');
INSERT INTO collab_charter_acceptance
    SELECT (jsonb_populate_record(a, jsonb_build_object(
               'id', nextval('collab_charter_acceptance_id_seq'), 'user_id', c.new, 'login', c.turn || '.' || a.login))).*
      FROM bench_clone c JOIN collab_charter_acceptance a ON a.user_id = c.old WHERE c.model = 'user';

-- Documents, deposited over two years by the copies of their authors
INSERT INTO bench_clone
    SELECT 'file', id, nextval('dms_file_id_seq'), turn
      FROM (SELECT f.id, turn FROM dms_file f, generate_series(1, 10000) turn WHERE f.active ORDER BY turn, f.id
             LIMIT greatest(0, :files - (SELECT count(*) FROM dms_file WHERE active))) wanted;
INSERT INTO dms_file
    SELECT (jsonb_populate_record(f, jsonb_build_object(
               'id', c.new, 'title', f.title || ' ' || c.turn, 'create_date', now() - random() * interval '730 days',
               'create_uid', coalesce(a.new, f.create_uid)))).*
      FROM bench_clone c
      JOIN dms_file f ON f.id = c.old
      LEFT JOIN bench_clone a ON a.model = 'user' AND a.old = f.create_uid AND a.turn = c.turn % 24 + 1
     WHERE c.model = 'file';
SELECT bench_links('dms_file', '{file}');
INSERT INTO ir_attachment
    SELECT (jsonb_populate_record(a, jsonb_build_object('id', nextval('ir_attachment_id_seq'), 'res_id', c.new))).*
      FROM bench_clone c
      JOIN ir_attachment a ON a.res_model = 'dms.file' AND a.res_field = 'content_file' AND a.res_id = c.old
     WHERE c.model = 'file';

DROP FUNCTION bench_links;
DROP TABLE bench_clone;
COMMIT;
VACUUM ANALYZE;
