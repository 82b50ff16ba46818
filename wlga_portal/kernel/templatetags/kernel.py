"""The portal's components and filters, in every template without a load (settings.TEMPLATES builtins).

Each component takes what it shows as its arguments; docs/components.md shows how to use each.
"""

from typing import Any

from django import forms, template
from django.http import HttpRequest, QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from .. import components, wording
from ..bilingual import LANGUAGES
from ..forms import draw_field, draw_pair, draw_summary, errors_of
from ..forms.drawing import draw_fields
from ..microdata import Item
from ..panels import Panel

register = template.Library()

register.filter("bi", components.bi)
register.filter("pounds", wording.pounds)
register.filter("number", wording.number)
register.filter("day", wording.day)
register.filter("moment", wording.moment)
register.filter("published", wording.published)
register.simple_tag(components.tag, name="tag")
register.simple_tag(components.confidence, name="confidence")
register.simple_tag(components.stat, name="stat")
register.simple_tag(components.button, name="button")
register.simple_tag(components.link_button, name="link_button")
register.simple_tag(components.translation_note, name="translation_note")
register.simple_tag(components.keeps_draft, name="keeps_draft")
register.simple_tag(wording.not_published, name="not_published")


# --- Forms ----------------------------------------------------------------------------------------
@register.simple_tag
def field(bound: forms.BoundField, label: Any = None, size: str = "", lang: str = "") -> SafeString:
    """`{% field form.name size="m" %}`: label, hint, error and input of one field."""
    return draw_field(bound, label=label, size=size, lang=lang)


@register.simple_tag
def bilingual_field(form: forms.BaseForm, name: str, label: Any = None) -> SafeString:
    """`{% bilingual_field form "title" %}`: the English and the Welsh side by side."""
    return draw_pair(form, name, label=label)


@register.simple_tag
def fields(form: forms.BaseForm, *names: str) -> SafeString:
    """`{% fields form "title" "aim" %}`: these fields in this order; a text's name draws its pair."""
    return draw_fields(form, names)


@register.simple_tag
def error_summary(*given: Any) -> SafeString:
    """`{% error_summary form formset %}`: nothing unless there are errors."""
    return draw_summary(errors_of(*(one for one in given if one not in (None, ""))))


@register.simple_tag(takes_context=True)
def error_prefix(context: Context) -> str:
    """ "Error: " before the page's title when a form that was sent has errors."""
    for layer in context.dicts:
        for name, given in layer.items():
            value = getattr(given, "form", None) if name == "filterset" else given
            if isinstance(value, (forms.BaseForm, forms.BaseFormSet)) and value.is_bound and has_errors(value):
                return _("Error") + ": "
    return ""


@register.simple_tag(takes_context=True)
def in_page_languages(context: Context, name: str, between: str = "\n<hr>\n") -> SafeString:
    """A text of an error page: in the language of its address; Welsh, then English, where the address tells none."""
    request = context.get("request")
    first = request.path.split("/")[1] if request is not None else ""
    known = (first,) if first in LANGUAGES else ("cy", "en")
    drawn = []
    for level, language in enumerate(known, start=1):
        with override(language):
            known_here = {key: context.get(key) for key in ("csrf", "reference")}
            part = draw_named(context, name, level=level, language=language, **known_here)
        marked = format_html('<div lang="{}">\n{}</div>', language, part) if between.startswith("\n") else part.strip()
        drawn.append(marked)
    return SafeString(between.join(drawn))


def has_errors(form: Any) -> bool:
    return bool(form.total_error_count()) if isinstance(form, forms.BaseFormSet) else bool(form.errors)


# --- The frame of a page --------------------------------------------------------------------------
@register.inclusion_tag("components/page_header.html")
def page_header(title: Any, caption: Any = "", lead: Any = "", lang: str = "", hero: bool = False) -> dict[str, Any]:
    """`{% page_header title caption=… lead=… %}`: the page's only h1. `hero`: on the deep colour, for a front page."""
    return {"title": title, "caption": caption, "lead": lead, "lang": lang, "hero": hero}


@register.simple_block_tag(takes_context=True)
def page_top(
    context: Context, content: str, title: Any, caption: Any = "", lead: Any = "", lang: str = ""
) -> SafeString:
    """`{% page_top title %}…buttons…{% endpage_top %}`: a page header with actions beside the title."""
    return draw(context, "page_header", title=title, caption=caption, lead=lead, lang=lang, actions=content)


@register.inclusion_tag("components/breadcrumbs.html", takes_context=True)
def breadcrumbs(context: Context, *pairs: Any) -> dict[str, Any]:
    """`{% breadcrumbs _("Projects") list_url plan plan_url %}`: label, address, …; the front page comes first."""
    frame = context.get("frame")
    crumbs = [(_("Home"), frame.front())] if frame else []
    return {"crumbs": crumbs + list(zip(pairs[::2], pairs[1::2], strict=True))}


def draw(context: Context, name: str, **inputs: Any) -> SafeString:
    """A component's template with these inputs and nothing else."""
    return draw_named(context, f"components/{name}.html", **inputs)


def draw_named(context: Context, name: str, **inputs: Any) -> SafeString:
    engine: Any = context.template.engine  # type: ignore[union-attr]  # a tag is always drawn by a template
    drawn: SafeString = engine.get_template(name).render(Context(inputs, use_l10n=context.use_l10n))
    return drawn


# --- Blocks of content ----------------------------------------------------------------------------
@register.simple_block_tag(takes_context=True)
def notification(
    context: Context, content: str, kind: str = "", title: Any = "", id: str = "notification"
) -> SafeString:
    """`{% notification "success" %}…{% endnotification %}`: kind is success or '' (important)."""
    return draw(context, "notification", content=content, kind=kind, title=title, id=id)


