"""A project, where plans list it, its phases, and what it came from."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.urls import resolve, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel, SluggedModel
from wlga_portal.kernel.database import append_only
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel
from wlga_portal.kernel.workflow import WorkflowModel

from ..querysets import ProjectQuerySet
from ..states import WORKFLOW, Descent, ListedAs, Phase
from .plans import YEAR, DeliveryPlan, Source, Theme, both_or_neither

if TYPE_CHECKING:
    from .schedule import Milestone
    from .updates import Standing


@cache
def looks_at(model: type[models.Model]) -> tuple[list[str], str]:
    """The names of what points at a model, and the SQL that says of each whether a row points at `%(pk)s`."""
    quote, looks = connection.ops.quote_name, {}
    for one in model._meta.related_objects:
        name, table, column = one.get_accessor_name(), one.related_model._meta.db_table, str(one.field.column)
        if name and not one.many_to_many:
            look = f"EXISTS(SELECT 1 FROM {quote(table)} WHERE {quote(column)} = %(pk)s)"  # noqa: S608  names of ours
            looks[name] = look
    return list(looks), ", ".join(looks.values())


@tracked()
class Project(SluggedModel, VersionedModel, WorkflowModel, BilingualModel):
    """A piece of work that a delivery plan lists.

    `phase` is empty and `duration_months` None where no source gives them; `councils_stated` is a number of councils
    that a source gives without their names; `first_year` is the financial year in which it first appears. `starts_on`
    and `ends_on` are the latest that were approved, each None where none is.
    """

    url_name = "projects:project_page"
    workflow = WORKFLOW
    status = WORKFLOW.field()
    title = Bilingual(label=_("Title"), max_length=200, sort=True)
    aim = Bilingual(label=_("Aim"), blank=True)
    note = Bilingual(label=_("Note"), blank=True)
    next_step = Bilingual(label=_("What came next"), blank=True)
    phase = models.CharField(_("Phase"), max_length=10, choices=Phase.choices, blank=True, db_index=True)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_projects",
        verbose_name=_("Lead"),
    )
    theme = models.ForeignKey(
        Theme,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="projects",
        verbose_name=_("Strategy theme"),
    )
    duration_months = models.PositiveSmallIntegerField(_("Duration in months"), null=True, blank=True)
    starts_on = models.DateField(_("First day"), null=True, blank=True)
    ends_on = models.DateField(_("Last day"), null=True, blank=True)
    councils_stated = models.PositiveSmallIntegerField(null=True, blank=True)
    first_year = models.CharField(max_length=7, blank=True)
    plans = models.ManyToManyField(DeliveryPlan, through="PlanProject", related_name="projects")
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_historic = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False, db_index=True)
    standing: "Standing"
    years: list[str]  # these three by `rows.fill`, for a list
    councils: list[tuple[str, bool]]
    following: str

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            WORKFLOW.constraint("project_status_known"),
            models.CheckConstraint(
                name="project_unstated_only_if_historic", condition=~Q(status="unstated") | Q(is_historic=True)
            ),
            models.CheckConstraint(name="project_titled_in_both", condition=~Q(title_en="") & ~Q(title_cy="")),
            models.CheckConstraint(
                name="project_texts_in_both_or_neither", condition=both_or_neither("aim", "note", "next_step")
            ),
            models.CheckConstraint(name="project_phase_known", condition=Q(phase="") | Q(phase__in=Phase.values)),
            models.CheckConstraint(
                name="project_duration_positive", condition=Q(duration_months=None) | Q(duration_months__gt=0)
            ),
            models.CheckConstraint(
                name="project_councils_stated_positive", condition=Q(councils_stated=None) | Q(councils_stated__gt=0)
            ),
            models.CheckConstraint(
                name="project_first_year_is_one", condition=Q(first_year="") | Q(first_year__regex=YEAR)
            ),
            models.CheckConstraint(
                name="project_dates_in_order",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="project_historic_has_a_source", condition=Q(is_historic=False) | Q(source__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def now(self) -> "Standing | None":
        """What is said of it now, or None where nothing was ever said."""
        return getattr(self, "standing", None)

    def free_slug(self, language: str, title: str) -> str:
        """Another word where an address of the portal has it already ("backlog")."""
        slug = super().free_slug(language, title)
        with override(language):
            found = resolve(reverse("projects:project_page", kwargs={"slug": slug}))
        if found.url_name == "project_page":
            return slug
        return super().free_slug(language, f"{title} {'prosiect' if language == 'cy' else 'project'}")

    @cached_property
    def filled(self) -> frozenset[str]:
        """What points at it and is there at all, by its name here: "risks", "gates", "fund_bidprojects", …

        One small query, so that a page of many sections reads only those that have something. Read once for an object.
        """
        names, looks = looks_at(type(self))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {looks}", {"pk": self.pk})
            found = cursor.fetchone()
        return frozenset(name for name, there in zip(names, found, strict=True) if there)

    def rows_of(self, name: str, plan: Callable[[Any], Any] = lambda rows: rows.all()) -> list[Any]:
        """What points at it under this name, read as `plan` says; without a query where there is nothing."""
        return list(plan(getattr(self, name))) if name in self.filled else []

    def next_milestone(self) -> "Milestone | None":
        """The milestone that is expected first of those still worked towards; from the prefetch of its milestones."""
        dated = [(one.expected_on, one.pk, one) for one in self.milestones.all() if one.ahead and one.expected_on]
        return min(dated)[-1] if dated else None

    def in_plans(self) -> list["PlanProject"]:
        """Where plans list it, oldest plan first; from the prefetch of `with_plans()`."""
        return sorted(self.listings.all(), key=lambda listing: listing.plan.starts)


@tracked()
class PlanProject(models.Model):
    """A project in a delivery plan, in the printed order; `printed_ref` is the paper's own number, if it gave one."""

    plan = models.ForeignKey(DeliveryPlan, on_delete=models.PROTECT, related_name="listings")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="listings")
    position = models.PositiveSmallIntegerField()
    printed_ref = models.CharField(max_length=10, blank=True)
    listed_as = models.CharField(max_length=12, choices=ListedAs.choices, default=ListedAs.PROJECT)

    class Meta:
        ordering: ClassVar[list[str]] = ["plan", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "project"], name="planproject_once_in_a_plan"),
            models.UniqueConstraint(fields=["plan", "position"], name="planproject_one_at_a_position"),
            models.UniqueConstraint(
                fields=["plan", "printed_ref"], condition=~Q(printed_ref=""), name="planproject_printed_ref_unique"
            ),
            models.CheckConstraint(name="planproject_listed_as_known", condition=Q(listed_as__in=ListedAs.values)),
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.project}"


