"""What may come down the socket."""

import pytest

from engage.live.topics import NotUnderstood, subscription, topic_of


def test_topics_are_kept_once_and_in_order() -> None:
    assert subscription('{"subscribe": ["idea.12", "idea.7", "idea.12"]}') == ["idea.12", "idea.7"]


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "hello",
        "[]",
        "{}",
        '{"subscribe": "idea.12"}',
        '{"subscribe": ["idea"]}',
        '{"subscribe": ["idea.0"]}',
        '{"subscribe": ["idea.12\\n"]}',
        '{"subscribe": ["../idea.12"]}',
        '{"subscribe": [12]}',
        '{"subscribe": ["idea.١"]}',
        "[" * 4000,
        '{"subscribe": [' + ",".join(['"idea.123456"'] * 400) + "]}",
    ],
)
def test_anything_else_is_not_understood(text: str | None) -> None:
    with pytest.raises(NotUnderstood):
        subscription(text)


def test_a_topic_nobody_could_subscribe_to_cannot_be_made() -> None:
    assert topic_of("idea", 12) == "idea.12"
    with pytest.raises(NotUnderstood):
        topic_of("idea", -1)
