"""A factory for every model of ours, and each makes a row that the database takes."""

import importlib
import pkgutil

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from factory.django import DjangoModelFactory

from projects.models import Standing
from tests import factories

pytestmark = pytest.mark.django_db
# made by a trigger alone: the application's role may not write it
BY_THE_DATABASE = {Standing}


def ours() -> list[type[models.Model]]:
    """The models of the portal's apps; the event tables of the history are written by triggers alone."""
    names = [app.name for app in apps.get_app_configs() if (settings.BASE_DIR / app.name.replace(".", "/")).is_dir()]
    found = [model for name in names for model in apps.get_app_config(name.rpartition(".")[2]).get_models()]
    return [model for model in found if not hasattr(model, "pgh_tracked_model") and model not in BY_THE_DATABASE]


def made() -> list[type[DjangoModelFactory]]:
    """The factories of `tests/factories`."""
    modules = [
        importlib.import_module(f"tests.factories.{module.name}") for module in pkgutil.iter_modules(factories.__path__)
    ]
    return [
        thing
        for module in modules
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, DjangoModelFactory) and thing.__module__ == module.__name__
    ]


def test_every_model_has_a_factory():
    models_made = {factory._meta.model for factory in made()}
    assert {model.__name__ for model in ours()} - {model.__name__ for model in models_made} == set()
    assert len(ours()) >= 45


@pytest.mark.parametrize("factory", made(), ids=lambda factory: factory.__name__)
def test_a_factory_makes_a_row_that_the_database_takes(factory):
    row = factory()
    assert type(row).objects.filter(pk=row.pk).exists()
    assert str(row)


def test_what_the_database_alone_writes_stands_after_an_update():
    update = importlib.import_module("tests.factories.projects").StatusUpdateFactory()
    assert Standing.objects.get(project=update.project).update_id == update.pk
