"""Forms: fields that read what people type, errors that lead to the field, both languages."""

import datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override

from organisations.models import Organisation
from tests.kernel.markup import EXAMPLES, outline
from wlga_portal.kernel.forms import (
    CodeField,
    DayField,
    MomentField,
    MoneyField,
    NumberField,
    PortalForm,
    PortalModelForm,
    TextArea,
    WordLimit,
    WordsField,
    draw_field,
    draw_summary,
    errors_of,
    pair_names,
    portal_formfield,
    switch_target,
    words_in,
)
from wlga_portal.kernel.forms.dates import Parts

CARD = "It’s on your National Insurance card, benefit letter, payslip or P60. For example, ‘QQ 12 34 56 C’."
MANY = [("british", "British"), ("irish", "Irish"), ("other", "Citizen of another country")]
YES = [("yes", "Yes"), ("no", "No")]
SELF = "You'll have a user ID if you've registered for Self Assessment or filed a tax return online before."
VERIFY = (
    "You'll have an account if you've already proved your identity with either Barclays, CitizenSafe, Digidentity, "
    "Experian, Post Office, Royal Mail or SecureIdentity."
)
OPTIONS = [(1, "GOV.UK frontend option 1"), (2, "GOV.UK frontend option 2"), (3, "GOV.UK frontend option 3")]


def one(
    field: forms.Field, name: str = "x", *, data: dict | None = None, error: str = "", initial: object = None
) -> str:
    """The markup of a form with this one field, whose id is its name."""
    form = type("One", (forms.Form,), {name: field})(data, auto_id="%s", initial={name: initial})
    if error:
        form.is_valid()
        form._errors = {name: form.error_class([error])}
    return draw_field(form[name])


def drawn_as(example: str, html: str) -> None:
    assert outline(html) == outline(EXAMPLES[example])


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


# --- What people type -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("1000", 100_000),
        ("£1,000", 100_000),
        (" 12.50 ", 1250),
        ("0.5", 50),
        ("1 000 000", 100_000_000),
        ("0", 0),
        ("", None),
    ],
)
def test_money_is_typed_in_pounds_and_kept_in_pence(typed, pence):
    assert MoneyField(required=False).clean(typed) == pence


@pytest.mark.parametrize("typed", ["12.345", "1,00", "ten", "£", "1e5", "--1", "٣", "1.2.3"])
def test_what_is_not_an_amount_is_refused(typed):
    with pytest.raises(ValidationError, match="Enter an amount in pounds"):
        MoneyField().clean(typed)


def test_money_has_limits_and_shows_them_in_pounds():
    field = MoneyField(min_value=100, max_value=100_000)
    for typed, message in (
        ("-5", "must be £1 or more"),
        ("0.99", "must be £1 or more"),
        ("1,000.01", "must be £1,000 or less"),
    ):
        with pytest.raises(ValidationError, match=message):
            field.clean(typed)
    assert field.clean("1,000") == 100_000
    with pytest.raises(ValidationError):
        MoneyField().clean("9" * 30)
    assert MoneyField(min_value=None, max_value=None).clean("-5") == -500


def test_money_shows_pounds_and_knows_whether_it_changed():
    field = MoneyField()
    assert field.prepare_value(100_050) == "1,000.50"
    assert field.prepare_value(-100) == "-£1"
    assert field.prepare_value("1x") == "1x"
    assert (field.has_changed(100_000, "1,000"), field.has_changed(100_000, "999"), field.has_changed(1, "x")) == (
        False, True, True,
    )  # fmt: skip


@pytest.mark.parametrize(("typed", "number"), [("1,250", 1250), ("1 250 000", 1_250_000), (" 7 ", 7), (7, 7)])
def test_a_number_is_read_with_its_commas(typed, number):
    assert NumberField().clean(typed) == number


def test_a_number_that_is_none_gets_a_sentence():
    for typed in ("1,25", "seven"):
        with pytest.raises(ValidationError, match="Enter a whole number"):
            NumberField().clean(typed)


