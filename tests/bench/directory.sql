-- Gives names of their own to the copies that data.sql has made, for what is found by typing: psql, after it.
\set ON_ERROR_STOP on
BEGIN;
CREATE TEMP TABLE bench_town AS
    SELECT id, name, split_part(postal_codes, ' ', 1) AS zip, row_number() OVER (ORDER BY md5(code)) - 1 AS rank, count(*) OVER () AS number
      FROM collab_commune;
-- The digits of a number as syllables: as many names as people.
CREATE FUNCTION bench_word(number int) RETURNS text LANGUAGE sql AS $$
    SELECT initcap(string_agg((ARRAY['ba', 'cher', 'dou', 'fra', 'guil', 'lan', 'mor', 'nel', 'per', 'tes'])[digit::int + 1], ''))
      FROM regexp_split_to_table(number::text, '') digit
$$;
UPDATE res_partner p SET lastname = bench_word(p.id), name = p.firstname || ' ' || bench_word(p.id),
       complete_name = p.firstname || ' ' || bench_word(p.id),
       function = CASE WHEN p.id % 3 = 0 THEN p.function || ', ' || lower(bench_word(p.id % 300)) ELSE p.function END
  FROM res_users u WHERE u.partner_id = p.id AND u.login ~ '^\d+\.';
UPDATE res_partner p SET name = bench_word(p.id) || ' ' || split_part(p.name, ' ', 1), city = t.name, zip = t.zip,
       commune_id = t.id
  FROM bench_town t WHERE p.is_company AND p.name ~ ' \d+$' AND t.rank = p.id % t.number;
DROP FUNCTION bench_word;
INSERT INTO collab_change (res_model) VALUES ('collab.member');
COMMIT;
VACUUM ANALYZE;
