"""Setting up a round: making it, its stages, each part of its form, and publishing it when nothing is missing."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, ProtectedError
from django.forms import ModelForm
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from fund import standard
from fund.models import CostCategory, Criterion, Fund, Question, RequiredAttachment, Round, Stage, StageKind, Topic
from fund.models.criteria import LEVELS, SCORED_STAGES
from fund.models.rounds import WRITTEN_STAGES
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.bilingual import publication_gaps
from wlga_portal.kernel.workflow import Refused

from .gaps import Gap
from .rounds import next_form

Part = Topic | Question | Criterion | CostCategory | RequiredAttachment
OF_THE_FORM = (Question, CostCategory, RequiredAttachment)  # what belongs to one version of the form
A_YEAR = timedelta(weeks=52)  # the same day of the week


class NotReady(Refused):
    """The round has gaps."""

    def __init__(self, gaps: list[Gap]) -> None:
        super().__init__(_("Something is missing. See the list."))
        self.gaps = gaps


def round_make(form: ModelForm, *, by: Any) -> Round:
    """A round in preparation, with the standard form or as a copy. A demonstration person makes one of its kind."""
    with audited(by=by, why="round set up"):
        one_round: Round = form.save(commit=False)
        one_round.fund = Fund.objects.earliest("pk")
        one_round.is_demo = by.is_demo
        one_round.slug_en = free_slug(one_round.name.en, "slug_en")
        one_round.slug_cy = free_slug(one_round.name.cy, "slug_cy")
        one_round.save()
        copied = form.cleaned_data.get("copied")
        if copied:
            round_copy(copied, one_round)
        for part, give in (
            ("criteria", standard.give_criteria),
            ("cost_categories", standard.give_costs),
            ("required_attachments", standard.give_files),
            ("questions", standard.give_questions),
        ):
            if not getattr(one_round, part).exists():
                give(one_round)
    return one_round


def free_slug(name: str, column: str) -> str:
    """An address that no round has."""
    slug = first = slugify(name)[:110] or "round"
    number = 2
    while Round.objects.filter(**{column: slug}).exists():
        slug, number = f"{first}-{number}", number + 1
    return slug


def round_copy(old: Round, new: Round) -> None:
    """Texts, topics, the present form and criteria as they stand; each stage 52 weeks later by the clock in Wales."""
    for name in ("guidance_en", "guidance_cy", "run_as_en", "run_as_cy", "consent_required"):
        setattr(new, name, getattr(old, name))
    new.commitments_due_at = a_year_on(old.commitments_due_at) if old.commitments_due_at else None
    new.save()
    form = {"form_version": old.form_version}
    rows: list[Any] = [*old.topics.all(), *old.criteria.all(), *old.questions.filter(**form)]
    rows += [*old.cost_categories.filter(**form), *old.required_attachments.filter(**form)]
    for row in rows:
        row.pk, row.round = None, new
        if isinstance(row, OF_THE_FORM):
            row.form_version = 1
        row._state.adding = True
        row.save()
    for stage in old.stages.all():
        Stage.objects.create(
            round=new, kind=stage.kind, opens_at=a_year_on(stage.opens_at), closes_at=a_year_on(stage.closes_at)
        )


def a_year_on(moment: datetime) -> datetime:
    """52 weeks later at the same time by the clock in Wales, whether or not the clocks have changed."""
    local = timezone.localtime(moment).replace(tzinfo=None) + A_YEAR
    return timezone.make_aware(local)


def round_save(form: ModelForm, *, by: Any) -> Round:
    """The details of a round."""
    with audited(by=by, why="round changed"):
        one_round: Round = form.save()
    return one_round


def fixed_stages(one_round: Round, at: datetime) -> set[str]:
    """The stages that have begun in public: only an extension, with its reason, moves their closing."""
    if one_round.published_at is None:
        return set()
    return {stage.kind for stage in one_round.stages.all() if stage.opens_at <= at}


def stages_save(
    one_round: Round, moments: Mapping[str, tuple[datetime, datetime] | None], *, by: Any, at: datetime | None = None
) -> None:
    """Set the moments of these stages; None takes a stage away. Raises Refused for one that has begun in public."""
    with audited(by=by, why="stages of the round set"):
        row = Round.objects.select_for_update().get(pk=one_round.pk)
        if fixed_stages(row, at or timezone.now()) & moments.keys():
            raise Refused(_("This stage has begun: give more time instead."))
        for kind, pair in moments.items():
            if pair is None:
                row.stages.filter(kind=kind).delete()
            else:
                values = {"opens_at": pair[0], "closes_at": pair[1]}
                Stage.objects.update_or_create(round=row, kind=kind, defaults=values)


def scored_already(one_round: Round, stage: str, at: datetime) -> bool:
    """Whether scoring at this stage has begun in public: then its criteria stand."""
    found = one_round.stage(stage)
    return bool(one_round.published_at and found and found.opens_at <= at)


def demand_change(part: Part, stages: set[str], at: datetime) -> None:
    """Raises Refused for a criterion of a stage in which scoring has begun."""
    if isinstance(part, Criterion) and any(scored_already(part.round, stage, at) for stage in stages):
        raise Refused(_("Scoring has begun: its criteria stay as they are."))


def part_save(form: ModelForm, *, by: Any, at: datetime | None = None) -> Part:
    """Save a new or changed part. Where bids are written on the present form, its next version is made first: each of
    them keeps the form that it was started on. Raises Refused."""
    row: Any = form.instance
    with audited(by=by, why="form of the round changed"):
        one_round = Round.objects.select_for_update().get(pk=row.round_id)
        before = Criterion.objects.filter(pk=row.pk).first() if isinstance(row, Criterion) else None
        stages = {one.stage for one in (row, before) if isinstance(one, Criterion)}
        demand_change(row, stages, at or timezone.now())
        if isinstance(row, OF_THE_FORM):
            row = in_present_form(row, one_round, form.cleaned_data)
        if row.pk is None:
            name_part(row, one_round)
        row.save()
    saved: Part = row
    return saved


def in_present_form(row: Any, one_round: Round, values: Mapping[str, Any]) -> Any:
    """The row of the present form on which nobody has written yet. Raises Refused for a part of an older form."""
    if row.pk is not None and row.form_version != one_round.form_version:
        raise Refused(_("The form has changed meanwhile. Open it again."))
    if one_round.bids.filter(form_version=one_round.form_version).exists():
        next_form(one_round)
        if row.pk is not None:
            row = type(row).objects.get(round=one_round, form_version=one_round.form_version, key=row.key)
            for name, value in values.items():
                setattr(row, name, value)
    if row.pk is None:
        row.form_version = one_round.form_version
    return row


def name_part(row: Any, one_round: Round) -> None:
    """A new part gets its key from its English text, and stands last where no order was given."""
    siblings = type(row).objects.filter(round=one_round)
    if isinstance(row, Topic):
        row.slug_en = free_key(row.name.en, 80, set(siblings.values_list("slug_en", flat=True)))
        row.slug_cy = free_key(row.name.cy, 80, set(siblings.values_list("slug_cy", flat=True)))
    else:
        row.key = free_key(getattr(row, "label_en", "") or row.name_en, 40, set(siblings.values_list("key", flat=True)))
    if not row.order:
        row.order = (siblings.aggregate(last=Max("order"))["last"] or 0) + 1


def free_key(text: str, most: int, taken: set[str]) -> str:
    key = first = slugify(text)[: most - 4].strip("-") or "part"
    number = 2
    while key in taken:
        key, number = f"{first}-{number}", number + 1
    return key


def part_remove(row: Part, *, by: Any, at: datetime | None = None) -> None:
    """Take a part out of the form; bids that are written on it keep it. Raises Refused where bids stand on it."""
    with audited(by=by, why="part of the form taken out"):
        one_round = Round.objects.select_for_update().get(pk=row.round_id)
        demand_change(row, {row.stage} if isinstance(row, Criterion) else set(), at or timezone.now())
        if isinstance(row, OF_THE_FORM):
            row = in_present_form(row, one_round, {})
        try:
            row.delete()
        except ProtectedError as error:
            raise Refused(_("Bids stand on it, so it stays.")) from error


def round_publish(one_round: Round, *, by: Any, at: datetime | None = None) -> Round:
    """Show the round to everybody; what is open in it follows from the clock. Raises NotReady with its gaps."""
    with audited(by=by, why="round published"):
        row = Round.objects.select_for_update().get(pk=one_round.pk)
        gaps = list(setup_gaps(row))
        if gaps:
            raise NotReady(gaps)
        row.published_at = row.published_at or at or timezone.now()
        row.save()
    return row


def setup_gaps(one_round: Round) -> Iterator[Gap]:
    """Everything that is missing before the round can be published, each with the page that mends it."""
    details = reverse("fund:round_edit", kwargs={"slug": one_round.slug})
    stages = reverse("fund:stages_edit", kwargs={"slug": one_round.slug})
    yield from (Gap(str(gap), details) for gap in publication_gaps(one_round))
    if one_round.budget_pence is None:
        yield Gap(_("The round has no budget."), details)
    if not one_round.topics.all():
        yield Gap(_("The round has no topic."), reverse("fund:topic_add", kwargs={"slug": one_round.slug}))
    present = {"form_version": one_round.form_version}
    questions = list(one_round.questions.filter(**present))
    asked = {question.stage for question in questions}
    planned = {stage.kind for stage in one_round.stages.all()}
    for kind in WRITTEN_STAGES:
        if kind not in planned and (kind == StageKind.STATEMENTS or kind in asked):
            yield Gap(_("The stage “%(stage)s” has no dates.") % {"stage": kind.label}, stages)
        elif kind in planned and kind not in asked:
            add = reverse("fund:question_add", kwargs={"slug": one_round.slug})
            yield Gap(_("The stage “%(stage)s” has no question.") % {"stage": kind.label}, add)
    criteria = list(one_round.criteria.all())
    for kind in SCORED_STAGES:
        total = sum(one.weight for one in criteria if one.stage == kind)
        if kind in planned and total != 100:
            text = _("The weights of the criteria of “%(stage)s” add up to %(total)d; they must add up to 100.")
            add = reverse("fund:criterion_add", kwargs={"slug": one_round.slug})
            yield Gap(text % {"stage": kind.label, "total": total}, add)
    parts: list[Part] = [*one_round.topics.all(), *questions, *criteria]
    parts += [*one_round.cost_categories.filter(**present), *one_round.required_attachments.filter(**present)]
    for part in parts:
        yield from part_gaps(part, one_round)


def part_gaps(part: Part, one_round: Round) -> Iterator[Gap]:
    """What a part lacks in a language, and scores that are not described."""
    name = {Topic: "topic", Question: "question", Criterion: "criterion", CostCategory: "cost_category"}
    url = reverse(f"fund:{name.get(type(part), 'required_file')}_edit", kwargs={"slug": one_round.slug, "pk": part.pk})
    for gap in publication_gaps(part):
        yield Gap(f"{part}: {gap}", url)
    if isinstance(part, Criterion):
        for level in LEVELS:
            if not getattr(part, f"level_{level}"):
                text = _("%(criterion)s: what %(score)d means is not said.")
                yield Gap(text % {"criterion": part, "score": level}, url)