@pytest.mark.parametrize("month", ["9", "09", "September", "sep", "Medi", "MED"])
def test_a_month_is_read_as_a_number_or_as_a_name_in_either_language(month):
    assert DayField().clean(Parts("20", month, "2022")) == datetime.date(2022, 9, 20)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (Parts("", "9", "2022"), "day"),
        (Parts("20", "", "2022"), "month"),
        (Parts("20", "9", "22"), "year"),
        (Parts("31", "2", "2022"), "invalid"),
        (Parts("1", "nonsense", "2022"), "invalid"),
        (Parts("1", "13", "2022"), "invalid"),
        (Parts("x", "1", "2022"), "invalid"),
    ],
)
def test_a_date_that_is_not_whole_says_which_part(parts, code):
    with pytest.raises(ValidationError) as caught:
        DayField().clean(parts)
    assert caught.value.code == code


def test_a_date_may_come_as_one_value_and_may_be_left_empty():
    assert DayField().clean("2022-09-20") == datetime.date(2022, 9, 20)
    assert DayField(required=False).clean(Parts("", "", "")) is None
    assert DayField(required=False).clean("") is None
    aware = datetime.datetime(2022, 9, 20, 23, 30, tzinfo=datetime.UTC)
    assert DayField().to_python(aware) == datetime.date(2022, 9, 21)
    assert DayField().to_python(datetime.datetime(2022, 9, 20, 9)) == datetime.date(2022, 9, 20)
    with pytest.raises(ValidationError, match="real date"):
        DayField().clean("20/09/2022")


def test_a_date_shows_what_was_typed_or_its_parts_and_knows_whether_it_changed():
    field, day = DayField(), datetime.date(2022, 9, 20)
    assert field.prepare_value(day) == field.prepare_value("2022-09-20") == Parts("20", "9", "2022")
    assert field.prepare_value("nonsense") == "nonsense"
    assert field.prepare_value(None) is None
    assert not field.has_changed(day, Parts("20", "Medi", "2022"))
    assert field.has_changed(day, Parts("21", "9", "2022"))
    assert field.has_changed(day, Parts("", "9", "2022"))
    assert 'value="nonsense"' in one(field, initial="nonsense")


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("09:30", 9, 30),
        ("9.30", 9, 30),
        ("0930", 9, 30),
        ("2:30pm", 14, 30),
        ("12am", 0, 0),
        ("12pm", 12, 0),
        ("7yh", 19, 0),
    ],
)
def test_a_time_is_read_as_people_write_it(typed, hour, minute):
    moment = MomentField().clean(Parts("20", "9", "2022", typed))
    assert timezone.localtime(moment) == timezone.make_aware(datetime.datetime(2022, 9, 20, hour, minute))


@pytest.mark.parametrize("typed", ["", "9", "25:00", "10:75", "13pm", "0am", "noon"])
def test_what_is_not_a_time_is_refused(typed):
    with pytest.raises(ValidationError) as caught:
        MomentField().clean(Parts("20", "9", "2022", typed))
    assert caught.value.code == "time"


@pytest.mark.parametrize(("day", "month"), [("30", "10"), ("27", "3")])
def test_an_hour_that_comes_twice_or_never_is_refused(day, month):
    with pytest.raises(ValidationError, match="clocks change"):
        MomentField().clean(Parts(day, month, "2022", "01:30"))


def test_a_moment_may_come_as_one_value_and_shows_the_clock_of_wales():
    field = MomentField(required=False)
    summer = datetime.datetime(2022, 9, 20, 8, 30, tzinfo=datetime.UTC)
    assert field.clean("2022-09-20T09:30") == summer
    assert field.clean("2022-09-20T08:30+00:00") == summer
    assert field.clean(Parts("", "", "", "")) is None
    assert field.clean(summer) == summer
    expected = Parts("20", "9", "2022", "09:30")
    assert field.prepare_value(summer) == field.prepare_value("2022-09-20 09:30") == expected
    assert field.prepare_value(datetime.datetime(2022, 9, 20, 9, 30)) == expected
    assert field.prepare_value("nonsense") == "nonsense"
    with pytest.raises(ValidationError, match="real date"):
        field.clean("nonsense")


