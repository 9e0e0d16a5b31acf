"""Form parts: money as typed, the key against double posting, errors as a summary."""

import pytest
from django import forms

from engage.kit.decisions import Denied, Refused
from engage.kit.forms import KeyField, PoundsField, do, error_list


class Sample(forms.Form):
    amount = PoundsField(label="Amount")
    change = PoundsField(label="Change", may_be_negative=True, required=False)
    key = KeyField()


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("1,250.50", 1_250_50),
        ("£12", 12_00),
        (" 3 000 ", 3_000_00),
        ("0.01", 1),
        ("12.5", 12_50),
        ("٣", 3_00),
    ],
)
def test_pounds_are_read_as_people_type_them(typed, pence):
    form = Sample({"amount": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount"] == pence


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "required"),
        ("0", "above £0"),
        ("-1", "in pounds, like"),
        ("1.234", "in pounds, like"),
        ("1,00", "in pounds, like"),
        ("1e9", "in pounds, like"),
        ("9" * 30, "in pounds, like"),
    ],
)
def test_what_is_not_money_is_refused_in_words(typed, words):
    form = Sample({"amount": typed})
    assert not form.is_valid()
    assert words in form.errors["amount"][0]


def test_only_where_it_may_an_amount_is_negative():
    form = Sample({"amount": "1", "change": "-2.50"})
    assert form.is_valid()
    assert form.cleaned_data["change"] == -2_50


def test_an_amount_is_shown_again_as_pounds():
    assert 'value="12.50"' in str(Sample(initial={"amount": 12_50})["amount"])
    assert 'value="12,5x"' in str(Sample({"amount": "12,5x"})["amount"])


def test_the_key_stays_with_its_form_and_a_strange_one_is_replaced():
    shown = Sample()["key"].value()
    keys = [Sample({"amount": "1", "key": key}) for key in (shown, shown, "a|b")]
    assert all(form.is_valid() for form in keys)
    first, again, strange = (form.cleaned_data["key"] for form in keys)
    assert first == again == f"form:{shown}"
    assert strange.startswith("form:")
    assert "|" not in strange


def refuse(field: str | None) -> None:
    raise Refused(Denied("No.", field=field))


@pytest.mark.parametrize(("field", "blamed"), [("amount", "amount"), ("else", "__all__"), (None, "__all__")])
def test_a_refusal_blames_the_field_it_names_if_the_form_has_it(field, blamed):
    form = Sample({"amount": "1"})
    assert form.is_valid()
    assert do(form, refuse, field=field) is None
    assert form.errors == {blamed: ["No."]}


def test_the_summary_links_to_what_can_be_mended():
    form = Sample({"amount": ""})
    form.is_valid()
    form.add_error("key", "Old.")
    form.add_error(None, "Closed.")
    assert error_list(form) == [
        {"text": "This field is required.", "href": "#id_amount"},
        {"text": "Old.", "href": ""},
        {"text": "Closed.", "href": ""},
    ]
