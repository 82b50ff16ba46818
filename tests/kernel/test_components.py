"""Components draw the design system's markup, say what they are given, and speak the page's language."""

import datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override

from tests.kernel.markup import EXAMPLES, outline
from wlga_portal.kernel.bilingual import Mark, Text

DAY = datetime.date(2022, 9, 20)


def draw(source: str, *, path: str = "/en/x/", **given: object) -> str:
    given.setdefault("request", RequestFactory().get(path))
    return engines["django"].from_string(source).render(given)


@pytest.mark.parametrize(
    ("example", "source"),
    [
        ("button: prevent double click", "{% button 'Submit' %}"),
        ("button: link", "{% link_button 'Link button' '/' %}"),
        ("tag: default", "{% tag 'Alpha' %}"),
        ("tag: green", "{% tag 'Green' 'green' %}"),
        ("breadcrumbs: with one level", "{% breadcrumbs 'Section' '/section' %}"),
        (
            "warning-text: default",
            "{% warning %}You can be fined up to £5,000 if you don’t register.{% endwarning %}",
        ),
        (
            "notification-banner: with type as success",
            "{% notification 'success' id='govuk-notification-banner' %}"
            "<p class='govuk-notification-banner__heading'>Email sent to example@email.com</p>{% endnotification %}",
        ),
        (
            "notification-banner: default",
            "{% notification id='govuk-notification-banner' %}<p class='govuk-notification-banner__heading'>"
            "This publication was withdrawn on 7 March 2014.</p>{% endnotification %}",
        ),
        (
            "task-list: default",
            "{% tasks %}{% task 'Company Directors' '#' 'Completed' id='task-list-1' %}"
            "{% task 'Registered company details' '#' 'Incomplete' 'grey' id='task-list-2' %}"
            "{% task 'Business plan' '#' 'Incomplete' 'grey' id='task-list-3' %}{% endtasks %}",
        ),
    ],
)
def test_a_component_is_marked_up_as_the_design_system_has_it(example, source):
    expected = EXAMPLES[example].replace("govuk-tag--blue", "govuk-tag--grey")  # the portal has no blue
    assert outline(draw(source)) == outline(expected)


def test_a_long_text_in_details_and_inset_is_marked_up_as_the_design_system_has_it():
    for example, opening, closing in (
        ("details: default", "{% details 'Help with nationality' %}", "{% enddetails %}"),
        ("inset-text: default", "{% inset %}", "{% endinset %}"),
    ):
        text = outline(EXAMPLES[example])[-1].strip()
        assert outline(draw(opening + text + closing)) == outline(EXAMPLES[example])


def test_pagination_is_marked_up_as_the_design_system_has_it():
    paginator = Paginator(range(150), 50)
    drawn = draw("{% pagination page label='Pagination' %}", page=paginator.page(2))
    expected = EXAMPLES["pagination: default"]
    for number, (old, new) in enumerate((("/previous", "?page=1"), ("/next", "?page=3")), start=1):
        expected = expected.replace(old, new).replace(f"/page/{number}", f"?page={number}")
    assert outline(drawn) == outline(expected.replace("/page/3", "?page=3"))


def test_pagination_leaves_out_pages_in_the_middle_and_keeps_the_query():
    page = Paginator(range(500), 50).page(5)
    drawn = draw("{% pagination page %}", page=page, path="/en/x/?phase=alpha&page=5")
    for number in (1, 4, 5, 6, 10):
        assert f'href="?phase=alpha&amp;page={number}"' in drawn
    assert 'aria-label="Page 3"' not in drawn
    assert drawn.count("govuk-pagination__item--ellipsis") == 2
    assert draw("{% pagination page %}", page=Paginator(range(3), 50).page(1)).strip() == ""


def test_a_summary_row_without_a_value_reads_not_published_and_zero_does_not():
    rows = "{% row 'Amount' None '/change' %}{% row 'Lead' '' %}{% row 'Place' empty %}{% row 'Partners' 0 %}"
    drawn = draw("{% summary %}" + rows + "{% endsummary %}", empty=Text("", ""))
    assert drawn.count("not published") == 3
    assert '<dd class="govuk-summary-list__value">0</dd>' in drawn
    assert 'href="/change">Change<span class="govuk-visually-hidden"> Amount</span>' in drawn
    assert drawn.count("--no-actions") == 3