def test_words_are_counted_as_the_page_counts_them():
    assert words_in("Mae’r cyngor\n\n yn  cytuno.") == 4
    limit = WordLimit(2)
    limit("one two")
    with pytest.raises(ValidationError, match=r"Use 2 words or fewer\. There are 3\."):
        limit("one two three")
    assert limit == WordLimit(2)
    assert len({limit, WordLimit(2), WordLimit(3)}) == 2
    with override("cy"), pytest.raises(ValidationError, match=r"Defnyddiwch 2 air neu lai\. Mae 3\."):
        limit("un dau tri")


def test_the_count_speaks_welsh_on_a_welsh_page():
    with override("cy"):
        words, letters = one(WordsField(words=200)), one(forms.CharField(max_length=500, widget=TextArea))
    assert 'data-i18n.words-under-limit.two="Mae gennych %{count} air ar ôl"' in words
    assert 'data-i18n.words-over-limit.many="Mae gennych %{count} gair yn ormod"' in words
    assert "Gallwch roi hyd at 200 gair" in words
    assert 'data-i18n.characters-at-limit="Nid oes gennych nodau ar ôl"' in letters
    assert 'data-i18n.characters-over-limit.few="Mae gennych %{count} nod yn ormod"' in letters
    assert "data-i18n" not in one(WordsField(words=200))


def test_a_line_end_counts_once():
    form = Sample({"title_en": "a", "text": "one\r\ntwo"})
    form.is_valid()
    assert form.cleaned_data["text"] == "one\ntwo"


def test_a_code_may_be_pasted_with_spaces_and_the_browser_may_fill_it_in():
    assert CodeField().clean(" 12 34\t56 ") == "123456"
    assert CodeField(required=False).clean(None) == ""
    assert 'autocomplete="one-time-code"' in one(CodeField(max_length=6))
    assert "maxlength" not in one(CodeField(max_length=6))


# --- Forms ----------------------------------------------------------------------------------------
class Sample(PortalForm):
    pair_labels = {"title": "Title"}
    title_en = forms.CharField(label="Title (English)", help_text="Short", max_length=20)
    title_cy = forms.CharField(label="Title (Welsh)", required=False)
    text = forms.CharField(label="Text", widget=forms.Textarea(attrs={"rows": 9, "class": "mine"}), required=False)
    starts = DayField(label="First day", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "---------"), ("a", "A")], required=False)
    agreed = forms.BooleanField(label="Agreed", required=False)
    hidden = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=3)


def test_a_language_pair_stands_side_by_side_with_the_language_of_the_page_first():
    html = str(Sample(auto_id="%s"))
    assert html.index('id="title_en"') < html.index('id="title_cy"')
    assert html.count(">Title</legend>") == 1
    assert '<label class="govuk-label" for="title_cy"><span lang="cy">Cymraeg</span></label>' in html
    assert 'id="title_en" lang="en"' in html
    assert html.count('id="title_en-pair-hint"') == 1
    with override("cy"):
        html = str(Sample(auto_id="%s"))
    assert html.index('id="title_cy"') < html.index('id="title_en"')


def test_some_fields_of_a_form_can_be_drawn_and_a_text_draws_its_pair():
    html = Sample(auto_id="%s").only("title", "agreed")
    assert [f'id="{name}"' in html for name in ("title_en", "title_cy", "agreed", "text")] == [True, True, True, False]


def test_what_may_be_left_empty_says_so():
    html = str(Sample())
    assert ">Text (optional)</label>" in html
    with override("cy"):
        assert ">Text (dewisol)</label>" in str(Sample())


def test_what_was_typed_is_still_there_beside_its_error():
    form = Sample(
        {"title_en": "x" * 21, "starts_day": "31", "starts_month": "2", "starts_year": "2026", "text": "\nkept <b>"}
    )
    html = str(form)
    assert f'value="{"x" * 21}"' in html
    assert 'id="id_starts_day" inputmode="numeric" name="starts_day" type="text" value="31"' in html
    assert ">\n\nkept &lt;b&gt;</textarea>" in html
    assert 'class="govuk-textarea mine"' in html
    assert 'type="hidden"' in html


