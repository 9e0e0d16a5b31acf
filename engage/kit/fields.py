"""Fields that pages share."""

from typing import Any

from wagtail.fields import StreamField


class BodyField(StreamField):
    """A StreamField whose migrations do not spell out its blocks.

    What is stored is JSON whatever the blocks are; writing every block and every help text into migrations would
    ask each app with pages for a new migration whenever a word of one shared block changes.
    """

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
