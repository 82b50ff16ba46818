"""The parts of a round's form, each with its model, its form and its words: one table for the same three screens."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .forms.rounds import CostCategoryForm, CriterionForm, QuestionForm, RequiredAttachmentForm, TopicForm
from .models import CostCategory, Criterion, Question, RequiredAttachment, Topic


@dataclass(frozen=True, slots=True)
class RoundPart:
    """`noun` names its addresses; `of_form`: it belongs to one version of the form."""

    noun: str
    model: type[Any]
    form: type[Any]
    add: Any
    edit: Any
    of_form: bool = True


TOPIC = RoundPart("topic", Topic, TopicForm, _("Add a topic"), _("Change the topic"), of_form=False)
QUESTION = RoundPart("question", Question, QuestionForm, _("Add a question"), _("Change the question"))
CRITERION = RoundPart(
    "criterion", Criterion, CriterionForm, _("Add a criterion"), _("Change the criterion"), of_form=False
)
COST = RoundPart(
    "cost_category", CostCategory, CostCategoryForm, _("Add a category of cost"), _("Change the category of cost")
)
FILE = RoundPart(
    "required_file",
    RequiredAttachment,
    RequiredAttachmentForm,
    _("Add a file to ask for"),
    _("Change the file asked for"),
)
