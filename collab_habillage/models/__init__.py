from . import (
    base,
    collab_audience,
    collab_network,
    ir_http,
    ir_qweb,
    ir_qweb_field_collab_rich_text,
    ir_qweb_field_collab_size,
    ir_qweb_field_collab_text,
    ir_qweb_field_collab_when,
    res_users,
    website_snippet_filter,
)
