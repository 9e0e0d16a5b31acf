"""A body larger than anything people may send is refused unread, in words."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_huge_upload_is_refused_before_it_is_read(client, settings):
    class Untouchable:
        def read(self, *args: object) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    answer = client.generic(
        "POST",
        reverse("account_login"),
        content_type="multipart/form-data; boundary=x",
        **{"wsgi.input": Untouchable(), "CONTENT_LENGTH": str(settings.LARGEST_REQUEST + 1)},
    )
    assert answer.status_code == 413
    assert "the most we can take. Choose a smaller file." in answer.content.decode()


def test_what_fits_and_what_has_no_size_goes_on(client, settings):
    for size in (str(settings.LARGEST_REQUEST), "", "many"):
        answer = client.generic("GET", "/budgets/", CONTENT_LENGTH=size)
        assert answer.status_code == 200
