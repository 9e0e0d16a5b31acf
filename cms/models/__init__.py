from cms.models.brand import Brand
from cms.models.menu import Menu, MenuItem
from cms.models.notice import Notice
from cms.pages import HomePage, NewsIndexPage, NewsPage, StandardPage

__all__ = [
    "Brand",
    "HomePage",
    "Menu",
    "MenuItem",
    "NewsIndexPage",
    "NewsPage",
    "Notice",
    "StandardPage",
]