@append_only
@tracked()
class PhaseChange(models.Model):
    """A project is in a phase from a day on (None: no source gives the day). Never changed: a later row corrects it.

    `since` is when it was true, `at` when the portal knew it.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="phase_changes")
    phase = models.CharField(max_length=10, choices=Phase.choices)
    since = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[Any]] = [F("since").asc(nulls_first=True), "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="phasechange_phase_known", condition=Q(phase__in=Phase.values)),
            models.CheckConstraint(
                name="phasechange_since_a_day_or_from_a_source",
                condition=Q(since__isnull=False) | Q(source__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {Phase(self.phase).label}"


@tracked()
class Lineage(models.Model):
    """`later` comes from `earlier`: succeeds it, was merged from it (and others), or was split from it.

    `action` is the step by which that was done here; None where a source tells it.
    """

    later = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="earlier_links")
    earlier = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="later_links")
    kind = models.CharField(max_length=12, choices=Descent.choices)
    action = models.ForeignKey(
        "projects.LineageAction", null=True, blank=True, on_delete=models.PROTECT, related_name="links"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["later", "earlier"], name="lineage_told_once"),
            models.CheckConstraint(name="lineage_of_two_projects", condition=~Q(later=F("earlier"))),
            models.CheckConstraint(name="lineage_kind_known", condition=Q(kind__in=Descent.values)),
        ]

    def __str__(self) -> str:
        return f"{self.later} <- {self.earlier}"
