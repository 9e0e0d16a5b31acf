"""The blocks that any page is built of. Each has a preview that an editor sees before choosing it.

Blocks that need a higher app (budgets, ideas) live in `cms.blocks`; what a lesson needs of them comes through
`engage.kit.figures` and `engage.kit.acts`.
"""

from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from engage.kit.acts import act_choices, act_for
from engage.kit.figures import figure_choices, figure_for, render_figure

INLINE_FEATURES = ["bold", "italic", "link", "document-link"]
TEXT_FEATURES = ["h2", "h3", *INLINE_FEATURES, "ol", "ul", "hr"]
SHORT_FEATURES = [*INLINE_FEATURES, "ol", "ul"]


class PickBlock(blocks.ChooserBlock):
    """One row of a short table (a place, a theme, a councillor), picked from a plain list."""

    def __init__(self, target_model: str, **kwargs: Any) -> None:
        self.target_model = target_model
        super().__init__(**kwargs)

    @cached_property
    def widget(self) -> forms.Select:
        return forms.Select()

    def get_form_state(self, value: Any) -> Any:
        return self.field.widget.format_value(self.field.prepare_value(value))

    def value_from_form(self, value: Any) -> Any:
        # A plain list sends an empty text for "none of them".
        return super().value_from_form(value or None)


class HeadingBlock(blocks.CharBlock):
    def get_context(self, value: str, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context) | {"anchor": slugify(value)}

    class Meta:
        label = _("Heading")
        icon = "title"
        template = "kit/blocks/heading.html"
        description = _("Starts a new part of the page. Readers can link to it.")
        preview_value = _("How the council decides")


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"features": TEXT_FEATURES} | kwargs))

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "kit/blocks/text.html"
        description = _("Paragraphs, smaller headings, lists and links.")
        preview_value = _(
            "<p>Each councillor has money for <b>small local projects</b>. Anyone may suggest what to do with it.</p>"
            "<ul><li>Read what was paid for before.</li><li>Suggest an idea of your own.</li></ul>"
        )


def example_image() -> Any:
    """Any picture of this site, for previews."""
    return apps.get_model("wagtailimages", "Image").objects.order_by("-id").first()


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What it shows"),
        max_length=250,
        help_text=_("For people who cannot see it: one sentence that says what matters in the picture."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)
    credit = blocks.CharBlock(label=_("Credit"), required=False, max_length=120)

    def get_preview_value(self) -> Any:
        return self.normalize(
            {
                "image": example_image(),
                "alt": _("Neighbours planting bulbs beside a path"),
                "caption": _("Planting day in the park"),
                "credit": "",
            }
        )

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "kit/blocks/picture.html"
        description = _("A picture with words for people who cannot see it.")


