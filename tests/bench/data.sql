-- Multiplies the demonstration: psql -v members=1000 -v organisations=150 -v folders=500 -v files=50000
-- Each row is the copy of one of the demonstration, so that people, audiences and documents keep its proportions.
\set ON_ERROR_STOP on
BEGIN;
SELECT setseed(0.42);

CREATE TABLE bench_clone (model text, old int, new int, turn int, chance float DEFAULT random());

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

-- They have been there for two years: what is new to somebody is never older than himself.
UPDATE res_users SET create_date = now() - interval '730 days' WHERE id IN (SELECT id FROM bench_member);

-- Folders: one in twenty lies right under the library's, and the others in those.
CREATE TEMP VIEW bench_library AS
    SELECT d.* FROM dms_directory d JOIN ir_model_data x ON x.model = 'dms.directory' AND x.res_id = d.id
     WHERE x.module = 'collab_ressources' AND x.name = 'directory_library';
CREATE TEMP VIEW bench_first AS SELECT d.* FROM dms_directory d JOIN bench_library l ON l.id = d.parent_id;
INSERT INTO bench_clone
    SELECT 'folder', id, nextval('dms_directory_id_seq'), turn
      FROM (SELECT d.id, turn FROM bench_first d, generate_series(1, 1000) turn ORDER BY turn, d.id
             LIMIT greatest(0, :folders / 20 - (SELECT count(*) FROM bench_first))) wanted;
INSERT INTO dms_directory
    SELECT (jsonb_populate_record(d, jsonb_build_object(
               'id', c.new, 'name', d.name || ' ' || c.turn, 'complete_name', d.complete_name || ' ' || c.turn,
               'parent_path', l.parent_path || c.new || '/'))).*
      FROM bench_clone c JOIN dms_directory d ON d.id = c.old CROSS JOIN bench_library l WHERE c.model = 'folder';
SELECT bench_links('dms_directory', '{folder}');
INSERT INTO bench_clone
    SELECT 'below', id, nextval('dms_directory_id_seq'), turn
      FROM (SELECT d.id, turn FROM bench_first d, generate_series(1, 1000) turn ORDER BY turn, d.id
             LIMIT greatest(0, :folders - (SELECT count(*) FROM bench_first))) wanted;
INSERT INTO dms_directory
    SELECT (jsonb_populate_record(d, jsonb_build_object(
               'id', c.new, 'parent_id', c.old, 'name', d.name || ', ' || c.turn,
               'complete_name', d.complete_name || ' / ' || d.name || ', ' || c.turn,
               'parent_path', d.parent_path || c.new || '/'))).*
      FROM bench_clone c JOIN dms_directory d ON d.id = c.old WHERE c.model = 'below';
SELECT bench_links('dms_directory', '{below}');
-- One in ten of the latter is addressed to a network.
INSERT INTO collab_audience (key) SELECT id || '|' FROM collab_network ON CONFLICT DO NOTHING;
INSERT INTO collab_network_dms_directory_rel (dms_directory_id, collab_network_id)
    SELECT c.new, n.id
      FROM bench_clone c
      JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS rank, count(*) OVER () AS number FROM collab_network) n
        ON n.rank = c.new / 10 % n.number
     WHERE c.model = 'below' AND c.new % 10 = 0;
UPDATE dms_directory d SET audience_id = a.id
  FROM collab_network_dms_directory_rel r JOIN collab_audience a ON a.key = r.collab_network_id || '|'
 WHERE r.dms_directory_id = d.id;

-- Documents, deposited over two years by their authors and the copies of these: one in five in the same folder, which
-- is everybody's, the others everywhere.
CREATE TEMP TABLE bench_place AS
    SELECT d.id, row_number() OVER (ORDER BY r.* IS NOT NULL, length(d.parent_path) DESC, d.id) - 1 AS rank,
           count(*) OVER () AS number
      FROM dms_directory d CROSS JOIN bench_library l
      LEFT JOIN collab_network_dms_directory_rel r ON r.dms_directory_id = d.id
     WHERE starts_with(d.parent_path, l.parent_path) AND d.id != l.id;
-- The title of another one: alphabetical order has nothing to do with audiences.
CREATE TEMP TABLE bench_title AS
    SELECT title, row_number() OVER (ORDER BY id) - 1 AS rank, count(*) OVER () AS number FROM dms_file WHERE active;
