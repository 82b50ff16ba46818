"""Fields are marked up as the design system has it."""

import pytest
from django import forms
from django.utils.translation import override

from tests.kernel.markup import drawn_as, one, outline
from wlga_portal.kernel.forms import (
    DayField,
    MoneyField,
    TextArea,
    WordsField,
)

CARD = "It’s on your National Insurance card, benefit letter, payslip or P60. For example, ‘QQ 12 34 56 C’."
MANY = [("british", "British"), ("irish", "Irish"), ("other", "Citizen of another country")]
YES = [("yes", "Yes"), ("no", "No")]
SELF = "You'll have a user ID if you've registered for Self Assessment or filed a tax return online before."
VERIFY = (
    "You'll have an account if you've already proved your identity with either Barclays, CitizenSafe, Digidentity, "
    "Experian, Post Office, Royal Mail or SecureIdentity."
)
OPTIONS = [(1, "GOV.UK frontend option 1"), (2, "GOV.UK frontend option 2"), (3, "GOV.UK frontend option 3")]


@pytest.mark.parametrize(
    ("example", "name", "field", "error"),
    [
        ("input: default", "test-name", forms.CharField(label="National Insurance number"), ""),
        (
            "input: with error and hint",
            "with-error-hint",
            forms.CharField(label="National insurance number", help_text=CARD),
            "Enter a National Insurance number in the correct format",
        ),
        ("textarea: default", "more-detail",
         forms.CharField(label="Can you provide more detail?", widget=TextArea), ""),
        (
            "textarea: with hint and error message",
            "with-hint-error",
            forms.CharField(label="With hint and error", help_text="Hint", widget=forms.Textarea),
            "Error message",
        ),
        (
            "select: with hint text and error message",
            "select-2",
            forms.ChoiceField(label="Label text goes here", help_text="Hint text goes here", choices=OPTIONS),
            "Error message goes here",
        ),
        ("radios: default", "example-default",
         forms.ChoiceField(label="Have you changed your name?", choices=YES, widget=forms.RadioSelect), ""),
        (
            "radios: with hint and error message",
            "example-error-message-hint",
            forms.ChoiceField(
                label="Have you changed your name?",
                help_text="This includes changing your last name or spelling your name differently.",
                choices=YES,
                widget=forms.RadioSelect,
            ),
            "Please select an option",
        ),
        ("checkboxes: default", "nationality",
         forms.MultipleChoiceField(
             label="What is your nationality?", choices=MANY, widget=forms.CheckboxSelectMultiple
         ), ""),
        ("file-upload: default", "file-upload-1", forms.FileField(label="Upload a file"), ""),
        (
            "file-upload: with error message and hint",
            "file-upload-3",
            forms.FileField(
                label="Upload a file",
                help_text="Your photo may be in your Pictures, Photos, Downloads or Desktop folder. "
                "Or in an app like iPhoto.",
            ),
            "Error message goes here",
        ),
        (
            "character-count: with hint and error",
            "with-error",
            forms.CharField(
                label="Can you provide more detail?",
                help_text="Don't include personal or financial information, eg your National Insurance number or "
                "credit card details.",
                widget=TextArea,
                max_length=10,
            ),
            "Please provide more detail",
        ),
    ],
)  # fmt: skip
def test_a_field_is_marked_up_as_the_design_system_has_it(example, name, field, error, monkeypatch):
    monkeypatch.setattr("wlga_portal.kernel.forms.counting.COUNTED_FROM", 10)
    drawn_as(example, one(field, name, error=error, data={} if error else None))


def test_a_count_of_words_is_marked_up_as_the_design_system_has_it():
    html = one(WordsField(words=50, label="Enter a job description"), "with-count-type-words")
    drawn_as("character-count: with count type 'words'", html.replace('name="with-count-type-words"', 'name="example"'))


def test_a_field_with_a_pound_sign_is_marked_up_as_the_design_system_has_it():
    html = one(MoneyField(label="Amount, in pounds"), "input-with-prefix")
    html = html.replace('name="input-with-prefix"', 'name="amount"').replace(' govuk-input--width-10"', '"')
    drawn_as("input: with prefix", html.replace(' inputmode="decimal"', ""))


@pytest.mark.parametrize(
    ("example", "name", "error"),
    [("date-input: default", "dob", ""), ("date-input: with error on day input", "dob-day-error", "day")],
)
def test_a_date_is_marked_up_as_the_design_system_has_it(example, name, error):
    field = DayField(label="What is your date of birth?", help_text="For example, 31 3 1980")
    field.error_messages["day"] = "Error message goes here"
    html = one(field, name, data={f"{name}_year": ""} if not error else {f"{name}_month": "1"})
    html = html.replace(' value="1"', "")
    if not error:
        html = one(field, name)
    for part in ("day", "month", "year"):
        html = html.replace(f'name="{name}_{part}"', f'name="{part}"').replace(f"{name}_{part}", f"{name}-{part}")
    drawn_as(example, html)


def test_a_date_speaks_the_language_of_the_page():
    with override("cy"):
        html = one(DayField(label="Pryd?"), "pryd")
    assert [line.strip() for line in outline(html) if line.strip() in {"Diwrnod", "Mis", "Blwyddyn"}] == [
        "Diwrnod", "Mis", "Blwyddyn",
    ]  # fmt: skip


def test_a_choice_may_carry_a_hint():
    class Label(str):
        hint = "A hint"

    html = one(forms.ChoiceField(choices=[("a", Label("A"))], widget=forms.RadioSelect))
    assert '<div id="x-item-hint" class="govuk-hint govuk-radios__hint">A hint</div>' in html
    assert 'aria-describedby="x-item-hint"' in html
