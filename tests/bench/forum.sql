-- A forum that has lived for two years: psql -v discussions=20000 -v answers=100000
-- On a database of data.sql. What lists show of the discussions is written afterwards by the model itself (forum_data.py).
\set ON_ERROR_STOP on
BEGIN;
SELECT setseed(0.42);

-- Those of the demonstration would be some more, and partly of federation staff, whom Odoo's forum does not have here.
DELETE FROM collab_action;
DELETE FROM forum_post;
DELETE FROM collab_mark WHERE res_model = 'forum.post';

CREATE TEMP TABLE bench_words AS SELECT
    '{Comment obtenir,Comment financer,Qui a mis en place,Où trouver,Faut-il demander,Comment renouveler,Qui connaît,Comment préparer,Quels délais pour,Comment justifier,Un modèle de courrier pour,Comment présenter,À qui adresser,Combien coûte,Comment refuser,Comment contester,Vos conseils pour,Retour d’expérience sur,Peut-on cumuler,Comment organiser,Qui finance,Comment évaluer,Comment expliquer,Un partenaire pour}'::text[] AS openings,
    '{une attestation d’hébergement,le permis de conduire,une domiciliation,le RSA,une place en CHRS,la carte de séjour,une formation aux savoirs de base,un micro-crédit,la garde d’enfants,une caution locative,le bilan de compétences,un vélo électrique,une période d’immersion,le contrat à durée déterminée d’insertion,une mutuelle,la complémentaire santé solidaire,un suivi psychologique,une cure,le dossier MDPH,l’allocation adulte handicapé,un interprète,les cours de français,une reconnaissance de diplôme,la validation des acquis,le surendettement,une aide alimentaire,un compte bancaire,la déclaration d’impôts,une messagerie,un ordinateur reconditionné,l’assurance d’un véhicule,un garage solidaire,le transport à la demande,une sous-location,le bail glissant,une pension de famille,un logement social,la prime d’activité,les congés payés,une mise à disposition,le document unique,un chantier,la clause sociale,une convention avec la commune,le dialogue de gestion}'::text[] AS things,
    '{pour un salarié en insertion,pour une famille monoparentale,après une rupture de contrat,en zone rurale,quand on ne lit pas le français,avant la fin du parcours,pour un jeune de moins de 25 ans,sans adresse stable,pendant un arrêt maladie,avec un titre de séjour provisoire,quand la préfecture ne répond pas,à la sortie de détention,pour une personne réfugiée,sans mutuelle,en horaires décalés,avec deux employeurs,après un déménagement,pour un couple avec enfants,au-delà de deux ans,en contrat aidé,quand le conjoint travaille,pendant la période d’essai,sans moyen de transport,pour une équipe de chantier,avant la visite médicale,en colocation,pour une personne de plus de 57 ans,avec un casier judiciaire,lorsque le département refuse,en attente de régularisation,en saison,sans connexion à domicile,après une hospitalisation,pour une mère seule,en intérim d’insertion,à mi-temps thérapeutique,dans une petite commune,quand les délais sont dépassés,avec une dette de loyer,pour un premier emploi}'::text[] AS cases,
    '{" à Nantes"," à Angers"," au Mans"," à Saint-Nazaire"," à Laval"," à Cholet"," en Vendée"," dans le Saumurois"," en Mayenne"," à Châteaubriant","","","","","",""}'::text[] AS places,
    '{"Nous accompagnons depuis trois mois une personne dans cette situation et le dossier n’avance pas.","La mission locale nous renvoie vers le département, qui nous renvoie vers la mission locale.","Chez nous, il a suffi d’un courrier recommandé pour débloquer la demande.","Le plus simple est d’appeler directement la référente, elle rappelle toujours dans la semaine.","Attention, les délais ont changé au premier janvier.","Nous avons un modèle que je peux partager dans la bibliothèque.","Il faut joindre l’avis d’imposition, le bail et les trois dernières fiches de paie.","La caisse demande désormais l’original, une copie ne suffit plus.","Pour ma part, je passe par l’assistante sociale de secteur.","Cela a très bien marché avec deux salariés du chantier de menuiserie.","Le garage solidaire prête des voitures à cinq euros par jour, assurance comprise.","Le plafond est revu tous les ans, vérifiez celui de l’année en cours.","Est-ce que quelqu’un a déjà reçu une réponse écrite ?","La commission se réunit le premier mardi du mois.","Nous avons obtenu une dérogation, à condition de la demander avant la fin du contrat.","Le formulaire est en ligne, mais il plante souvent en fin de mois.","Un interprète est disponible par téléphone, gratuitement, sur rendez-vous.","La personne avait perdu ses papiers, nous avons fait une attestation sur l’honneur.","J’ai posé la question à la fédération, je vous dirai ce qu’elle répond.","Le foyer accepte les animaux, ce qui est rare.","À Saint-Nazaire, la permanence du jeudi matin est la mieux organisée.","Pensez à demander la prise en charge du transport en même temps.","Nous avions fait la même erreur l’an dernier.","La convention prévoit quatre semaines de préavis.","Merci pour ces réponses, cela nous aide beaucoup.","Un bénévole peut l’accompagner au premier rendez-vous.","Le médecin du travail doit donner son avis avant.","Le bailleur a accepté un échelonnement sur douze mois.","Il existe un fonds de secours, peu connu, au centre communal d’action sociale.","La formation commence en septembre et il reste six places.","Nous pouvons vous prêter notre salle et notre matériel.","C’est écrit dans la circulaire, page douze.","La réponse dépend du type de contrat et de l’ancienneté.","Notre conseiller numérique anime un atelier tous les mercredis.","L’employeur a signé une promesse d’embauche de six mois.","Je recommande de préparer le dossier avec la personne, pas à sa place.","Le tribunal administratif nous a donné raison en référé.","Tout dépend de la date à laquelle la demande a été enregistrée.","Gardez bien l’accusé de réception.","Nous avons mis un an à comprendre comment cela fonctionne."}'::text[] AS sentences;

