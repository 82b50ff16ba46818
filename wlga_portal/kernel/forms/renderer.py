"""Gives every form, field and widget of the portal (and of its libraries) the design system's markup."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.safestring import SafeString

from . import drawing


class PortalRenderer(DjangoTemplates):
    """Draws by a function of `drawing` where there is one for the template's name, else by Django's template.

    Functions, because a list page with five filters spent a third of its time in widget templates.
    """

    form_template_name = "components/form.html"
    formset_template_name = "components/formset.html"
    field_template_name = "components/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        if template_name not in drawing.DRAWN and "subwidgets" in context.get("widget", {}):
            parts = context["widget"]["subwidgets"]
            return SafeString("".join(self.render(part["template_name"], {"widget": part}) for part in parts))
        draw = drawing.DRAWN.get(template_name)
        return draw(context) if draw else SafeString(super().render(template_name, context, request))
