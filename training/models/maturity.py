"""Digital maturity: question sets with versions, and a council's assessment of itself by one of them.

A question set is data of the repository and never changes once it is loaded; what changes is a set with the next
number. A question keeps its code from number to number, so that assessments by different ones can be compared.
"""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.models import Organisation
from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.database import append_only
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel
from wlga_portal.kernel.workflow import WorkflowModel

from ..querysets.maturity import MaturityAssessmentQuerySet, MaturityQuestionQuerySet, MaturitySetQuerySet
from ..states import MATURITY, MaturityStatus


class Maturity(models.IntegerChoices):
    """The five levels; what each looks like is described for every question."""

    STARTING = 1, pgettext_lazy("level of maturity", "Starting")
    DEVELOPING = 2, pgettext_lazy("level of maturity", "Developing")
    ESTABLISHED = 3, pgettext_lazy("level of maturity", "Established")
    EMBEDDED = 4, pgettext_lazy("level of maturity", "Embedded")
    LEADING = 5, pgettext_lazy("level of maturity", "Leading")


class Sharing(models.TextChoices):
    """Who sees a council's agreed result. The council chooses, and may choose again."""

    OWN = "own", _("Our council alone")
    TEAM = "team", _("Our council and the WLGA digital team")
    COUNCILS = "councils", _("People of every council, and the WLGA digital team")
    PUBLIC = "public", _("Everybody")


@append_only
class MaturitySet(BilingualModel):
    """One number of a question set. `digest` is the SHA-256 of its data, so that an edit of a loaded one is noticed."""

    code = models.SlugField(max_length=60)
    number = models.PositiveSmallIntegerField()
    title = Bilingual(label=_("Title"), max_length=160)
    about = Bilingual(label=_("About"))
    changes = Bilingual(label=_("What changed"), blank=True)
    published_on = models.DateField()
    digest = models.CharField(max_length=64)

    objects = MaturitySetQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code", "number"], name="maturity_set_numbered_once"),
            models.CheckConstraint(
                name="maturity_set_in_both",
                condition=~Q(title_en="") & ~Q(title_cy="") & ~Q(about_en="") & ~Q(about_cy=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


@append_only
class MaturityTheme(BilingualModel):
    """A part of a question set. `projects`, `streams` and `topics` are slugs of what may help with its gaps."""

    question_set = models.ForeignKey(MaturitySet, on_delete=models.PROTECT, related_name="themes")
    code = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField()
    title = Bilingual(label=_("Title"), max_length=120)
    about = Bilingual(label=_("About"))
    projects = ArrayField(models.SlugField(max_length=120), default=list)
    streams = ArrayField(models.SlugField(max_length=120), default=list)
    topics = ArrayField(models.SlugField(max_length=120), default=list)

    class Meta:
        ordering = ("order",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["question_set", "code"], name="maturity_theme_once"),
            models.CheckConstraint(name="maturity_theme_in_both", condition=~Q(title_en="") & ~Q(title_cy="")),
        ]

    def __str__(self) -> str:
        return str(self.title)


@append_only
class MaturityQuestion(BilingualModel):
    """What a council asks itself. `skills` are codes of the skills framework that help to do better."""

    theme = models.ForeignKey(MaturityTheme, on_delete=models.PROTECT, related_name="questions")
    code = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField()
    text = Bilingual(label=_("Question"), max_length=250)
    skills = ArrayField(models.CharField(max_length=60), default=list)

    objects = MaturityQuestionQuerySet.as_manager()

    class Meta:
        ordering = ("theme__order", "order")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["theme", "code"], name="maturity_question_once"),
            models.CheckConstraint(name="maturity_question_in_both", condition=~Q(text_en="") & ~Q(text_cy="")),
        ]

    def __str__(self) -> str:
        return str(self.text)


