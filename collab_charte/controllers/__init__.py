from . import account, address, login, main, profile
