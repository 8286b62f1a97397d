from . import account, login, main
