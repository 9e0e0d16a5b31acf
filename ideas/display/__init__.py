"""From query objects to what the components draw: cards, maps, comments, life lines. No database here."""

from ideas.display.common import Card, card, crumbs, support_topic
from ideas.display.discuss import author_name, comment_rows, comments_topic
from ideas.display.life import life_line
from ideas.display.maps import PICTURE_WIDTH, clip, idea_map, mini_map, picture_size, rolled_up

__all__ = [
    "PICTURE_WIDTH",
    "Card",
    "author_name",
    "card",
    "clip",
    "comment_rows",
    "comments_topic",
    "crumbs",
    "idea_map",
    "life_line",
    "mini_map",
    "picture_size",
    "rolled_up",
    "support_topic",
]
