"""Changing the language in the middle of a form: what was typed is saved first."""

from django.http import HttpRequest

from ..bilingual import LANGUAGES
from ..screens import languages_of


def switch_target(request: HttpRequest) -> str:
    """Where to go once the draft is saved, when the language switch of the form was pressed; '' otherwise.

    The page is drawn with `switch_saves=True` in its context; its form has the id `page-form`.
    """
    language = request.POST.get("_switch", "") if request.method == "POST" else ""
    return languages_of(request)[language] if language in LANGUAGES else ""