@append_only
class MaturityEvidence(BilingualModel):
    """What a council at this level can show for a question."""

    question = models.ForeignKey(MaturityQuestion, on_delete=models.PROTECT, related_name="levels")
    level = models.PositiveSmallIntegerField(choices=Maturity.choices)
    text = Bilingual(label=_("Evidence"), max_length=300)

    class Meta:
        ordering = ("level",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["question", "level"], name="maturity_evidence_once"),
            models.CheckConstraint(name="maturity_evidence_level_known", condition=Q(level__in=Maturity.values)),
            models.CheckConstraint(name="maturity_evidence_in_both", condition=~Q(text_en="") & ~Q(text_cy="")),
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.text}"


@tracked()
class MaturityAssessment(WorkflowModel):
    """A council's assessment of itself. Its people answer together, and its digital lead agrees it.

    Once agreed it is frozen; the next one is a new row, and the old ones are its history. `language` is the one in
    which the council writes its evidence; `sharing` and `in_spread` are the council's choice.
    """

    workflow = MATURITY
    status = MATURITY.field()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="maturity_assessments")
    question_set = models.ForeignKey(MaturitySet, on_delete=models.PROTECT, related_name="assessments")
    language = models.CharField(_("Language"), max_length=2, choices=[("cy", "Cymraeg"), ("en", "English")])
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(_("Started"), auto_now_add=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(_("Agreed"), null=True)
    sharing = models.CharField(_("Who sees our result"), max_length=8, choices=Sharing.choices, default=Sharing.OWN)
    in_spread = models.BooleanField(
        _("Count our result, without our name, in the spread of all councils"), default=False
    )
    is_demo = models.BooleanField(default=False, editable=False)

    objects = MaturityAssessmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            MATURITY.constraint("maturity_assessment_status_known"),
            models.CheckConstraint(name="maturity_assessment_sharing_known", condition=Q(sharing__in=Sharing.values)),
            models.CheckConstraint(name="maturity_assessment_language_known", condition=Q(language__in=["cy", "en"])),
            models.CheckConstraint(
                name="maturity_assessment_agreed_by_somebody",
                condition=Q(status=MaturityStatus.AGREED, agreed_at__isnull=False, agreed_by__isnull=False)
                | (~Q(status=MaturityStatus.AGREED) & Q(agreed_at=None, agreed_by=None)),
            ),
            models.UniqueConstraint(
                fields=["organisation", "is_demo"],
                condition=Q(status=MaturityStatus.OPEN),
                name="maturity_assessment_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.question_set}"

    def get_absolute_url(self) -> str:
        return reverse("training:maturity_page", kwargs={"pk": self.pk})

    @property
    def is_open(self) -> bool:
        return bool(self.status == MaturityStatus.OPEN)


@tracked()
class MaturityAnswer(VersionedModel):
    """Where the council stands on one question, where it wants to be, and what shows it."""

    assessment = models.ForeignKey(MaturityAssessment, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(MaturityQuestion, on_delete=models.PROTECT, related_name="answers")
    level = models.PositiveSmallIntegerField(_("Where we are"), null=True, blank=True, choices=Maturity.choices)
    aim = models.PositiveSmallIntegerField(
        _("Where we want to be in a year"), null=True, blank=True, choices=Maturity.choices
    )
    evidence = models.TextField(_("What shows it"), blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["assessment", "question"], name="maturity_answer_once"),
            models.CheckConstraint(
                name="maturity_answer_level_known", condition=Q(level=None) | Q(level__in=Maturity.values)
            ),
            models.CheckConstraint(
                name="maturity_answer_aim_known", condition=Q(aim=None) | Q(aim__in=Maturity.values)
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="open_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                PERFORM 1 FROM training_maturityassessment AS assessment
                    JOIN training_maturityquestion AS question ON question.id = NEW.question_id
                    JOIN training_maturitytheme AS theme
                        ON theme.id = question.theme_id AND theme.question_set_id = assessment.question_set_id
                    WHERE assessment.id = NEW.assessment_id AND assessment.status = 'open' FOR SHARE OF assessment;
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'this assessment is not open, or asks no such question'
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;""",
            ),
            pgtrigger.Trigger(
                name="kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func="RAISE EXCEPTION 'an answer is emptied, never deleted' USING ERRCODE = 'check_violation';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.level}"
