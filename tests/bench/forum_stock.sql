-- The same forum in the stock one: psql -v source=bench_forum_20000, on a database where website_forum is alone.
-- A theme is a forum of Odoo's, a territory a tag.
\set ON_ERROR_STOP on
BEGIN;
SELECT setting AS socket FROM pg_settings WHERE name = 'unix_socket_directories' \gset
CREATE EXTENSION postgres_fdw;
CREATE SERVER bench_source FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host :'socket', dbname :'source', fetch_size '10000');
CREATE USER MAPPING FOR CURRENT_USER SERVER bench_source OPTIONS (user :'USER');
CREATE SCHEMA source;
IMPORT FOREIGN SCHEMA public
    LIMIT TO (res_users, res_partner, forum_forum, forum_post, forum_post_vote, collab_forum_comment, collab_mark, collab_territory)
    FROM SERVER bench_source INTO source;

-- All those who have written, and all the members, as portal users; with the karma to ask without being reviewed.
\set users 100000
CREATE TEMP TABLE bench_user AS
    SELECT u.id + :users AS id, u.login, u.password, p.name, p.email, u.create_date
      FROM source.res_users u JOIN source.res_partner p ON p.id = u.partner_id WHERE u.active AND u.id > 2;
INSERT INTO res_partner (id, name, complete_name, commercial_partner_id, lang, type, email, email_normalized, active, is_company,
        partner_share, message_bounce, is_published, is_seo_optimized, color, create_date, create_uid)
    SELECT id, name, name, id, 'fr_FR', 'contact', email, lower(email), TRUE, FALSE, TRUE, 0, FALSE, FALSE, 0, create_date, 1
      FROM bench_user;
INSERT INTO res_users (id, company_id, partner_id, active, create_date, login, password, create_uid, signature, share, tour_enabled,
        notification_type, karma, rank_id, next_rank_id)
    SELECT u.id, 1, u.id, TRUE, u.create_date, u.login, u.password, 1, '<div>' || u.name || '</div>', TRUE, FALSE, 'email', 100,
           (SELECT id FROM gamification_karma_rank WHERE karma_min <= 100 ORDER BY karma_min DESC LIMIT 1),
           (SELECT id FROM gamification_karma_rank WHERE karma_min > 100 ORDER BY karma_min LIMIT 1)
      FROM bench_user u;
INSERT INTO gamification_karma_tracking (user_id, old_value, new_value, tracking_date, origin_ref, origin_ref_model_name, create_uid)
    SELECT id, 0, 100, create_date, 'res.users,1', 'res.users', 1 FROM bench_user;
INSERT INTO res_groups_users_rel (gid, uid)
    SELECT d.res_id, u.id FROM bench_user u, ir_model_data d WHERE d.module = 'base' AND d.name = 'group_portal';
INSERT INTO res_company_users_rel (cid, user_id) SELECT 1, id FROM bench_user;

CREATE TEMP TABLE bench_help AS SELECT * FROM forum_forum;
DELETE FROM forum_forum;
INSERT INTO forum_forum
    SELECT (jsonb_populate_record(h, jsonb_build_object('id', f.id, 'name', f.name, 'sequence', f.sequence, 'mode', 'discussions',
               'privacy', 'connected', 'welcome_message', NULL, 'description', NULL))).*
      FROM source.forum_forum f CROSS JOIN bench_help h;
UPDATE website SET forum_count = (SELECT count(*) FROM forum_forum);

INSERT INTO forum_post (id, forum_id, parent_id, name, content, plain_content, state, active, create_uid, write_uid, create_date,
        write_date, last_activity_date, is_correct, self_reply, views, vote_count, favourite_count, child_count, has_validated_answer,
        closed_uid, closed_date, is_seo_optimized, relevancy)
    SELECT p.id, p.forum_id, p.parent_id, coalesce(p.name, 'Re: ' || q.name), p.content, p.plain_content,
           CASE p.state WHEN 'hidden' THEN 'offensive' ELSE p.state END, p.active, p.create_uid + :users, p.write_uid + :users,
           p.create_date, p.write_date, p.last_activity_date, p.is_correct, p.self_reply, p.views, p.vote_count, 0, 0, FALSE,
           p.closed_uid, p.closed_date, FALSE,
           CASE WHEN p.vote_count < 0 THEN -1 ELSE 1 END * power(abs(p.vote_count - 1), 0.8)
               / power(extract(day FROM now() - p.create_date) + 2, 1.8)
      FROM source.forum_post p LEFT JOIN source.forum_post q ON q.id = p.parent_id
     ORDER BY p.create_date, p.id;
