"""What several modules start from."""

from copy import deepcopy

import pytest

from budgets.ballots.models import Ballot


@pytest.fixture
def ballot(opened: Ballot) -> Ballot:
    """A test's own of what its module made `beforehand`."""
    return deepcopy(opened)