INSERT INTO bench_clone
    SELECT 'file', id, nextval('dms_file_id_seq'), turn
      FROM (SELECT f.id, turn FROM dms_file f, generate_series(1, 10000) turn WHERE f.active ORDER BY turn, f.id
             LIMIT greatest(0, :files - (SELECT count(*) FROM dms_file WHERE active))) wanted;
INSERT INTO dms_file
    SELECT (jsonb_populate_record(f, jsonb_build_object(
               'id', c.new, 'title', t.title || ' ' || c.turn, 'directory_id', p.id,
               'create_date', now() - c.chance * interval '730 days',
               'content_date', now() - c.chance * interval '730 days',
               'create_uid', coalesce(a.new, f.create_uid), 'owner_id', coalesce(a.new, f.create_uid)))).*
      FROM (SELECT *, row_number() OVER (ORDER BY md5(new::text)) AS rank FROM bench_clone WHERE model = 'file') c
      JOIN dms_file f ON f.id = c.old
      JOIN bench_title t ON t.rank = c.rank % t.number
      JOIN bench_place p ON p.rank = CASE WHEN c.rank <= :files / 5 THEN 0 ELSE 1 + c.rank % (p.number - 1) END
      LEFT JOIN bench_clone a ON a.model = 'user' AND a.old = f.create_uid AND a.turn = c.turn % 25;
SELECT bench_links('dms_file', '{file}');
INSERT INTO ir_attachment
    SELECT (jsonb_populate_record(a, jsonb_build_object('id', nextval('ir_attachment_id_seq'), 'res_id', c.new))).*
      FROM bench_clone c
      JOIN ir_attachment a ON a.res_model = 'dms.file' AND a.res_field = 'content_file' AND a.res_id = c.old
     WHERE c.model = 'file';

-- Nine in ten are classified.
UPDATE dms_file f SET
    theme_id = CASE WHEN random() < 0.9 THEN (SELECT array_agg(id) FROM collab_theme)[1 + floor(random() * t.number)] END,
    category_id = CASE WHEN random() < 0.9 THEN (SELECT array_agg(id) FROM dms_category)[1 + floor(random() * k.number)] END,
    status = CASE WHEN random() < 0.95 THEN 'current' WHEN random() < 0.5 THEN 'review' ELSE 'repealed' END
  FROM (SELECT count(*) AS number FROM collab_theme) t, (SELECT count(*) AS number FROM dms_category) k;

-- What each member has marked, the latest documents more than the others; one in three says at times that he has seen
-- everything.
CREATE TEMP TABLE bench_document AS
    SELECT id, row_number() OVER (ORDER BY content_date DESC) - 1 AS rank FROM dms_file WHERE active;
INSERT INTO collab_mark (user_id, kind, res_model, res_id, date)
    SELECT m.user_id, m.kind, 'dms.file', d.id, now() - m.chance * interval '1 day' * m.days
      FROM (SELECT u.id AS user_id, k.kind, k.days, random() AS chance,
                   floor(power(random(), 2) * (SELECT count(*) FROM bench_document)) AS rank
              FROM bench_member u,
                   (VALUES ('seen', 100, 0.3, 60), ('favourite', 30, 0.1, 730), ('useful', 10, 0.1, 730),
                           ('download', 60, 0.2, 730)) k (kind, most, share, days),
                   generate_series(1, least(k.most, (k.share * :files)::int))) m
      JOIN bench_document d ON d.rank = m.rank
    ON CONFLICT DO NOTHING;
INSERT INTO collab_mark (user_id, kind, res_model, res_id, date)
    SELECT id, 'seen', 'dms.file', 0, now() - random() * interval '60 days' FROM bench_member WHERE id % 3 = 0
    ON CONFLICT DO NOTHING;
INSERT INTO collab_mark (user_id, kind, res_model, res_id, date)
    SELECT u.id, 'favourite', 'dms.directory', p.id, now()
      FROM bench_member u JOIN bench_place p ON (p.rank + u.id) % p.number < 3
    ON CONFLICT DO NOTHING;
UPDATE dms_file SET use_count = used.number
  FROM (SELECT res_id, count(DISTINCT user_id) AS number FROM collab_mark
         WHERE res_model = 'dms.file' AND kind IN ('useful', 'download') GROUP BY res_id) used
 WHERE id = used.res_id;
-- As many changes as are kept.
INSERT INTO collab_change (res_model) SELECT 'dms.file' FROM generate_series(1, 200);

DROP FUNCTION bench_links;
DROP TABLE bench_clone;
COMMIT;
VACUUM ANALYZE;
