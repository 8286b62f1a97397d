from . import account, login, main, profile