CREATE FUNCTION bench_pick(choices text[]) RETURNS text LANGUAGE sql VOLATILE AS
    $$ SELECT choices[1 + floor(random() * cardinality(choices))] $$;

CREATE TEMP TABLE bench_person AS
    SELECT u.id, row_number() OVER (ORDER BY md5(u.login)) - 1 AS rank, count(*) OVER () AS number
      FROM res_users u
     WHERE u.active AND u.share AND EXISTS (
           SELECT FROM res_groups_users_rel l JOIN ir_model_data d ON d.model = 'res.groups' AND d.res_id = l.gid
            WHERE l.uid = u.id AND d.module = 'collab_reseaux' AND d.name = 'group_member');

-- Questions: seven in ten are for everyone, the others for the audiences that the demonstration gives to documents.
CREATE TEMP TABLE bench_question AS
    SELECT nextval('forum_post_id_seq')::int AS id, q.n, q.date, p.id AS author, f.id AS forum, t.id AS territory,
           a.id AS audience, a.key, q.state,
           bench_pick(w.openings) || ' ' || bench_pick(w.things) || ' ' || bench_pick(w.cases) || bench_pick(w.places) || ' ?'
               AS name,
           ARRAY(SELECT bench_pick(w.sentences) || ' ' || bench_pick(w.sentences) FROM generate_series(1, 1 + q.n % 3)) AS said,
           row_number() OVER (ORDER BY q.state IN ('pending', 'hidden', 'removed'), random()) - 1 AS rank
      FROM (SELECT n, now() - interval '730 days' * (1 - (n - random()) / :discussions) AS date,
                   CASE WHEN chance < 0.03 THEN 'close' WHEN chance < 0.034 THEN 'pending' WHEN chance < 0.037 THEN 'hidden'
                        WHEN chance < 0.04 THEN 'removed' ELSE 'active' END AS state,
                   floor(power(random(), 1.5) * (SELECT number FROM bench_person LIMIT 1)) AS who,
                   floor(random() * 8) AS theme, random() AS where_about, random() AS for_whom
              FROM (SELECT n, random() AS chance FROM generate_series(1, :discussions) n) numbered) q
      CROSS JOIN bench_words w
      JOIN bench_person p ON p.rank = q.who
      JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS rank, count(*) OVER () AS number FROM forum_forum
             WHERE theme_id IS NOT NULL) f ON f.rank = q.theme::int % f.number
      LEFT JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS rank, count(*) OVER () AS number FROM collab_territory) t
             ON t.rank = floor(q.where_about * t.number / 0.7)
      JOIN (SELECT id, key, row_number() OVER (ORDER BY length(key), id) - 1 AS rank, count(*) OVER () AS number
              FROM collab_audience) a
        ON a.rank = CASE WHEN q.for_whom < 0.7 THEN 0 ELSE floor((q.for_whom - 0.7) / 0.3 * a.number) END;