def test_each_error_is_a_link_to_its_field_in_the_order_of_the_page():
    form = Sample({"starts_day": "1", "starts_month": "2", "starts_year": "26", "hidden": "x", "kind": "zzz"})
    form.add_error(None, "The whole is wrong <b>")
    items = [(item.text, item.href) for item in errors_of(form)]
    assert items[0] == ("The whole is wrong <b>", "")
    assert items[1:4] == [
        ("Enter “Title (English)”.", "#id_title_en"),
        ("First day: The year must have four digits.", "#id_starts_year"),
        ("Kind: Select a valid choice. zzz is not one of the available choices.", "#id_kind"),
    ]
    assert items[4] == ("Enter a whole number.", "")
    html = draw_summary(errors_of(form))
    assert '<li><a href="#id_title_en">Enter “Title (English)”.</a></li>' in html
    assert "<li>The whole is wrong &lt;b&gt;</li>" in html
    assert draw_summary(errors_of(Sample())) == ""


def test_the_error_summary_is_marked_up_as_the_design_system_has_it():
    items = [
        SimpleNamespace(text="The date your passport was issued must be in the past", href="#example-error-1"),
        SimpleNamespace(text="Enter a postcode, like AA1 1AA", href="#example-error-2"),
    ]
    drawn_as("error-summary: default", draw_summary(items))


def test_a_formset_lists_its_own_errors_and_those_of_its_forms():
    formset = forms.formset_factory(Sample, min_num=1, validate_min=True)
    sent = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-text": "x"}
    items = list(errors_of(formset(sent)))
    assert [(item.text, item.href) for item in items] == [("Enter “Title (English)”.", "#id_form-0-title_en")]
    assert 'name="form-TOTAL_FORMS"' in str(formset(auto_id="%s"))
    empty = formset({"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"})
    assert [item.text for item in errors_of(empty)] == ["Please submit at least 1 form."]
    with override("cy"):
        assert [item.text for item in errors_of(formset(empty.data))] == ["Anfonwch o leiaf 1 ffurflen."]


@pytest.mark.parametrize(
    ("field", "english", "welsh"),
    [
        (forms.CharField(label="Name"), "Enter “Name”.", "Rhowch “Name”."),
        (forms.FileField(label="File"), "Choose a file for “File”.", "Dewiswch ffeil ar gyfer “File”."),
        (forms.ChoiceField(label="Kind", choices=YES), "Choose an answer to “Kind”.", "Dewiswch ateb i “Kind”."),
        (forms.BooleanField(label="Agreed"), "Tick “Agreed”.", "Ticiwch “Agreed”."),
        (forms.CharField(label="Name", error_messages={"required": "Mine"}), "Mine", "Mine"),
    ],
)
def test_a_field_left_empty_gets_a_sentence_that_names_it(field, english, welsh):
    form = type("Required", (PortalForm,), {"x": field})({})
    assert form.errors["x"] == [english]
    with override("cy"):
        assert type("Required", (PortalForm,), {"x": field})({}).errors["x"] == [welsh]


@pytest.mark.parametrize(
    ("field", "typed", "welsh"),
    [
        (forms.EmailField(), "x", "Rhowch gyfeiriad e-bost cyfan"),
        (forms.URLField(assume_scheme="https"), "x y", "Rhowch gyfeiriad gwe cyfan"),
        (forms.IntegerField(max_value=3), "4", "Rhaid i’r gwerth hwn fod yn 3 neu lai."),
        (forms.CharField(max_length=2), "abc", "Defnyddiwch 2 nod neu lai (mae 3)."),
        (forms.DecimalField(decimal_places=2), "0.123", "Defnyddiwch hyd at 2 le degol."),
        (forms.CharField(), "", "Rhaid llenwi’r maes hwn."),
        (forms.CharField(), "a\x00b", "Ni chaniateir nodau nwl."),
    ],
)
def test_the_sentences_of_the_framework_are_in_welsh_on_a_welsh_page(field, typed, welsh):
    with override("cy"):
        with pytest.raises(ValidationError) as caught:
            field.clean(typed)
        assert caught.value.messages[0].startswith(welsh)


