"""Forms: errors that lead to the field, both languages."""

import datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.http import QueryDict
from django.test import RequestFactory
from django.utils.translation import override

from organisations.models import Organisation
from tests.kernel.markup import drawn_as
from wlga_portal.kernel.forms import (
    DayField,
    MomentField,
    MoneyField,
    NumberField,
    PortalForm,
    PortalModelForm,
    draw_field,
    draw_summary,
    errors_of,
    pair_names,
    portal_formfield,
    switch_target,
)
from wlga_portal.kernel.forms.dates import Parts


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


def test_the_error_summary_follows_the_page_which_shows_its_own_language_first():
    class Titles(PortalForm):
        title_en = forms.CharField(label="Title (English)")
        title_cy = forms.CharField(label="Title (Welsh)")
        place = forms.CharField(label="Place")

    assert [item.href for item in errors_of(Titles({}))] == ["#id_title_en", "#id_title_cy", "#id_place"]
    with override("cy"):
        assert [item.href for item in errors_of(Titles({}))] == ["#id_title_cy", "#id_title_en", "#id_place"]


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
        (
            forms.ChoiceField(label="Kind", choices=[("a", "A")]),
            "Choose an answer to “Kind”.",
            "Dewiswch ateb i “Kind”.",
        ),
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
