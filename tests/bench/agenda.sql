-- Dates of two years, half of them to come, by a thousand members: psql -v events=10000, on a database of data.sql.
-- Six in ten address everybody, three one network, one a network and a territory; one in ten lasts whole days.
\set ON_ERROR_STOP on
BEGIN;
SELECT setseed(0.42);

CREATE TEMP TABLE bench_author AS
    SELECT u.id, row_number() OVER (ORDER BY md5(u.login)) - 1 AS rank, count(*) OVER () AS number
      FROM res_users u
     WHERE u.active AND u.share AND EXISTS (
           SELECT FROM res_groups_users_rel l JOIN ir_model_data d ON d.model = 'res.groups' AND d.res_id = l.gid
            WHERE l.uid = u.id AND d.module = 'collab_reseaux' AND d.name = 'group_member');
CREATE TEMP TABLE bench_network AS
    SELECT id, row_number() OVER (ORDER BY id) - 1 AS rank, count(*) OVER () AS number FROM collab_network WHERE active;
CREATE TEMP TABLE bench_territory AS
    SELECT id, row_number() OVER (ORDER BY parent_path) - 1 AS rank, count(*) OVER () AS number
      FROM collab_territory WHERE active AND kind <> 'region';
CREATE TEMP TABLE bench_commune AS
    SELECT id, territory_id, row_number() OVER (ORDER BY md5(name)) - 1 AS rank, count(*) OVER () AS number
      FROM collab_commune WHERE territory_id IS NOT NULL;
CREATE TEMP TABLE bench_type AS
    SELECT id, name, row_number() OVER (ORDER BY id) - 1 AS rank, count(*) OVER () AS number FROM collab_event_type WHERE active;
CREATE TEMP TABLE bench_event AS
    SELECT nextval('calendar_event_id_seq')::int AS id, turn, a.id AS author, t.id AS type_id, t.name AS type_name,
           CASE WHEN turn % 10 >= 6 THEN n.id END AS network_id, CASE WHEN turn % 10 = 9 THEN z.id END AS territory_id,
           CASE WHEN turn % 3 > 0 THEN n.id END AS organiser_id, c.id AS commune_id, c.territory_id AS lies_in,
           turn % 10 = 4 AS allday, turn % 40 = 7 AS is_cancelled,
           -- At the half hours of the day, over the two years.
           date_trunc('day', now() AT TIME ZONE 'UTC') + (floor(random() * 730) - 365) * interval '1 day'
               + (16 + floor(random() * 20)) * interval '30 minutes' AS start,
           now() AT TIME ZONE 'UTC' - random() * interval '365 days' AS date
      FROM generate_series(1, :events) turn
      JOIN bench_author a ON a.rank = turn % a.number
      JOIN bench_network n ON n.rank = turn % n.number
      JOIN bench_territory z ON z.rank = turn % z.number
      JOIN bench_type t ON t.rank = turn % t.number
      JOIN bench_commune c ON c.rank = turn % c.number;
INSERT INTO collab_audience (key) SELECT DISTINCT concat(network_id, '|', territory_id) FROM bench_event
    ON CONFLICT DO NOTHING;
INSERT INTO calendar_event (id, name, type_id, organiser_id, commune_id, territory_id, audience_id, allday, start, stop,
        state, is_shown, active, show_as, privacy, has_answers, seats, revision, cancelled_date, content,
        create_uid, write_uid, create_date, write_date, content_date, shown_date, revised_date)
    SELECT b.id, b.type_name || ' ' || b.turn, b.type_id, b.organiser_id, b.commune_id, b.lies_in, a.id, b.allday,
           CASE WHEN b.allday THEN date_trunc('day', b.start) + interval '8 hours' ELSE b.start END,
           CASE WHEN b.allday THEN date_trunc('day', b.start) + (b.turn % 3) * interval '1 day' + interval '18 hours'
                ELSE b.start + interval '2 hours' END,
           'active', true, true, 'busy', 'public', true, 0, 0, CASE WHEN b.is_cancelled THEN b.date END,
           '<p>Nous faisons le point sur les parcours, puis nous déjeunons ensemble.</p>',
           b.author, b.author, b.date, b.date, b.date, b.date, b.date
      FROM bench_event b JOIN collab_audience a ON a.key = concat(b.network_id, '|', b.territory_id);
INSERT INTO calendar_event_collab_network_rel (calendar_event_id, collab_network_id)
    SELECT id, network_id FROM bench_event WHERE network_id IS NOT NULL;
INSERT INTO calendar_event_collab_territory_rel (calendar_event_id, collab_territory_id)
    SELECT id, territory_id FROM bench_event WHERE territory_id IS NOT NULL;
-- What each member has seen and keeps, the latest more than the others.
INSERT INTO collab_mark (user_id, kind, res_model, res_id, date)
    SELECT m.user_id, m.kind, 'calendar.event', b.id, now() AT TIME ZONE 'UTC' - m.chance * interval '60 days'
      FROM (SELECT a.id AS user_id, k.kind, random() AS chance, floor(power(random(), 2) * :events) + 1 AS rank
              FROM bench_author a, (VALUES ('seen', 60), ('favourite', 10)) k (kind, most), generate_series(1, k.most)) m
      JOIN (SELECT id, row_number() OVER (ORDER BY date DESC) AS rank FROM bench_event) b ON b.rank = m.rank
    ON CONFLICT DO NOTHING;
INSERT INTO collab_change (res_model) SELECT 'calendar.event' FROM generate_series(1, 200);
COMMIT;
VACUUM ANALYZE;
