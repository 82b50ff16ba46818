"""What the tests of training share."""

import pytest

from organisations.models import Organisation
from tests.factories.people import CouncilFactory


@pytest.fixture
def council(db: None) -> Organisation:
    return CouncilFactory()
