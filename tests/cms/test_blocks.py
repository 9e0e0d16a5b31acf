"""Every block can be previewed before it is chosen, and refuses what readers could not use."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.images.models import Image

from academy.blocks import WeeksStream
from cms.blocks import HomeStream
from engage.kit.blocks import (
    LinkBlock,
    OptionalLinkBlock,
    PictureBlock,
    QuizBlock,
    VideoBlock,
)
from engage.kit.years import financial_year
from tests.factories import BudgetFactory

pytestmark = pytest.mark.slow


def blocks_of(block: Block) -> list[Block]:
    """The blocks an editor can choose, however deep."""
    chosen = list(block.child_blocks.values()) if isinstance(block, StreamBlock) else []
    return chosen + [deeper for child in chosen for deeper in blocks_of(child)]


CHOICES = blocks_of(HomeStream()) + blocks_of(WeeksStream())


@pytest.mark.django_db
@pytest.mark.parametrize("block", CHOICES, ids=lambda block: type(block).__name__)
def test_every_block_has_a_preview_that_shows_something(block: Block, editor: Client) -> None:
    BudgetFactory(year=financial_year(timezone.localdate()))
    assert block.is_previewable
    assert block.get_description() or type(block).__name__ == "WeekBlock"
    answer = editor.get("/admin/block-preview/", {"id": block.definition_prefix})
    assert answer.status_code == 200
    assert "engage.css" in answer.text
    inside = answer.text.split("<main", 1)[1].split(">", 1)[1].split("</main>")[0]
    assert strip_tags(inside).strip()


def problem(block: StructBlock, value: dict) -> str:
    with pytest.raises(ValidationError) as refusal:
        block.clean(block.to_python(value))
    error = refusal.value
    return " ".join(
        message
        for each in [*error.block_errors.values(), error.non_block_errors]
        for message in (each.messages if isinstance(each, ValidationError) else [str(e) for e in each])
    )


@pytest.mark.django_db
def test_a_picture_without_words_is_refused(picture: Image) -> None:
    assert "This field is required" in problem(PictureBlock(), {"image": picture.pk, "alt": ""})
    clean = PictureBlock().clean(PictureBlock().to_python({"image": picture.pk, "alt": "Green"}))
    assert 'alt="Green"' in PictureBlock().render(clean)


@pytest.mark.django_db
def test_a_quiz_has_exactly_one_right_answer() -> None:
    def quiz(*right: bool) -> dict:
        return {
            "question": "Who?",
            "options": [{"text": str(n), "right": each} for n, each in enumerate(right)],
            "explanation": "<p>Because.</p>",
        }

    for wrong in (quiz(False, False), quiz(True, True)):
        assert "Tick exactly one answer" in problem(QuizBlock(), wrong)
    QuizBlock().clean(QuizBlock().to_python(quiz(False, True)))


@pytest.mark.django_db
def test_a_video_needs_a_transcript_and_one_source() -> None:
    film = {"title": "Film", "address": "https://example.org/film", "transcript": "<p>Hello.</p>"}
    VideoBlock().clean(VideoBlock().to_python(film))
    assert "one of the two" in problem(VideoBlock(), film | {"address": ""})
    assert "This field is required" in problem(VideoBlock(), film | {"transcript": ""})


@pytest.mark.django_db
def test_a_link_leads_to_one_place_and_says_where() -> None:
    assert "Choose one place" in problem(LinkBlock(), {"text": "Go"})
    assert "Choose one place" in problem(
        LinkBlock(), {"text": "Go", "act": "suggest", "address": "https://example.org/"}
    )
    assert "Say where the link leads" in problem(LinkBlock(), {"address": "https://example.org/"})
    assert "Enter a valid URL" in problem(LinkBlock(), {"text": "Go", "address": "javascript:alert(1)"})
    link = LinkBlock().clean(LinkBlock().to_python({"act": "suggest"}))
    assert (link.url, link.words) == ("/ideas/new/", "Suggest an idea")
    assert OptionalLinkBlock().clean(OptionalLinkBlock().to_python({})).url == ""


def test_lists_name_what_they_hold() -> None:
    for block in CHOICES:
        for child in getattr(block, "child_blocks", {}).values():
            if isinstance(child, ListBlock):
                assert child.label
