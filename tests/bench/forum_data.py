"""Run in Odoo's shell, once forum.sql has made its discussions: what lists show of them is written by the model itself,
and what the SQL has written is compared with what the model computes."""

# ruff: noqa: F821
SAMPLE = 500
COMPUTED = [
    *("audience_id", "asker_id", "is_shown", "thread_shown", "plain_content", "vote_count", "is_seo_optimized"),
]

Post = env["forum.post"].with_context(active_test=False)
Post.search([("parent_id", "=", False)])._refresh()
env.cr.commit()

env.cr.execute("SELECT id FROM forum_post ORDER BY md5(id::text) LIMIT %s", [SAMPLE])
sample = Post.browse(post for (post,) in env.cr.fetchall())
written = sample.read(COMPUTED, load=None)
for name in COMPUTED:
    env.add_to_compute(Post._fields[name], sample)
for was, now in zip(written, sample.read(COMPUTED, load=None), strict=True):
    assert was == now, (was, now)
comments = env["collab.forum.comment"].search([], limit=SAMPLE)
assert all(comment.body == comment._clean(comment.body) and comment.is_shown for comment in comments)
env.cr.rollback()
