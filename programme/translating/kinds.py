"""Which texts the portal keeps in both languages: read from the models, so that no new model is forgotten.

A model with `Bilingual` texts is a kind. Its rows are seen by a translator as its own `visible_to` says; a model
without one follows the first required row that it belongs to. What differs is written below, with its reason. A model
that says nothing of who may see it, and belongs to nothing, is seen by nobody (`tests/programme/test_kinds.py` tells).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, F, ForeignKey, Model, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from board.models import Paper, Part
from board.states import FROZEN as FROZEN_PAPERS
from board.states import PaperStatus, WithdrawalStatus
from fund.models import Bid, Enquiry, Round, TranslatedText
from fund.states.translation import TranslationStatus
from wlga_portal.kernel.bilingual import LANGUAGES, BilingualModel

AREAS = {
    "projects": _("Projects"),
    "fund": _("Fund"),
    "training": _("Training"),
    "board": _("Board"),
    "organisations": _("Organisations"),
    "programme": _("The digital team"),
}

# An address is no text, though it may differ by language.
NO_WORDS = {("projects.document", "url")}
# Models that belong to nothing and are public.
PUBLIC = {
    "fund.fund",
    "projects.columnset",
    "projects.source",
    "projects.strategy",
    "projects.tag",
    "training.statedtotal",
    "training.stream",
}


def shown(queryset: QuerySet[Any], path: str = "is_demo") -> QuerySet[Any]:
    """Without the demonstration's, where the portal shows none."""
    return queryset if settings.DEMO else queryset.filter(**{path: False})


def papers(user: Any) -> QuerySet[Any]:
    """In translation, and published ones: a draft is not for translation yet (docs/board.md)."""
    return Paper.objects.worked_on_by(user).filter(status__in=[PaperStatus.TRANSLATION, *FROZEN_PAPERS])


def credits_of_posts(user: Any) -> QuerySet[Any]:
    """A post is a text; a person's name is none."""
    from board.models import Credit

    return Credit.objects.filter(paper__in=papers(user), part__in=Part.values).exclude(post_en="", post_cy="")


def persons(user: Any) -> QuerySet[Any]:
    from board.models import Person

    return Person.objects.all() if settings.DEMO else Person.objects.filter(Q(user=None) | Q(user__demo_slug=None))


def rounds(_user: Any) -> QuerySet[Any]:
    """Also while a round is set up: its form is translated before councils see it."""
    return shown(Round.objects.all())


def enquiries(user: Any) -> QuerySet[Any]:
    """What all councils read, or will; never who asked, and not what was set aside."""
    return Enquiry.objects.filter(round__in=rounds(user)).exclude(status="set_aside")


def risks(user: Any) -> QuerySet[Any]:
    """Those that everybody is shown; the others are the team's."""
    from projects.models import Project, Risk

    return Risk.objects.filter(is_public=True, project__in=Project.objects.visible_to(user))


def posts(_user: Any) -> QuerySet[Any]:
    """Also before publication, which asks for both languages."""
    from projects.models import Post

    return shown(Post.objects.all())


def framework_versions(_user: Any) -> QuerySet[Any]:
    """Also before publication, which asks for both languages."""
    from training.models import FrameworkVersion

    return shown(FrameworkVersion.objects.all(), "framework__is_demo")


def withdrawals(user: Any) -> QuerySet[Any]:
    """Those that are asked for: a tombstone is final."""
    from board.models import Withdrawal

    return Withdrawal.objects.visible_to(user).filter(status=WithdrawalStatus.ASKED)


def bid_texts(user: Any) -> QuerySet[Any]:
    """Of translations that are not done; a person of the demonstration in its rounds alone (`fund.rules`)."""
    waiting = TranslatedText.objects.visible_to(user).filter(translation__status=TranslationStatus.WAITING)
    return waiting.filter(translation__submission__bid__round__is_demo=True) if user.is_demo else waiting


SEEN: dict[str, Callable[[Any], QuerySet[Any]]] = {
    "board.credit": credits_of_posts,
    "board.paper": papers,
    "board.person": persons,
    "board.withdrawal": withdrawals,
    "fund.enquiry": enquiries,
    "fund.round": rounds,
    "fund.translatedtext": bid_texts,
    "projects.post": posts,
    "projects.risk": risks,
    "training.frameworkversion": framework_versions,
}