UPDATE forum_post SET child_count = said.answers, has_validated_answer = said.validated
  FROM (SELECT parent_id, count(*) AS answers, coalesce(bool_or(is_correct), FALSE) AS validated
          FROM forum_post WHERE active AND parent_id IS NOT NULL GROUP BY parent_id) said
 WHERE forum_post.id = said.parent_id;
INSERT INTO forum_tag (forum_id, name, color, posts_count)
    SELECT p.forum_id, t.name, 0, count(*) FROM source.forum_post p JOIN source.collab_territory t ON t.id = p.territory_id
     WHERE p.parent_id IS NULL GROUP BY 1, 2;
INSERT INTO forum_tag_rel (forum_post_id, forum_tag_id)
    SELECT p.id, tag.id FROM source.forum_post p JOIN source.collab_territory t ON t.id = p.territory_id
      JOIN forum_tag tag ON tag.forum_id = p.forum_id AND tag.name = t.name WHERE p.parent_id IS NULL;
INSERT INTO forum_post_vote (post_id, user_id, vote, forum_id, recipient_id, create_uid, write_uid, create_date, write_date)
    SELECT post_id, user_id + :users, vote, forum_id, recipient_id + :users, create_uid + :users, write_uid + :users, create_date,
           write_date
      FROM source.forum_post_vote;
INSERT INTO forum_post_res_users_rel (forum_post_id, res_users_id)
    SELECT m.res_id, m.user_id + :users FROM source.collab_mark m JOIN forum_post p ON p.id = m.res_id
     WHERE m.res_model = 'forum.post' AND m.kind = 'favourite';
UPDATE forum_post SET favourite_count = kept.number
  FROM (SELECT forum_post_id, count(*) AS number FROM forum_post_res_users_rel GROUP BY forum_post_id) kept
 WHERE id = kept.forum_post_id;

-- Odoo makes whoever asks follow his question; its mails wait in its outbox, as ours do.
INSERT INTO mail_followers (res_model, res_id, partner_id)
    SELECT 'forum.post', id, create_uid FROM forum_post WHERE parent_id IS NULL;
INSERT INTO mail_followers_mail_message_subtype_rel (mail_followers_id, mail_message_subtype_id)
    SELECT f.id, s.id FROM mail_followers f, mail_message_subtype s
     WHERE f.res_model = 'forum.post' AND s.default AND s.internal IS NOT TRUE AND (s.res_model IS NULL OR s.res_model = 'forum.post');
INSERT INTO ir_config_parameter (key, value) VALUES ('mail.mail.force.send.limit', '0');

-- Comments are messages, and so is what Odoo writes to followers each time that one posts, even when there are none.
INSERT INTO mail_message (model, res_id, message_type, subtype_id, author_id, create_uid, write_uid, subject, body, email_from,
        message_id, reply_to, date, create_date, write_date, record_company_id, email_add_signature)
    SELECT 'forum.post', said.post, said.kind, d.res_id, said.uid, said.uid, said.uid, said.subject, '<p>' || said.body || '</p>',
           u.email, '<' || said.kind || '.' || said.id || '@bench>', u.email, said.date, said.date, said.date, 1, TRUE
      FROM (SELECT id, post_id AS post, 'comment' AS kind, create_uid + :users AS uid, NULL AS subject, body, create_date AS date,
                   'mail' AS module, 'mt_comment' AS subtype FROM source.collab_forum_comment
            UNION ALL
            SELECT id, coalesce(parent_id, id), 'notification', create_uid, name, 'Une nouvelle publication : ' || name, create_date,
                   'website_forum', CASE WHEN parent_id IS NULL THEN 'mt_question_new' ELSE 'mt_answer_new' END
              FROM forum_post WHERE state != 'pending') said
      JOIN bench_user u ON u.id = said.uid
      JOIN ir_model_data d ON d.module = said.module AND d.name = said.subtype
     ORDER BY said.date;

SELECT setval('res_users_id_seq', max(id)) FROM res_users;
SELECT setval('res_partner_id_seq', max(id)) FROM res_partner;
SELECT setval('forum_forum_id_seq', max(id)) FROM forum_forum;
SELECT setval('forum_post_id_seq', max(id)) FROM forum_post;
DROP SCHEMA source CASCADE;
DROP EXTENSION postgres_fdw CASCADE;
COMMIT;
VACUUM ANALYZE;
