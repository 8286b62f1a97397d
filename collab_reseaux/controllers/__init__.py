from . import action, dataset, main, webclient