class VideoBlock(blocks.StructBlock):
    """A film of our own or a link to one; nothing is fetched from another site until the reader follows the link."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    file = DocumentChooserBlock(
        label=_("Video file"), required=False, help_text=_("An MP4 or WebM file from the documents.")
    )
    captions = DocumentChooserBlock(
        label=_("Subtitles"), required=False, help_text=_("A WebVTT (.vtt) file from the documents.")
    )
    address = blocks.URLBlock(
        label=_("Or the address of a film elsewhere"),
        required=False,
        help_text=_("Shown as a link. The film is not embedded, so that no other site follows our readers."),
    )
    transcript = blocks.RichTextBlock(
        label=_("Transcript"),
        features=SHORT_FEATURES,
        help_text=_("Everything that is said, and what matters of what is shown."),
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if bool(value["file"]) == bool(value["address"]):
            sentence = _("Choose a video file, or give the address of a film elsewhere: one of the two.")
            raise StructBlockValidationError(block_errors={"file": ValidationError(sentence)})
        if value["file"] and value["file"].file_extension.lower() not in {"mp4", "webm"}:
            raise StructBlockValidationError(
                block_errors={"file": ValidationError(_("Choose a file that ends in .mp4 or .webm."))}
            )
        if value["captions"] and value["captions"].file_extension.lower() != "vtt":
            raise StructBlockValidationError(
                block_errors={"captions": ValidationError(_("Choose a subtitles file that ends in .vtt."))}
            )
        return value

    class Meta:
        label = _("Video")
        icon = "media"
        template = "kit/blocks/video.html"
        description = _("A film with its transcript.")
        preview_value = {
            "title": _("How a council meeting works"),
            "file": None,
            "captions": None,
            "address": "https://example.org/film",
            "transcript": _(
                "<p>The mayor opens the meeting and reads the first question from the public.</p>"
            ),
        }


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=120, help_text=_("If empty, the document's own title.")
    )
    description = blocks.CharBlock(label=_("What is in it"), required=False, max_length=250)

    class Meta:
        label = _("Document")
        icon = "doc-full"
        template = "kit/blocks/download.html"
        description = _("A file to download, with its kind and size.")
        preview_value = {
            "document": None,
            "title": _("A year of local budgets"),
            "description": _("Every award, with who received it and what for."),
        }


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words"), rows=3, max_length=500)
    name = blocks.CharBlock(label=_("Who said it"), max_length=120)
    role = blocks.CharBlock(label=_("Who they are"), required=False, max_length=120)

    class Meta:
        label = _("Quote")
        icon = "openquote"
        template = "kit/blocks/quote.html"
        description = _("Somebody's own words.")
        preview_value = {
            "text": _("We asked for four lamps. Now the skate park is busy until eight."),
            "name": _("Sam, 16"),
            "role": _("uses the skate park"),
        }


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("info", _("Good to know")), ("tip", _("Try this")), ("important", _("Important"))],
        default="info",
    )
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_FEATURES)

    class Meta:
        label = _("Callout")
        icon = "warning"
        template = "kit/blocks/callout.html"
        description = _("A short note that stands out from the text.")
        preview_value = {
            "kind": "tip",
            "title": _("Try this"),
            "text": _("<p>Look up your own division. How much has been paid out this year?</p>"),
        }


class FoldBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Question or title"), max_length=150)
    text = blocks.RichTextBlock(label=_("Answer"), features=SHORT_FEATURES)

    class Meta:
        label = _("Question and answer")
        icon = "list-ul"
        template = "kit/blocks/fold.html"
        preview_value = {
            "title": _("Who can suggest an idea?"),
            "text": _("<p>Anyone who lives, works or studies here.</p>"),
        }


class FoldsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    folds = blocks.ListBlock(FoldBlock(), label=_("Questions and answers"), min_num=1)

    class Meta:
        label = _("Questions and answers")
        icon = "list-ul"
        template = "kit/blocks/folds.html"
        description = _("Titles that open to show their text.")
        preview_value = {
            "title": _("Questions people ask"),
            "folds": [
                {
                    "title": _("Who can suggest an idea?"),
                    "text": _("<p>Anyone who lives, works or studies here.</p>"),
                },
                {"title": _("What happens next?"), "text": _("<p>Your councillor reads it.</p>")},
            ],
        }


class TableBlock(TypedTableBlock):
    """Columns of words or of numbers, filled in cell by cell."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        columns = [
            ("text", blocks.CharBlock(label=_("Words"), required=False)),
            ("number", blocks.CharBlock(label=_("Number or amount"), required=False)),
        ]
        super().__init__(local_blocks or columns, **kwargs)

    def get_preview_value(self) -> Any:
        return self.to_python(
            {
                "columns": [
                    {"type": "text", "heading": str(_("Who"))},
                    {"type": "number", "heading": str(_("Looks after"))},
                ],
                "rows": [
                    {"values": [str(_("County council")), str(_("Roads and schools"))]},
                    {"values": [str(_("District council")), str(_("Bins and housing"))]},
                ],
                "caption": str(_("Who does what")),
            }
        )

    class Meta:
        label = _("Table")
        icon = "table"
        template = "kit/blocks/table.html"
        description = _("A small table. Always give it a caption.")


