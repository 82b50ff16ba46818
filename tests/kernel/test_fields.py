"""Fields read what people type, in either language, and say what is wrong with it."""

import datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from tests.kernel.markup import one
from wlga_portal.kernel.forms import (
    CodeField,
    DayField,
    MomentField,
    MoneyField,
    NumberField,
    TextArea,
    WordLimit,
    WordsField,
    words_in,
)
from wlga_portal.kernel.forms.dates import Parts


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
    sent = {"text": "one\r\ntwo"}
    assert TextArea().value_from_datadict(sent, {}, "text") == "one\ntwo"
    assert TextArea().value_from_datadict({}, {}, "text") is None


def test_a_code_may_be_pasted_with_spaces_and_the_browser_may_fill_it_in():
    assert CodeField().clean(" 12 34\t56 ") == "123456"
    assert CodeField(required=False).clean(None) == ""
    assert 'autocomplete="one-time-code"' in one(CodeField(max_length=6))
    assert "maxlength" not in one(CodeField(max_length=6))
