"""The markup of single inputs, by the name of Django's template for each."""

from collections.abc import Callable
from typing import Any

from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

Context = dict[str, Any]
# never sent: the portal answers with its own sentence, in the page's language, instead of the browser's
# (maxlength: a browser would cut a pasted text off in silence)
LEFT_OUT = {"required", "aria-invalid", "maxlength", "minlength", "class", "lang", "id", "cols"}
LEFT_OUT |= {"error", "label", "faults", "prefix", "counted"}  # notes from `drawing` to here


def attributes(widget: Context, base: str, **more: Any) -> SafeString:
    """id, name and class in the order of the design system's examples, then the rest."""
    given = widget["attrs"]
    classes = " ".join(
        part for part in (base, given.get("class", ""), f"{base}--error" if given.get("error") else "") if part
    )
    named = {"class": classes, "id": given.get("id") or widget["name"], "name": widget["name"]}
    if given.get("lang"):
        named["lang"] = given["lang"]
    rest = {
        name: value
        for name, value in given.items()
        if name not in LEFT_OUT and value is not None and value is not False
    }
    return flatatt(named | more | rest)


def draw_input(context: Context) -> SafeString:
    widget = context["widget"]
    kind = widget["type"]
    more: dict[str, Any] = {"type": "text" if kind in {"number", "date", "time", "datetime"} else kind}
    if kind == "number":
        more["inputmode"] = "numeric" if str(widget["attrs"].get("step", "1")) == "1" else "decimal"
        widget["attrs"].setdefault("class", "govuk-input--width-5")
        for limit in ("min", "max", "step"):
            widget["attrs"].pop(limit, None)
    if kind == "email":
        widget["attrs"].setdefault("spellcheck", "false")
    if widget["value"] is not None and widget["value"] != "":
        more["value"] = widget["value"]
    drawn = format_html("<input{}>", attributes(widget, "govuk-input", **more))
    prefix = widget["attrs"].get("prefix")
    if prefix:
        drawn = format_html(
            '<div class="govuk-input__wrapper">\n'
            '<div class="govuk-input__prefix" aria-hidden="true">{}</div>\n{}\n</div>',
            prefix,
            drawn,
        )
    return drawn


def draw_hidden(context: Context) -> SafeString:
    widget = context["widget"]
    rest = {name: value for name, value in widget["attrs"].items() if name not in LEFT_OUT - {"id", "class"}}
    value = {} if widget["value"] is None else {"value": widget["value"]}
    return format_html("<input{}>", flatatt({"type": "hidden", "name": widget["name"], **rest, **value}))


def draw_textarea(context: Context) -> SafeString:
    widget = context["widget"]
    if widget["attrs"].get("rows") == "10":  # Django's own number
        widget["attrs"]["rows"] = "5"
    if widget["attrs"].get("counted"):
        widget["attrs"]["class"] = f"{widget['attrs'].get('class', '')} govuk-js-character-count".strip()
    return format_html("<textarea{}>{}</textarea>", attributes(widget, "govuk-textarea"), newline_kept(widget["value"]))


def newline_kept(value: Any) -> Any:
    """HTML drops the first line end of a textarea, so one more is written before it."""
    return f"\n{value}" if isinstance(value, str) and value.startswith("\n") else value or ""


def draw_select(context: Context) -> SafeString:
    widget = context["widget"]
    groups = []
    for label, options, _index in widget["optgroups"]:
        drawn = SafeString("\n".join(draw_option(option) for option in options))
        groups.append(format_html('<optgroup label="{}">\n{}\n</optgroup>', label, drawn) if label else drawn)
    return format_html("<select{}>\n{}\n</select>", attributes(widget, "govuk-select"), SafeString("\n".join(groups)))


def draw_option(option: Context) -> SafeString:
    label = option["label"]
    if option["value"] == "" and str(label).startswith("---"):
        label = pgettext("nothing chosen in a list", "Choose")
    rest = flatatt(option["attrs"]) if option["attrs"] else ""  # `selected` is among them
    return format_html('<option value="{}"{}>{}</option>', option["value"], rest, label)


def draw_choices(kind: str) -> Callable[[Context], SafeString]:
    """Radios or checkboxes of one field; the first has the field's id, so that the error summary finds it."""
    block = "govuk-radios" if kind == "radio" else "govuk-checkboxes"

    def draw(context: Context) -> SafeString:
        widget = context["widget"]
        name = widget["attrs"].get("id") or widget["name"]
        items: list[SafeString] = []
        for _label, options, _index in widget["optgroups"]:
            for option in options:
                option_id = f"{name}-{len(items) + 1}" if items else name
                items.append(draw_choice(block, kind, option, option_id))
        extra = f" {widget['attrs']['class']}" if widget["attrs"].get("class") else ""
        drawn = SafeString("\n".join(items))
        return format_html('<div class="{}{}" data-module="{}">\n{}\n</div>', block, extra, block, drawn)

    return draw