def test_a_summary_without_actions_is_marked_up_as_the_design_system_has_it():
    rows = "{% row 'Name' 'Firstname Lastname' %}{% row 'Date of birth' '13/08/1980' %}"
    drawn = outline(draw("{% summary %}" + rows + "{% endsummary %}"))
    assert len(drawn) == 11
    assert drawn == outline(EXAMPLES["summary-list: default"])[:11]


def test_tabs_are_sections_with_a_list_of_links_to_them():
    drawn = draw(
        "{% tabs %}{% tab 'now' 'Now' %}<p>open</p>{% endtab %}"
        "{% tab 'past' 'Past' %}<p>closed</p>{% endtab %}{% endtabs %}"
    )
    assert outline(drawn) == outline(
        '<div class="govuk-tabs" data-module="govuk-tabs"><h2 class="govuk-tabs__title">Contents</h2>'
        '<ul class="govuk-tabs__list"><li class="govuk-tabs__list-item govuk-tabs__list-item--selected">'
        '<a class="govuk-tabs__tab" href="#now">Now</a></li><li class="govuk-tabs__list-item">'
        '<a class="govuk-tabs__tab" href="#past">Past</a></li></ul>'
        '<div class="govuk-tabs__panel" id="now"><p>open</p></div>'
        '<div class="govuk-tabs__panel govuk-tabs__panel--hidden" id="past"><p>closed</p></div></div>'
    )
    assert draw("{% tabs %}{% endtabs %}").count("<li") == 0


@pytest.mark.parametrize(
    ("value", "word", "shape"), [("green", "Green", "<circle"), ("amber", "Amber", "M8 1"), ("red", "Red", "M1.5")]
)
def test_delivery_confidence_is_told_by_word_and_by_shape(value, word, shape):
    drawn = draw("{% confidence value %}", value=value)
    assert word in drawn
    assert shape in drawn
    with override("cy"):
        assert {"green": "Gwyrdd", "amber": "Oren", "red": "Coch"}[value] in draw("{% confidence value %}", value=value)


def test_a_confidence_that_nobody_stated_is_not_published_and_an_old_one_says_so():
    assert draw("{% confidence None %}") == '<span class="portal-none">not published</span>'
    stale = draw("{% confidence 'amber' stale=True %}")
    assert ("Unconfirmed</span>" in stale, "(last said: Amber)" in stale) == (True, True)


def test_a_figure_leads_to_its_rows_and_none_is_not_zero():
    assert '<a href="/rows">1,250</a>' in draw(
        "{% stats %}{% stat 1250 'people' '/rows' note='counted' %}{% endstats %}"
    )
    assert '<span class="portal-stat__number">0</span>' in draw("{% stat 0 'people' %}")
    none = draw("{% stat None 'people' %}")
    assert "not published" in none
    assert ">0<" not in none
    assert "£1,000,000" in draw("{% stat '£1,000,000' 'in the fund' %}")


def test_a_tag_may_lead_somewhere_but_has_no_colour_of_its_own_making():
    assert draw("{% tag 'Live' 'green' '/live' %}") == '<a class="govuk-tag govuk-tag--green" href="/live">Live</a>'
    with pytest.raises(ValueError, match="mauve"):
        draw("{% tag 'Live' 'mauve' %}")


def test_texts_are_escaped_wherever_they_are_shown():
    bad = "<script>x</script>"
    drawn = draw(
        "{% tag bad %}{% stat bad bad bad bad %}{% row bad bad bad bad %}{% task bad bad bad 'grey' bad id='a' %}"
        "{% link_button bad bad %}{% button bad 'warning' bad bad %}{% page_header bad bad bad %}{{ text|bi }}"
        "{% breadcrumbs bad bad %}{% empty_state bad %}{% endempty_state %}{% details bad %}{% enddetails %}",
        bad=bad,
        text=Text("", bad),
    )
    assert "<script" not in drawn


def test_a_text_that_only_the_other_language_has_says_its_language():
    text = Text("", "Llyfrgell <1>")
    assert draw("{{ text|bi }}", text=text) == '<span lang="cy">Llyfrgell &lt;1&gt;</span>'
    assert draw("{{ text|bi }}", text=Text("Library", "Llyfrgell")) == "Library"
    assert draw("{{ text|bi }}", text=Text("", "")) == ""
    assert draw("{{ text|bi }}", text="plain") == "plain"