@register.simple_block_tag
def details(content: str, summary: Any, open: bool = False) -> SafeString:
    """`{% details _("What this means") %}…{% enddetails %}`"""
    return format_html(
        '<details class="govuk-details"{}>\n<summary class="govuk-details__summary">\n'
        '<span class="govuk-details__summary-text">{}</span>\n</summary>\n'
        '<div class="govuk-details__text">\n{}\n</div>\n</details>',
        SafeString(" open") if open else "",
        summary,
        content,
    )


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """`{% inset %}…{% endinset %}`"""
    return format_html('<div class="govuk-inset-text">\n{}\n</div>', content)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    """`{% warning %}…{% endwarning %}`"""
    return format_html(
        '<div class="govuk-warning-text">\n<span class="govuk-warning-text__icon" aria-hidden="true">!</span>\n'
        '<strong class="govuk-warning-text__text">\n'
        '<span class="govuk-visually-hidden">{}</span>\n{}\n</strong>\n</div>',
        _("Warning"),
        content,
    )


@register.simple_block_tag
def empty_state(content: str, title: Any) -> SafeString:
    """`{% empty_state _("No bids yet") %}…{% endempty_state %}`: what is not here yet, and what to do about it."""
    return format_html('<div class="portal-empty">\n<p class="govuk-heading-s">{}</p>\n{}\n</div>', title, content)


@register.simple_block_tag
def stats(content: str, data: str = "") -> SafeString:
    """`{% stats %}{% stat … %}{% stat … %}{% endstats %}`; `data` is the address of the same figures as a file."""
    shown = format_html('<ul class="portal-stats">\n{}\n</ul>', content)
    return format_html("{}\n{}", shown, as_data(data)) if data else shown


@register.simple_tag
def microdata(item: Item | None) -> SafeString:
    """`{% microdata item %}`: what the page is about, for programs."""
    return item.html() if item else SafeString("")


@register.simple_tag
def as_data(url: str) -> SafeString:
    """`{% as_data url %}`: the link beside figures to the same as a file."""
    link = '<p class="govuk-body-s"><a class="govuk-link portal-target" href="{}" data-figures>{}</a></p>'
    return format_html(link, url, _("These figures as data (CSV)"))


@register.simple_block_tag
def summary(content: str) -> SafeString:
    """`{% summary %}{% row … %}{% endsummary %}`"""
    if "govuk-summary-list__actions" not in content:  # the mark is for rows beside rows that have actions
        content = SafeString(content.replace(" govuk-summary-list__row--no-actions", ""))
    return format_html('<dl class="govuk-summary-list">\n{}\n</dl>', content)


register.simple_tag(components.row, name="row")


@register.simple_block_tag
def tasks(content: str) -> SafeString:
    """`{% tasks %}{% task … %}{% endtasks %}`"""
    return format_html('<ul class="govuk-task-list">\n{}\n</ul>', content)


register.simple_tag(components.task, name="task")


@register.simple_block_tag(takes_context=True)
def tabs(context: Context, content: str, title: Any = "") -> SafeString:
    """`{% tabs %}{% tab "past" _("Past") %}…{% endtab %}{% endtabs %}`: sections under each other without script."""
    store: Any = context.render_context.dicts[-1]
    known = store.pop("tabs", [])
    return draw(context, "tabs", tabs=known, content=content, title=title)


@register.simple_block_tag(takes_context=True)
def tab(context: Context, content: str, id: str, label: Any) -> SafeString:
    store: Any = context.render_context.dicts[-1]
    known = store.setdefault("tabs", [])
    known.append((id, label))
    hidden = " govuk-tabs__panel--hidden" if len(known) > 1 else ""
    return format_html('<div class="govuk-tabs__panel{}" id="{}">\n{}\n</div>', hidden, id, content)


@register.inclusion_tag("components/as_at.html")
def as_at_bar(moment: Any, url: str = "") -> dict[str, Any]:
    """`{% as_at_bar moment now_url %}`: this page shows the past."""
    return {"moment": moment, "url": url}


# --- Lists ----------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def table(context: Context, shown: Any) -> SafeString:
    """`{% table table %}`: a `PortalTable`; its sort links keep the page's query."""
    drawn: SafeString = shown.draw(query_of(context))
    return drawn


@register.inclusion_tag("components/filters.html", takes_context=True)
def filters(context: Context, filterset: Any) -> dict[str, Any]:
    """`{% filters filterset %}`: a form that works without script, and the filters in force as links that lift them."""
    now = query_of(context)
    filterset.form.marks_optional = False  # every filter may be left out
    return {"form": filterset.form, "chosen": list(components.chosen(filterset, now)), "kept": components.kept(now)}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, shown: Any, label: Any = "") -> dict[str, Any]:
    """`{% pagination page_obj %}`: nothing for a single page."""
    return {"page": shown, "pages": components.pages(shown, query_of(context)), "label": label}


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """`{% query page=2 sort=None %}`: this page's query with these changes, as `?…`."""
    return components.query_with(query_of(context), **changes)


def query_of(context: Context) -> QueryDict:
    request: HttpRequest | None = context.get("request")
    return request.GET if request is not None else QueryDict()


@register.simple_tag(takes_context=True)
def draw_panel(context: Context, panel: Panel) -> str:
    """A panel that a higher app shows on this page: its template sees its own context and the frame's, no more."""
    if panel.html is not None:
        return panel.html
    frame = {name: context.get(name) for name in ("request", "user", "csrf_token", "demo")}
    return render_to_string(panel.template, {**frame, **panel.context})