def draw_choice(block: str, kind: str, option: Context, option_id: str) -> SafeString:
    hint = getattr(option["label"], "hint", "")
    state = {
        "class": f"{block}__input",
        "id": option_id,
        "name": option["name"],
        "type": kind,
        "value": str(option["value"]),
        "checked": bool(option["selected"]),
        "disabled": bool(option["attrs"].get("disabled")),
    }
    if hint:
        state["aria-describedby"] = f"{option_id}-item-hint"
        hint = format_html('\n<div id="{}-item-hint" class="govuk-hint {}__hint">{}</div>', option_id, block, hint)
    return format_html(
        '<div class="{}__item">\n<input{}>\n<label class="govuk-label {}__label" for="{}">{}</label>{}\n</div>',
        block,
        flatatt(state),
        block,
        option_id,
        option["label"],
        hint,
    )


def draw_checkbox(context: Context) -> SafeString:
    """One checkbox, its label beside it."""
    widget = context["widget"]
    attrs = widget["attrs"]
    name = attrs.get("id") or widget["name"]
    state = {
        "class": "govuk-checkboxes__input",
        "id": name,
        "name": widget["name"],
        "type": "checkbox",
        "value": widget["value"] or "on",
        "aria-describedby": attrs.get("aria-describedby"),
        "checked": bool(attrs.get("checked")),
        "disabled": bool(attrs.get("disabled")),
    }
    return format_html(
        '<div class="govuk-checkboxes__item">\n<input{}>\n'
        '<label class="govuk-label govuk-checkboxes__label" for="{}">{}</label>\n</div>',
        flatatt({key: value for key, value in state.items() if value is not None}),
        name,
        attrs.get("label", ""),
    )


def draw_file(context: Context) -> SafeString:
    """A file; one that is kept already is named, with a box that removes it where the field may be empty."""
    widget = context["widget"]
    drawn = format_html("<input{}>", attributes(widget, "govuk-file-upload", type="file"))
    if not widget.get("is_initial"):
        return drawn
    kept = format_html('<p class="govuk-body-s">{}: {}</p>\n', _("Kept file"), widget["value"])
    if widget["required"]:
        return format_html("{}{}", kept, drawn)
    return format_html(
        '{}{}\n<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item">'
        '<input class="govuk-checkboxes__input" type="checkbox" name="{}" id="{}">'
        '<label class="govuk-label govuk-checkboxes__label" for="{}">{}</label></div></div>',
        kept,
        drawn,
        widget["checkbox_name"],
        widget["checkbox_id"],
        widget["checkbox_id"],
        _("Remove the kept file"),
    )


def draw_day(context: Context) -> SafeString:
    """Day, month, year (and time) in fields of their own; those at fault are marked."""
    widget = context["widget"]
    name, parts = widget["attrs"].get("id") or widget["name"], widget["parts"]
    faults = set(widget["attrs"].get("faults", ())) & set(widget["names"])
    labels = {"day": pgettext("of a date", "Day"), "month": _("Month"), "year": _("Year"), "time": _("Time")}
    items = []
    for part in widget["names"]:
        wrong = widget["attrs"].get("error") and (not faults or part in faults)
        classes = "govuk-input govuk-date-input__input govuk-input--width-" + {"year": "4", "time": "4"}.get(part, "2")
        state = {
            "class": classes + (" govuk-input--error" if wrong else ""),
            "id": f"{name}_{part}",
            "name": f"{widget['name']}_{part}",
            "type": "text",
        }
        if part != "time":
            state["inputmode"] = "numeric"
        if getattr(parts, part):
            state["value"] = getattr(parts, part)
        items.append(
            format_html(
                '<div class="govuk-date-input__item">\n<div class="govuk-form-group">\n'
                '<label class="govuk-label govuk-date-input__label" for="{}">{}</label>\n<input{}>\n</div>\n</div>',
                state["id"],
                labels[part],
                flatatt(state),
            )
        )
    return format_html('<div class="govuk-date-input" id="{}">\n{}\n</div>', name, SafeString("\n".join(items)))


DRAWN: dict[str, Callable[[Context], SafeString]] = {
    **{
        f"django/forms/widgets/{kind}.html": draw_input
        for kind in ("text", "email", "number", "url", "tel", "password", "search", "date", "time", "datetime", "input")
    },
    "django/forms/widgets/hidden.html": draw_hidden,
    "django/forms/widgets/textarea.html": draw_textarea,
    "django/forms/widgets/select.html": draw_select,
    "django/forms/widgets/radio.html": draw_choices("radio"),
    "django/forms/widgets/checkbox_select.html": draw_choices("checkbox"),
    "django/forms/widgets/checkbox.html": draw_checkbox,
    "django/forms/widgets/file.html": draw_file,
    "django/forms/widgets/clearable_file_input.html": draw_file,
    "components/day.html": draw_day,
}
