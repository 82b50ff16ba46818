"""Views of the portfolio that a person keeps."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories.projects import SavedViewFactory

pytestmark = pytest.mark.django_db


def test_a_person_names_a_view_once():
    view = SavedViewFactory()
    with pytest.raises(IntegrityError, match="savedview_name_once_for_a_person"), transaction.atomic():
        SavedViewFactory(user=view.user, name=view.name)
    with pytest.raises(IntegrityError, match="savedview_named"), transaction.atomic():
        SavedViewFactory(name="")
    SavedViewFactory(name=view.name)