ALTER TABLE bench_question ADD PRIMARY KEY (id);
CREATE INDEX ON bench_question (rank);

-- Answers: one discussion in twelve has none, a few have dozens.
CREATE TEMP TABLE bench_answer AS
    SELECT nextval('forum_post_id_seq')::int AS id, r.*
      FROM (SELECT a.n, q.id AS question, q.author AS asker, q.forum, q.audience, q.state NOT IN ('hidden', 'removed') AS thread_shown,
                   q.name AS title, p.id AS author, q.date + power(a.later, 3) * least(interval '30 days', now() - q.date) AS date,
                   CASE WHEN a.chance < 0.002 THEN 'pending' WHEN a.chance < 0.005 THEN 'hidden' WHEN a.chance < 0.008 THEN 'removed'
                        ELSE 'active' END AS state,
                   ARRAY(SELECT bench_pick(w.sentences) || ' ' || bench_pick(w.sentences) || ' ' || bench_pick(w.sentences)
                           FROM generate_series(1, 1 + a.n % 2)) AS said
              FROM (SELECT n, floor(power(random(), 1.4) * 0.92 * :discussions) AS rank, random() AS later, random() AS chance,
                           floor(power(random(), 1.5) * (SELECT number FROM bench_person LIMIT 1)) AS who
                      FROM generate_series(1, :answers) n) a
              CROSS JOIN bench_words w
              JOIN bench_question q ON q.rank = a.rank
              JOIN bench_person p ON p.rank = a.who
             ORDER BY date) r;

INSERT INTO forum_post (id, forum_id, parent_id, name, content, plain_content, state, active, create_uid, write_uid, create_date,
        write_date, last_activity_date, content_date, shown_date, removed_date, closed_uid, closed_date, audience_id, territory_id,
        asker_id, last_author_id, is_shown, thread_shown, self_reply, views, vote_count, favourite_count, child_count, relevancy,
        is_seo_optimized)
    SELECT id, forum, parent, name, '<p>' || array_to_string(said, '</p><p>') || '</p>', left(array_to_string(said, E'\n'), 500),
           CASE state WHEN 'removed' THEN 'active' ELSE state END, state != 'removed', author, author, date, date, date, date,
           CASE WHEN state != 'pending' THEN date END, CASE WHEN state = 'removed' THEN now() END,
           CASE WHEN state = 'close' THEN 2 END, CASE WHEN state = 'close' THEN now() END, audience, territory, asker, author,
           state IN ('active', 'close'), thread_shown, asker = author AND parent IS NOT NULL, floor(random() * 200), 0, 0, 0, 0,
           FALSE
      FROM (SELECT id, forum, NULL::int AS parent, name, said, state, author, date, audience, territory, author AS asker,
                   state IN ('active', 'close') AS thread_shown FROM bench_question
            UNION ALL
            SELECT id, forum, question, NULL, said, state, author, date, audience, NULL, asker, thread_shown FROM bench_answer) post
     ORDER BY date, id;
INSERT INTO collab_network_forum_post_rel (forum_post_id, collab_network_id)
    SELECT id, one::int FROM bench_question, unnest(string_to_array(split_part(key, '|', 1), ',')) one;
INSERT INTO collab_territory_forum_post_rel (forum_post_id, collab_territory_id)
    SELECT id, one::int FROM bench_question, unnest(string_to_array(split_part(key, '|', 2), ',')) one;

-- One discussion in three has its answer, one in twenty that of a federation.
UPDATE forum_post SET is_correct = TRUE
  FROM (SELECT DISTINCT ON (question) id, question FROM bench_answer WHERE state = 'active' ORDER BY question, md5(id::text)) chosen
 WHERE forum_post.id = chosen.id AND chosen.question % 3 = 0;
