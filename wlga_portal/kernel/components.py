"""The small components, each a function of what it shows; `templatetags.kernel` gives them to templates."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.forms import BooleanField
from django.forms.models import ModelChoiceField
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .bilingual import page_language
from .wording import not_published, number, published

COLOURS = {"", "grey", "green", "yellow", "orange", "red", "purple"}
LONG_FIGURE = 11  # a longer one (a date) is written smaller
# a shape for each, so that nothing is said by colour alone
SHAPES = {
    "green": '<circle class="portal-green" cx="8" cy="8" r="7" fill="#1f7a4d"/>',
    "amber": '<path class="portal-amber" d="M8 1 15.5 14.5H.5Z" fill="#b5650b"/>',
    "red": '<path class="portal-red" d="M1.5 1.5h13v13h-13Z" fill="#b3261e"/>',
}
HOLLOW = '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3 2"/>'


def bi(text: Any) -> Any:
    """A text in two languages; in a span with its `lang` where only the other language has it."""
    language = getattr(text, "lang", None)
    if language is None or language == page_language() or not text:
        return str(text) if language else text
    return format_html('<span lang="{}">{}</span>', language, str(text))


def translation_note(*texts: Any) -> SafeString | str:
    """One note on texts of which nobody has reviewed a translation, or a side in the page's language is behind."""
    language = page_language()
    if any(str(getattr(text, "mark", "")) == f"stale_{language}" for text in texts):
        return format_html('<p class="portal-note">{}</p>', _("This text is behind the other language"))
    unreviewed = [text for text in texts if str(getattr(text, "mark", "")) == "unreviewed" and not text.missing]
    if unreviewed and language == "cy":
        return format_html('<p class="portal-note">{}</p>', _("Translation not reviewed"))
    return ""


def tag(text: Any, colour: str = "", url: str = "") -> SafeString:
    """A status in one or two words. `colour`: grey, green, yellow, orange, red, purple or '' (teal)."""
    if colour not in COLOURS:
        raise ValueError(f"{colour} is not a colour of tags")
    classes = f"govuk-tag govuk-tag--{colour}" if colour else "govuk-tag"
    if url:
        return format_html('<a class="{}" href="{}">{}</a>', classes, url, text)
    return format_html('<strong class="{}">{}</strong>', classes, text)


def confidence(value: Any, stale: bool = False) -> SafeString:
    """Delivery confidence by word, shape and colour: green circle, amber triangle, red square.

    `stale`: nobody has stood by it for too long; it reads "unconfirmed", with a hollow shape and what was said last.
    """
    words = {
        "green": pgettext("delivery confidence", "Green"),
        "amber": pgettext("delivery confidence", "Amber"),
        "red": pgettext("delivery confidence", "Red"),
    }
    key = str(value or "")
    if key not in words:
        return not_published()
    svg = '<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>'
    shape = SafeString(svg.format(SHAPES[key]))
    if stale:
        said = pgettext("delivery confidence", "last said: %(word)s") % {"word": words[key]}
        return format_html(
            '<span class="portal-confidence portal-confidence--stale">{}{}</span>'
            ' <span class="portal-confidence--stale">({})</span>',
            SafeString(svg.format(HOLLOW)),
            pgettext("delivery confidence", "Unconfirmed"),
            said,
        )
    return format_html('<span class="portal-confidence">{}{}</span>', shape, words[key])


def stat(value: Any, label: Any, url: str = "", note: Any = "") -> SafeString:
    """A number that leads to its rows; None is "not published", which is not 0."""
    if value is None:
        shown = format_html('<span class="portal-stat__number--none">{}</span>', _("not published"))
    else:
        text = number(value) if isinstance(value, (int, float)) else value
        shown = format_html('<a href="{}">{}</a>', url, text) if url else conditional_escape(text)
        size = " portal-stat__number--text" if len(str(text)) > LONG_FIGURE else ""
        shown = format_html('<span class="portal-stat__number{}">{}</span>', size, shown)
    said = format_html('<span class="portal-stat__note">{}</span>', note) if note else ""
    markup = '<li class="portal-stat">{}<span class="portal-stat__label">{}</span>{}</li>'
    return format_html(markup, shown, label, said)


def button(text: Any, kind: str = "", name: str = "", value: str = "") -> SafeString:
    """A button that sends its form. `kind`: secondary, warning or ''."""
    classes = f"govuk-button govuk-button--{kind}" if kind else "govuk-button"
    given = {"type": "submit", "class": classes, "data-module": "govuk-button", "data-prevent-double-click": "true"}
    return format_html("<button{}>{}</button>", flatatt(given | ({"name": name, "value": value} if name else {})), text)


def link_button(text: Any, url: str, kind: str = "") -> SafeString:
    """A link that looks like a button: it leads to a page and changes nothing."""
    classes = f"govuk-button govuk-button--{kind}" if kind else "govuk-button"
    return format_html(
        '<a href="{}" role="button" draggable="false" class="{}" data-module="govuk-button">{}</a>', url, classes, text
    )


