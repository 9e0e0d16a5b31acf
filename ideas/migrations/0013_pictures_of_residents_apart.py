from typing import Any

from django.db import migrations
from django.db.models import F

NAME = "Pictures from residents"  # as in ideas/models/picture.py


def keep_apart(apps: Any, schema_editor: Any) -> None:
    """A collection of their own, below Wagtail's first, for what residents have sent so far and will send."""
    collections = apps.get_model("wagtailcore", "Collection").objects
    root = collections.get(depth=1)
    taken = set(collections.filter(depth=2).values_list("path", flat=True))
    paths = (f"{root.path}{number:04d}" for number in range(1, 10_000))
    path = next(each for each in paths if each not in taken)
    apart = collections.create(name=NAME, path=path, depth=2, numchild=0)
    collections.filter(pk=root.pk).update(numchild=F("numchild") + 1)
    sent = apps.get_model("ideas", "IdeaPicture").objects.values("image")
    apps.get_model("wagtailimages", "Image").objects.filter(pk__in=sent).update(collection=apart)


class Migration(migrations.Migration):
    dependencies = [
        ("ideas", "0012_joined_ideas_can_be_removed"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(keep_apart, migrations.RunPython.noop)]
