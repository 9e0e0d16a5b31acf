"""Emails bear the council's own name and colour."""

import pytest
from wagtail.models import Site

from cms.models import Brand
from engage.kit.letterhead import letterhead

pytestmark = pytest.mark.django_db


def test_it_is_what_an_editor_set() -> None:
    Brand.objects.create(site=Site.objects.get(is_default_site=True), site_name="Tidewold", colour="#123456")
    assert (letterhead().site_name, letterhead().colour) == ("Tidewold", "#123456")


def test_before_anybody_set_anything_it_is_ours() -> None:
    assert letterhead().site_name == "Engage"
