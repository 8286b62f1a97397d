from .models.collab_search_entry import PROGRESS, START


def index_all(env):
    """What was there before the search is indexed by its first job."""
    env["ir.config_parameter"].set_param(PROGRESS, START)
    env.ref("collab_recherche.cron_index")._trigger()