UPDATE forum_post SET is_approved = TRUE, approved_uid = 2
  FROM (SELECT DISTINCT ON (question) id, question FROM bench_answer WHERE state = 'active' ORDER BY question, id) chosen
 WHERE forum_post.id = chosen.id AND chosen.question % 20 = 0;

INSERT INTO collab_forum_comment (post_id, body, state, active, is_shown, create_uid, write_uid, create_date, write_date, shown_date)
    SELECT c.id, c.body, 'active', TRUE, TRUE, c.author, c.author, c.date, c.date, c.date
      FROM (SELECT post.id, bench_pick(w.sentences) AS body, p.id AS author,
                   post.date + random() * least(interval '10 days', now() - post.date) AS date
              FROM (SELECT id, date, random() AS chance, floor(random() * (SELECT number FROM bench_person LIMIT 1)) AS who
                      FROM (SELECT id, date FROM bench_question WHERE state = 'active'
                            UNION ALL SELECT id, date FROM bench_answer WHERE state = 'active') posts) post
              CROSS JOIN bench_words w
              JOIN bench_person p ON p.rank = post.who
             WHERE post.chance < 0.15 ORDER BY date) c;

-- Thanks.
INSERT INTO forum_post_vote (post_id, user_id, vote, forum_id, recipient_id, create_uid, write_uid, create_date, write_date)
    SELECT v.id, p.id, '1', v.forum_id, v.create_uid, p.id, p.id, v.create_date, v.create_date
      FROM (SELECT id, forum_id, create_uid, create_date, floor(random() * (SELECT number FROM bench_person LIMIT 1)) AS who
              FROM forum_post, generate_series(1, 4) WHERE is_shown AND random() < 0.2) v
      JOIN bench_person p ON p.rank = v.who AND p.id != v.create_uid
    ON CONFLICT DO NOTHING;
UPDATE forum_post SET vote_count = votes.number
  FROM (SELECT post_id, count(*) AS number FROM forum_post_vote GROUP BY post_id) votes WHERE id = votes.post_id;

-- Who has spoken follows; each member follows and keeps a few more, and one in three says at times that he has seen everything.
INSERT INTO collab_mark (user_id, kind, res_model, res_id, date)
    SELECT user_id, 'follow', 'forum.post', question, max(date)
      FROM (SELECT author AS user_id, id AS question, date FROM bench_question
            UNION ALL SELECT author, question, date FROM bench_answer
            UNION ALL SELECT c.create_uid, coalesce(p.parent_id, p.id), c.create_date
                        FROM collab_forum_comment c JOIN forum_post p ON p.id = c.post_id) spoken
     GROUP BY user_id, question;
INSERT INTO collab_mark (user_id, kind, res_model, res_id, date)
    SELECT m.user_id, m.kind, 'forum.post', q.id, now() - m.chance * interval '1 day' * m.days
      FROM (SELECT u.id AS user_id, k.kind, k.days, random() AS chance, floor(power(random(), 2) * :discussions) AS rank
              FROM bench_person u,
                   (VALUES ('seen', 100, 0.05, 60), ('favourite', 10, 0.01, 730), ('follow', 5, 0.01, 730)) k (kind, most, share, days),
                   generate_series(1, least(k.most, (k.share * :discussions)::int))) m
      JOIN bench_question q ON q.n = :discussions - m.rank
    ON CONFLICT DO NOTHING;
INSERT INTO collab_mark (user_id, kind, res_model, res_id, date)
    SELECT id, 'seen', 'forum.post', 0, now() - random() * interval '60 days' FROM bench_person WHERE id % 3 = 0
    ON CONFLICT DO NOTHING;
INSERT INTO collab_mark (user_id, kind, res_model, res_id, date)
    SELECT p.id, 'follow', 'collab.theme', t.id, now()
      FROM bench_person p JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS rank, count(*) OVER () AS number FROM collab_theme) t
        ON t.rank = p.rank % t.number
     WHERE p.id % 3 = 0
    ON CONFLICT DO NOTHING;
-- As many changes as are kept.
INSERT INTO collab_change (res_model) SELECT 'forum.post' FROM generate_series(1, 200);

DROP FUNCTION bench_pick;
COMMIT;
