-- Gives long texts to the news of news.sql: psql -v letters=2800, where bench_sentence has sentences in their order.
-- Each is a part of one text, as it was written, with a place and a number of its own: rare words are among them.
\set ON_ERROR_STOP on
BEGIN;
SELECT setseed(0.42);

CREATE TEMP TABLE bench_upto AS
    SELECT id, text, sum(length(text)) OVER (ORDER BY id) AS upto FROM bench_sentence;
CREATE INDEX ON bench_upto (upto) INCLUDE (id, text);
CREATE TEMP TABLE bench_commune AS
    SELECT name, row_number() OVER (ORDER BY id) - 1 AS rank, count(*) OVER () AS number FROM collab_commune;
CREATE TEMP TABLE bench_place AS
    SELECT n.id, (random() * whole.letters)::bigint AS start, (random() * whole.letters)::bigint AS title, c.name AS commune
      FROM collab_news n
      CROSS JOIN (SELECT max(upto) - :letters AS letters FROM bench_upto) whole
      JOIN bench_commune c ON c.rank = n.id % c.number
     -- Those of the demonstration stay as they are.
     WHERE n.id NOT IN (SELECT res_id FROM ir_model_data WHERE model = 'collab.news');
ANALYZE bench_upto;

UPDATE collab_news n SET name = w.title, summary = left(w.plain, 220), content = w.content
  FROM (SELECT p.id, t.title, s.plain, s.content || format('<p>À %s, dossier %s.</p>', p.commune, p.id) AS content
          FROM bench_place p
          CROSS JOIN LATERAL (
               SELECT left(text, 80) AS title FROM bench_upto WHERE upto >= p.title ORDER BY upto LIMIT 1) t
          CROSS JOIN LATERAL (
               SELECT string_agg(text, ' ' ORDER BY id) AS plain,
                      string_agg(format('<p>%s</p>', replace(replace(text, '&', '&amp;'), '<', '&lt;')), '' ORDER BY id) AS content
                 FROM bench_upto WHERE upto BETWEEN p.start AND p.start + :letters) s) w
 WHERE w.id = n.id AND w.content IS NOT NULL;
DROP TABLE bench_sentence;
COMMIT;
VACUUM (FULL, ANALYZE) collab_news;