def test_inputs_of_every_kind_have_the_class_names_and_no_sentences_of_the_browser():
    class Every(forms.Form):
        number = forms.IntegerField(min_value=1)
        decimal = forms.DecimalField(decimal_places=2)
        email = forms.EmailField()
        day = forms.DateField(initial=datetime.date(2022, 9, 20))
        split = forms.SplitDateTimeField()
        kept = forms.FileField(initial=SimpleUploadedFile("a.pdf", b"x"), required=False)
        must = forms.FileField(initial=SimpleUploadedFile("b.pdf", b"x"))
        tick = forms.BooleanField(initial=True)
        off = forms.CharField(disabled=True)
        many = forms.MultipleChoiceField(choices=[("Group", [("a", "A")]), ("b", "B")])

    for name in ("kept", "must"):
        Every.base_fields[name].initial.url = "/files/x"
    html = str(Every())
    assert 'inputmode="numeric"' in html
    assert 'inputmode="decimal"' in html
    assert 'type="email"' in html
    assert 'name="split_0"' in html
    assert 'name="kept-clear"' in html
    assert 'name="must-clear"' not in html
    assert '<optgroup label="Group">' in html
    assert "checked" in html
    assert "disabled" in html
    for word in (" required", "aria-invalid", 'type="number"', " min=", "maxlength"):
        assert word not in html


def test_a_field_without_labels_or_ids_is_still_whole():
    form = Sample(auto_id=False)
    assert 'id="title_en"' in str(form)
    assert [item.href for item in errors_of(Sample({}, auto_id=False))] == ["#title_en"]
    assert draw_field(Sample()["title_en"], label="Other", size="m", lang="cy").count("govuk-label--m") == 1
    assert "govuk-fieldset__legend--l" in draw_field(Sample()["starts"], size="l")


# --- Forms of models ------------------------------------------------------------------------------
class OrganisationForm(PortalModelForm):
    class Meta:
        model = Organisation
        fields = ["name_en", "name_cy"]


def test_a_form_of_a_model_names_its_pairs_after_the_model():
    assert f">{Organisation.bilingual['name'].label}</legend>" in str(OrganisationForm())
    assert pair_names("name") == ("name_en", "name_cy")


def test_columns_get_the_fields_that_people_can_type_into():
    def made(column: models.Field, name: str, **options: object) -> type:
        column.set_attributes_from_name(name)
        return type(portal_formfield(column, **options))

    assert made(models.DateField(), "starts") is DayField
    assert made(models.DateTimeField(), "starts_at") is MomentField
    assert made(models.PositiveBigIntegerField(), "award_pence") is MoneyField
    assert made(models.IntegerField(), "people") is NumberField
    assert made(models.TextField(), "text") is forms.CharField
    assert made(models.URLField(), "site") is forms.URLField
    assert made(models.IntegerField(choices=[(1, "One")]), "level") is forms.TypedChoiceField
    assert made(models.IntegerField(), "people", form_class=forms.IntegerField) is forms.IntegerField


def test_a_form_may_bring_its_own_way_of_making_fields():
    class Own(PortalModelForm):
        class Meta:
            model = Organisation
            fields = ["name_en"]
            formfield_callback = staticmethod(lambda column, **options: column.formfield(label="Mine", **options))

    assert Own().fields["name_en"].label == "Mine"


def test_values_of_a_date_are_read_from_three_names_or_one():
    widget = DayField().widget
    sent = QueryDict("x_day=1&x_month=2&x_year=2026")
    assert widget.value_from_datadict(sent, {}, "x") == Parts("1", "2", "2026")
    assert widget.value_from_datadict(QueryDict("x=2026-02-01"), {}, "x") == "2026-02-01"
    assert widget.value_omitted_from_data(QueryDict(""), {}, "x")
    assert not widget.value_omitted_from_data(sent, {}, "x")
    assert widget.id_for_label("") == ""
    assert widget.id_for_label("id_x") == "id_x_day"


def test_the_language_switch_of_a_form_leads_to_the_same_page_once_the_draft_is_saved():
    factory = RequestFactory()
    assert switch_target(factory.post("/en/components/?a=1", {"_switch": "cy"})) == "/cy/cydrannau/?a=1"
    assert switch_target(factory.post("/en/components/", {"_switch": "fr"})) == ""
    assert switch_target(factory.get("/en/components/", {"_switch": "cy"})) == ""
