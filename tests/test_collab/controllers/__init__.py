from . import floor, stock_download