class LinkValue(blocks.StructValue):
    @property
    def url(self) -> str:
        """Where it leads; empty when the page it led to is gone."""
        if page := self.get("page"):
            return page.specific_deferred.url or ""
        if act := act_for(self.get("act") or ""):
            return act.url
        return self.get("address") or ""

    @property
    def words(self) -> str:
        act = act_for(self.get("act") or "")
        return str(self.get("text") or (act.label if act else "") or self.get("page") or self.url)


class LinkBlock(blocks.StructBlock):
    """A link to one of three things: a page of this site, something to do here, or an address elsewhere."""

    text = blocks.CharBlock(label=_("Words on it"), required=False, max_length=80)
    page = blocks.PageChooserBlock(label=_("A page"), required=False)
    act = blocks.ChoiceBlock(label=_("Or something to do here"), choices=act_choices, required=False)
    address = blocks.URLBlock(label=_("Or an address elsewhere"), required=False)

    wanted = 1

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        given = [name for name in ("page", "act", "address") if value[name]]
        if len(given) > 1 or len(given) < self.wanted:
            sentence = _(
                "Choose one place for the link to lead to: a page, something to do here, or an address."
            )
            raise StructBlockValidationError(block_errors={"page": ValidationError(sentence)})
        if value["address"] and not value["text"]:
            sentence = _("Say where the link leads, so that people can decide whether to follow it.")
            raise StructBlockValidationError(block_errors={"text": ValidationError(sentence)})
        return value

    class Meta:
        label = _("Link")
        icon = "link"
        value_class = LinkValue
        template = "kit/blocks/link.html"
        preview_value = {
            "text": _("Suggest an idea"),
            "page": None,
            "act": "",
            "address": "https://example.org/",
        }


class OptionalLinkBlock(LinkBlock):
    wanted = 0


class ButtonsBlock(blocks.StructBlock):
    links = blocks.ListBlock(LinkBlock(), label=_("Buttons"), min_num=1, max_num=3)

    class Meta:
        label = _("Buttons")
        icon = "link"
        template = "kit/blocks/buttons.html"
        description = _("One to three buttons in a row. The first is the main one.")
        preview_value = {
            "links": [
                {"text": _("Suggest an idea"), "address": "https://example.org/"},
                {"text": _("See what was paid for"), "address": "https://example.org/"},
            ]
        }


class CardBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=100)
    text = blocks.TextBlock(label=_("Text"), rows=2, required=False, max_length=250)
    image = ImageChooserBlock(
        label=_("Picture"), required=False, help_text=_("Decoration only: say everything in the words.")
    )
    link = OptionalLinkBlock(label=_("Where it leads"))

    class Meta:
        label = _("Card")
        icon = "clipboard-list"
        template = "kit/blocks/card.html"
        preview_value = {
            "title": _("Suggest an idea"),
            "text": _("Two minutes on your phone."),
            "image": None,
            "link": {"address": "https://example.org/", "text": _("Suggest an idea")},
        }


class CardsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    numbered = blocks.BooleanBlock(
        label=_("Numbered"), required=False, help_text=_("For steps that follow each other.")
    )
    cards = blocks.ListBlock(CardBlock(), label=_("Cards"), min_num=1)

    class Meta:
        label = _("Cards")
        icon = "grip"
        template = "kit/blocks/cards.html"
        description = _("Short pieces side by side, each with a link if you like.")
        preview_value = {
            "title": _("How it works"),
            "numbered": True,
            "cards": [
                {"title": _("Suggest"), "text": _("Say what would make your street better."), "link": {}},
                {"title": _("Support"), "text": _("Back the ideas you like."), "link": {}},
                {"title": _("See it happen"), "text": _("Follow the money to the last pound."), "link": {}},
            ],
        }


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=200)
    right = blocks.BooleanBlock(label=_("This is the right answer"), required=False)
    feedback = blocks.CharBlock(
        label=_("What to say to people who choose it"), required=False, max_length=300
    )

    class Meta:
        label = _("Answer")
        icon = "radio-empty"
        template = "kit/blocks/option.html"
        preview_value = {"text": _("The county council"), "right": True, "feedback": ""}


