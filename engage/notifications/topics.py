"""The topics that belong to lower apps: an area or a theme that somebody watches."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from engage.kit.models import Theme
from engage.notifications.kinds import About, TopicKind, register_topic
from engage.places.models import Place


def _places(numbers: Collection[int]) -> dict[int, About]:
    found = Place.objects.filter(pk__in=numbers).values_list("pk", "name")
    return {number: About(name) for number, name in found}


def _themes(numbers: Collection[int]) -> dict[int, About]:
    found = Theme.objects.filter(pk__in=numbers).values_list("pk", "name")
    return {number: About(name) for number, name in found}


register_topic(TopicKind("place", _places, gone=_("A place that is no longer here"), area=True))
register_topic(TopicKind("theme", _themes, gone=_("A theme that is no longer here"), area=True))
