"""Addresses that nothing of ours links to, but that somebody will type."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", ["0", "9" * 30, "9" * 5000])
def test_a_document_that_cannot_be_is_not_found(client, number):
    assert client.get(f"/documents/{number}/minutes.pdf").status_code == 404