ASKED = Exists(Bid.objects.filter(round=OuterRef("round"), form_version=OuterRef("form_version")))
# Where only the mark may change: the words are frozen, by the database.
KEPT: dict[str, Any] = {
    "board.block": Q(paper__status__in=sorted(FROZEN_PAPERS)),
    "board.credit": Q(paper__status__in=sorted(FROZEN_PAPERS)),
    "board.implication": Q(paper__status__in=sorted(FROZEN_PAPERS)),
    "board.outcome.words": Q(edition__isnull=False),
    "board.paper": Q(status__in=sorted(FROZEN_PAPERS)),
    "fund.costcategory": ASKED,
    "fund.question": ASKED,
    "fund.requiredattachment": ASKED,
    "projects.statusupdate": Value(value=True),
    "training.roleentry": Q(family__version__status="published"),
    "training.rolefamily": Q(version__status="published"),
    "training.rolelevel": Q(entry__family__version__status="published"),
    "training.skillentry": Q(version__status="published"),
    "training.skilllevel": Q(entry__version__status="published"),
}
NEVER = Value(value=False)
# In which language a thing was first written, where it says so; English elsewhere.
FIRST = {"board.paper": "drafted_in", "board.block": "paper__drafted_in", "board.implication": "paper__drafted_in"}


@dataclass(frozen=True, slots=True)
class Name:
    """One text of a kind: its columns in English and Welsh, and that of its mark where it has one."""

    name: str
    label: Any
    en: str
    cy: str
    mark: str
    max_length: int | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A model with texts in both languages. `place`: the columns of what such a text belongs to, by language."""

    model: type[Model]
    names: tuple[Name, ...]
    place: tuple[str, str] | None

    @property
    def key(self) -> str:
        return self.model._meta.label_lower

    @property
    def area(self) -> str:
        return self.model._meta.app_label

    def name(self, name: str) -> Name:
        return next(one for one in self.names if one.name == name)

    def seen(self, user: Any) -> QuerySet[Any]:
        """The rows whose texts this translator may see."""
        return rows_seen(self.model, user)

    def kept(self, name: str) -> Any:
        """The condition under which the words are frozen."""
        return KEPT.get(f"{self.key}.{name}", KEPT.get(self.key, NEVER))

    @property
    def first(self) -> Any:
        """The language in which it was first written."""
        return F(FIRST[self.key]) if self.key in FIRST else Value("en")


def rows_seen(model: type[Model], user: Any) -> QuerySet[Any]:
    """The rows of a model that a translator may see."""
    key = model._meta.label_lower
    rows: QuerySet[Any] = model._default_manager.all()
    if key in SEEN:
        return SEEN[key](user)
    if hasattr(rows, "visible_to"):
        seen: QuerySet[Any] = rows.visible_to(user)
        return seen
    if any(field.name == "is_demo" for field in model._meta.fields):
        return shown(rows)
    owner = owner_of(model)
    if owner is not None:
        return rows.filter(**{f"{owner.name}__in": rows_seen(owner.related_model, user)})
    return rows if key in PUBLIC else rows.none()


def owner_of(model: type[Model]) -> Any:
    """The first required row that a row belongs to: its key column, or None. People own nothing."""
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and not field.null and field.related_model._meta.app_label in AREAS:
            return field
    return None


def place_of(model: type[Model]) -> tuple[str, str] | None:
    """The columns of the title of what a row belongs to, or else of its own."""
    path, owner = "", owner_of(model)
    while owner is not None:
        path += f"{owner.name}__"
        if title := title_of(owner.related_model):
            return f"{path}{title}_en", f"{path}{title}_cy"
        owner = owner_of(owner.related_model)
    title = title_of(model)
    return (f"{title}_en", f"{title}_cy") if title else None


def title_of(model: type[Model]) -> str:
    texts = getattr(model, "bilingual", {})
    return next((name for name in ("title", "name") if name in texts and not texts[name].blank), "")


def names_of(model: type[BilingualModel]) -> Iterator[Name]:
    for name, text in model.bilingual.items():
        if (model._meta.label_lower, name) not in NO_WORDS:
            yield Name(name, text.label, f"{name}_en", f"{name}_cy", f"{name}_mark", text.max_length)


def written_once(model: type[Model]) -> bool:
    """Rows of which the database lets neither the words nor the marks be changed."""
    return bool(getattr(model, "portal_append_only", False))


def kept_in_both() -> Iterator[type[BilingualModel]]:
    """Every model of the areas with texts in both languages."""
    for model in apps.get_models():
        if issubclass(model, BilingualModel) and model.bilingual and model._meta.app_label in AREAS:
            yield model


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its key. The texts of Welsh bids are one too: the Welsh as it was sent, and its English."""
    found = {
        model._meta.label_lower: Kind(model, tuple(names_of(model)), place_of(model))
        for model in kept_in_both()
        if not written_once(model)
    }
    of_bids = Name("text", pgettext_lazy("of a bid", "Translation"), "text", "source", "")
    found["fund.translatedtext"] = Kind(TranslatedText, (of_bids,), ("label_en", "label_cy"))
    return {key: found[key] for key in sorted(found)}


__all__ = ["AREAS", "LANGUAGES", "Kind", "Name", "kept_in_both", "kinds", "owner_of", "rows_seen", "written_once"]
