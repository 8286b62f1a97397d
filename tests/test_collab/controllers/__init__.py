from . import floor, stock_download, stock_page
