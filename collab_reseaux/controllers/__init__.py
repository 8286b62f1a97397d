from . import action, binary, dataset, main, webclient