class QuizBlock(blocks.StructBlock):
    """One question with one right answer. Answering is a GET of the same page, so it works without scripts."""

    question = blocks.CharBlock(label=_("Question"), max_length=250)
    options = blocks.ListBlock(OptionBlock(), label=_("Answers"), min_num=2, max_num=6)
    explanation = blocks.RichTextBlock(
        label=_("Explanation"), features=INLINE_FEATURES, help_text=_("Shown after any answer.")
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if sum(bool(option["right"]) for option in value["options"]) != 1:
            raise StructBlockValidationError(
                non_block_errors=[ValidationError(_("Tick exactly one answer as the right one."))]
            )
        return value

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        name = f"quiz-{context.get('block_id') or 'example'}"
        request = context.get("request")
        asked = request.GET if request else {}
        chosen = next(
            (option for n, option in enumerate(value["options"], 1) if asked.get(name) == str(n)), None
        )
        # Answers given to the other questions of the page ride along, so that they stay answered.
        others = [(key, text) for key, text in asked.items() if key.startswith("quiz-") and key != name]
        return context | {"name": name, "chosen": chosen, "others": others}

    class Meta:
        label = _("Quiz question")
        icon = "help"
        template = "kit/blocks/quiz.html"
        description = _("A question with one right answer and an explanation.")
        preview_value = {
            "question": _("Who mends a pothole on a country road?"),
            "options": [
                {"text": _("The parish council"), "right": False, "feedback": ""},
                {"text": _("The county council"), "right": True, "feedback": ""},
            ],
            "explanation": _("<p>Roads belong to the county council.</p>"),
        }


class NextActBlock(blocks.StructBlock):
    """What to do now that you know: a real act on this site."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, default=_("Do this next"))
    text = blocks.TextBlock(label=_("Text"), rows=3, max_length=400)
    link = LinkBlock(label=_("Where it leads"))

    class Meta:
        label = _("Do this next")
        icon = "arrow-right-full"
        template = "kit/blocks/next_act.html"
        description = _("Leads the reader from the page to a real act on this site.")
        preview_value = {
            "title": _("Do this next"),
            "text": _("Find your division and see how much is left to decide this year."),
            "link": {"text": _("See your local budget"), "address": "https://example.org/"},
        }


class LiveFigureBlock(blocks.StructBlock):
    """A figure that is worked out when the page is read."""

    figure = blocks.ChoiceBlock(label=_("Figure"), choices=figure_choices)
    note = blocks.CharBlock(label=_("Note under it"), required=False, max_length=250)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        figure = render_figure(figure_for(value.get("figure") or ""))
        return super().get_context(value, parent_context) | {"figure": figure}

    def get_preview_value(self) -> Any:
        first = next(iter(figure_choices()), ("", ""))[0]
        return self.normalize({"figure": first, "note": _("This figure is live.")})

    class Meta:
        label = _("Live figure")
        icon = "view"
        template = "kit/blocks/live_figure.html"
        description = _("A number or list from this site that is always up to date.")


class BodyStream(blocks.StreamBlock):
    """The body of any page. Prints each block with its own id, which quizzes need to tell themselves apart."""

    heading = HeadingBlock()
    text = TextBlock()
    picture = PictureBlock(group=_("Media"))
    video = VideoBlock(group=_("Media"))
    document = DownloadBlock(group=_("Media"))
    quote = QuoteBlock(group=_("Words that stand out"))
    callout = CalloutBlock(group=_("Words that stand out"))
    questions = FoldsBlock(group=_("Words that stand out"))
    table = TableBlock(group=_("Words that stand out"))
    cards = CardsBlock(group=_("Ways on"))
    buttons = ButtonsBlock(group=_("Ways on"))
    next_act = NextActBlock(group=_("Ways on"))
    quiz = QuizBlock(group=_("Ways on"))
    live_figure = LiveFigureBlock(group=_("Live from this site"))

    class Meta:
        template = "kit/blocks/stream.html"
        preview_value = [("heading", _("How the council decides"))]
