"""The name under which a person keeps a view of the portfolio."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from wlga_portal.kernel.forms import PortalModelForm

from ..models import SavedView

LONGEST = 1000  # letters of a query


class SavedViewForm(PortalModelForm):
    """`query` is that of the page; of it the page of the list and the moment of the past are left out."""

    query = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)

    class Meta:
        model = SavedView
        fields = ("name", "query")

    def clean_query(self) -> str:
        query = QueryDict(self.cleaned_data["query"].removeprefix("?"), mutable=True)
        for name in ("page", "as_at"):
            query.pop(name, None)
        return query.urlencode()

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("name")
        if name and SavedView.objects.filter(user=self.instance.user, name=name).exists():
            self.add_error("name", _("You have a view of this name already: choose another."))
        return self.cleaned_data
