-- News of a year, by a thousand members: psql -v news=10000, on a database of data.sql.
-- Each item is the copy of one of the demonstration, so that types, audiences and places keep its proportions.
\set ON_ERROR_STOP on
BEGIN;
SELECT setseed(0.42);

CREATE TEMP TABLE bench_author AS
    SELECT u.id, row_number() OVER (ORDER BY md5(u.login)) - 1 AS rank, count(*) OVER () AS number
      FROM res_users u
     WHERE u.active AND u.share AND EXISTS (
           SELECT FROM res_groups_users_rel l JOIN ir_model_data d ON d.model = 'res.groups' AND d.res_id = l.gid
            WHERE l.uid = u.id AND d.module = 'collab_reseaux' AND d.name = 'group_member');
CREATE TEMP TABLE bench_news AS
    SELECT n.id AS old, nextval('collab_news_id_seq')::int AS new, turn,
           -- Spread over the year, the same place in it for all that is said of an item.
           now() AT TIME ZONE 'UTC' - (row_number() OVER (ORDER BY random())) / :news::numeric * interval '365 days' AS date
      FROM (SELECT n.id, turn FROM collab_news n, generate_series(1, 10000) turn WHERE n.active AND n.is_shown
             ORDER BY turn, n.id LIMIT greatest(0, :news - (SELECT count(*) FROM collab_news))) n;
INSERT INTO collab_news
    SELECT (jsonb_populate_record(n, jsonb_build_object(
               'id', b.new, 'name', n.name || ' ' || b.turn, 'create_uid', a.id, 'pinned_until', NULL,
               'create_date', b.date, 'content_date', b.date, 'shown_date', b.date,
               'start', n.start - n.content_date + b.date, 'stop', n.stop - n.content_date + b.date,
               'deadline', (n.deadline - n.content_date::date) + b.date::date,
               'leaves_on', (n.leaves_on - n.content_date::date) + b.date::date))).*
      FROM bench_news b
      JOIN collab_news n ON n.id = b.old
      JOIN bench_author a ON a.rank = b.new % a.number;
INSERT INTO collab_network_collab_news_rel
    SELECT (jsonb_populate_record(r, jsonb_build_object('collab_news_id', b.new))).*
      FROM collab_network_collab_news_rel r JOIN bench_news b ON b.old = r.collab_news_id;
INSERT INTO collab_news_collab_territory_rel
    SELECT (jsonb_populate_record(r, jsonb_build_object('collab_news_id', b.new))).*
      FROM collab_news_collab_territory_rel r JOIN bench_news b ON b.old = r.collab_news_id;
INSERT INTO collab_news_comment (news_id, body, state, active, is_shown, create_uid, write_uid, create_date, write_date, shown_date)
    SELECT b.new, 'Nous venons à trois. Peut-on se garer devant ?', 'active', true, true, a.id, a.id, b.date, b.date, b.date
      FROM bench_news b JOIN bench_author a ON a.rank = (b.new * 7) % a.number, generate_series(1, b.new % 3);
-- What each member has seen and found interesting, the latest more than the others.
INSERT INTO collab_mark (user_id, kind, res_model, res_id, date)
    SELECT m.user_id, m.kind, 'collab.news', b.new, now() AT TIME ZONE 'UTC' - m.chance * interval '60 days'
      FROM (SELECT a.id AS user_id, k.kind, random() AS chance, floor(power(random(), 2) * :news) + 1 AS rank
              FROM bench_author a, (VALUES ('seen', 60), ('favourite', 10), ('interest', 10)) k (kind, most),
                   generate_series(1, k.most)) m
      JOIN (SELECT new, row_number() OVER (ORDER BY date DESC) AS rank FROM bench_news) b ON b.rank = m.rank
    ON CONFLICT DO NOTHING;
INSERT INTO collab_change (res_model) SELECT 'collab.news' FROM generate_series(1, 200);
COMMIT;
VACUUM ANALYZE;
