from . import action, dataset, main