def row(key: Any, value: Any, url: str = "", action: Any = "", about: Any = "") -> SafeString:
    """A row of a summary list; `about` says for screen readers what the action is on (the key, when left out)."""
    shown = published(bi(value))
    actions: SafeString | str = ""
    if url:
        actions = format_html(
            '\n<dd class="govuk-summary-list__actions">\n<a class="govuk-link" href="{}">{}'
            '<span class="govuk-visually-hidden"> {}</span></a>\n</dd>',
            url,
            action or _("Change"),
            about or key,
        )
    return format_html(
        '<div class="govuk-summary-list__row{}">\n<dt class="govuk-summary-list__key">{}</dt>\n'
        '<dd class="govuk-summary-list__value">{}</dd>{}\n</div>',
        "" if url else " govuk-summary-list__row--no-actions",
        key,
        shown,
        actions,
    )


def task(text: Any, url: str = "", status: Any = "", colour: str = "", hint: Any = "", id: str = "") -> SafeString:
    """A row of a task list; `id` names it for its status and hint and is needed where it is a link."""
    hint_html = format_html('<div id="{}-hint" class="govuk-task-list__hint">{}</div>', id, hint) if hint else ""
    shown = tag(status, colour) if colour else conditional_escape(status)
    described = f"{id}-hint {id}-status" if hint else f"{id}-status"
    link = '<a class="govuk-link govuk-task-list__link" href="{}" aria-describedby="{}">{}</a>'
    name = format_html(link, url, described, text) if url else format_html("<div>{}</div>", text)
    return format_html(
        '<li class="govuk-task-list__item{}">\n<div class="govuk-task-list__name-and-hint">\n{}\n{}\n</div>\n'
        '<div class="govuk-task-list__status" id="{}-status">{}</div>\n</li>',
        " govuk-task-list__item--with-link" if url else "",
        name,
        hint_html,
        id,
        shown,
    )


def keeps_draft(url: str) -> SafeString:
    """The attributes of a form that keeps what is typed: where to, and what to say."""
    texts = {
        "data-draft": url,
        "data-saved-text": _("Saved at %%{time}") % {},
        "data-failed-text": _("Not saved yet: there is no connection. What you typed is still here."),
    }
    return flatatt(texts)


# --- Lists ----------------------------------------------------------------------------------------
def query_with(query: QueryDict, **changes: Any) -> str:
    """The query with these changes, as `?…`; None takes a name out. A change of anything else goes to page 1."""
    changed = query.copy()
    if "page" not in changes:
        changed.pop("page", None)
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    return f"?{changed.urlencode()}"


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of a list; `number` 0 stands for pages left out."""

    number: int
    url: str
    current: bool = False


def pages(shown: Page[Any], query: QueryDict) -> list[PageLink]:
    """The first, the last and the pages about this one."""
    last, here = shown.paginator.num_pages, shown.number
    wanted = sorted({1, last, *(page for page in (here - 1, here, here + 1) if 1 <= page <= last)})
    links: list[PageLink] = []
    for page in wanted:
        if links and page - links[-1].number > 1:
            links.append(PageLink(0, ""))
        links.append(PageLink(page, query_with(query, page=page), page == here))
    return links


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter in force and the address of the list without it."""

    label: str
    value: str
    url: str


def chosen(filterset: Any, query: QueryDict) -> Iterator[Chosen]:
    """The filters in force, by their labels and the labels of what was chosen."""
    form = filterset.form
    for bound in form:
        value = form.cleaned_data.get(bound.name) if form.is_bound and form.is_valid() else None
        ticked = type(bound.field) is BooleanField
        if value is None or value == "" or value == [] or (hasattr(value, "exists") and not value):
            continue
        if ticked and not value:
            continue
        without = query.copy()
        for name in list(without):
            if name == bound.html_name or (name.startswith(f"{bound.html_name}_") and name not in form.fields):
                del without[name]
        yield Chosen(str(bound.label), "" if ticked else choice_label(bound, value), query_with(without))


def choice_label(bound: Any, value: Any) -> str:
    """What a person chose, as the page calls it."""
    given = value if isinstance(value, (list, tuple, set)) or hasattr(value, "exists") else [value]
    if isinstance(bound.field, ModelChoiceField):
        return ", ".join(bound.field.label_from_instance(one) for one in given)
    labels = {str(key): str(text) for key, text in flat_choices(getattr(bound.field, "choices", ()) or ())}
    return ", ".join(labels.get(str(one), str(one)) for one in given)


def flat_choices(choices: Any) -> Iterator[tuple[Any, Any]]:
    for key, text in choices:
        if isinstance(text, (list, tuple)):
            yield from text
        else:
            yield key, text


def kept(query: QueryDict) -> list[tuple[str, str]]:
    """What the filter form carries along: the order of the list and its columns."""
    return [(name, str(value)) for name in ("sort", "columns") for value in query.getlist(name)]
