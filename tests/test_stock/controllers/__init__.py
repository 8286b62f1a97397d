from . import stock_page
