from . import stock_download, stock_page