@pytest.mark.parametrize(
    ("language", "mark", "said"),
    [
        ("cy", Mark.UNREVIEWED, "Cyfieithiad heb ei adolygu"),
        ("cy", Mark.STALE_CY, "Mae’r testun hwn ar ôl yr iaith arall"),
        ("cy", Mark.REVIEWED, ""),
        ("en", Mark.UNREVIEWED, ""),
        ("en", Mark.STALE_EN, "This text is behind the other language"),
    ],
)
def test_a_translation_that_nobody_reviewed_says_so_on_the_page_that_shows_it(language, mark, said):
    with override(language):
        drawn = draw("{% translation_note text %}", text=Text("Library", "Llyfrgell", mark))
    assert drawn == (f'<p class="portal-note">{said}</p>' if said else "")


def test_two_texts_of_one_thing_have_one_note():
    both = {"one": Text("A", "B", Mark.UNREVIEWED), "two": Text("C", "D", Mark.UNREVIEWED), "none": Text("", "")}
    with override("cy"):
        assert draw("{% translation_note one two none %}", **both).count("portal-note") == 1
        assert draw("{% translation_note none %}", **both) == ""


def test_numbers_money_and_days_are_written_in_the_language_of_the_page():
    moment = datetime.datetime(2022, 9, 20, 13, 30, tzinfo=datetime.UTC)
    source = "{{ pence|pounds }} {{ odd|pounds }} {{ n|number }} {{ half|number }} {{ day|day }} {{ moment|moment }}"
    given = {"pence": 100_000_000, "odd": 1250, "n": 1250, "half": 2.5, "day": DAY, "moment": moment}
    assert draw(source, **given) == "£1,000,000 £12.50 1,250 2.5 20 September 2022 20 September 2022, 14:30"
    with override("cy"):
        assert draw(source, **given) == "£1,000,000 £12.50 1,250 2.5 20 Medi 2022 20 Medi 2022, 14:30"


def test_what_is_missing_reads_not_published_in_both_languages():
    source = "{{ v|pounds }}{{ v|number }}{{ v|day }}{{ v|moment }}{{ v|published }}{% not_published %}"
    assert draw(source, v=None).count("not published") == 6
    assert draw("{{ v|published }}{{ w|pounds }}", v=0, w=0) == "0£0"
    with override("cy"):
        assert draw(source, v=None).count("heb ei gyhoeddi") == 6


def test_a_page_header_holds_the_only_h1_and_its_actions():
    drawn = draw(
        "{% page_top title caption='Project' lead='Why' %}<a href='/x'>Go</a>{% endpage_top %}", title="Planning"
    )
    assert outline(drawn) == outline(
        '<div class="portal-page-header"><div class="portal-page-header__row"><div>'
        '<span class="govuk-caption-l">Project</span><h1 class="govuk-heading-xl">Planning</h1>'
        '<p class="govuk-body-l">Why</p></div><div class="govuk-button-group"><a href="/x">Go</a></div></div></div>'
    )
    assert '<h1 class="govuk-heading-xl" lang="cy">' in draw("{% page_header 'Porth' lang='cy' %}")


def test_a_page_of_the_past_says_when_and_leads_to_now():
    drawn = draw("{% as_at_bar moment '/now' %}", moment=datetime.datetime(2022, 9, 20, 8, tzinfo=datetime.UTC))
    assert "This page as it was on 20 September 2022, 09:00" in drawn
    assert 'href="/now"' in drawn


def test_a_form_that_keeps_drafts_tells_the_script_what_to_say_in_the_language_of_the_page():
    assert 'data-saved-text="Saved at %{time}"' in draw("<form {% keeps_draft '/draft' %}>")
    with override("cy"):
        drawn = draw("<form {% keeps_draft '/draft' %}>")
    assert 'data-draft="/draft"' in drawn
    assert 'data-saved-text="Cadwyd am %{time}"' in drawn


def test_the_filters_in_force_are_links_that_lift_them():
    class Filter(forms.Form):
        q = forms.CharField(label="Search", required=False)
        phase = forms.MultipleChoiceField(
            label="Phase",
            required=False,
            choices=[("Research", [("alpha", "Alpha"), ("beta", "Beta")]), ("live", "Live")],
        )

    filterset = SimpleNamespace(form=Filter({"q": "", "phase": ["alpha", "live"]}))
    drawn = draw(
        "{% filters filterset %}", filterset=filterset, path="/en/x/?phase=alpha&phase=live&sort=-title&page=3"
    )
    assert 'href="?sort=-title"' in drawn
    assert "Phase: Alpha, Live" in " ".join(drawn.split())
    assert '<input type="hidden" name="sort" value="-title">' in drawn
