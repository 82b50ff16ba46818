"""A file for a bid: how large it is, and what its content is."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.forms import PortalForm
from wlga_portal.kernel.uploads import kind_of

from ..models import Bid, RequiredAttachment
from ..models.attachments import LARGEST_FILE
from . import ByName


class AttachmentForm(PortalForm):
    """A file, and which of those that the form asks for it is. `kind` is what its content is."""

    kind = ""
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, Word (.docx), Excel (.xlsx), PNG or JPEG. At most 20 MB a file and 100 MB a bid."),
        error_messages={"empty": _("The file is empty.")},
    )
    requirement = ByName(
        queryset=RequiredAttachment.objects.none(),
        label=_("What it is"),
        required=False,
        empty_label=_("Another document"),
    )

    def __init__(self, *args: Any, bid: Bid, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["requirement"].queryset = bid.required_attachments()  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["file"].widget.attrs["accept"] = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise ValidationError(_("The file is too large: at most 20 MB."), code="large")
        self.kind = kind_of(file)
        return file
