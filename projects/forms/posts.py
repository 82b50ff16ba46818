"""What the team fills in to write a post: its texts, tags, authors and projects; a tag; a picture."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from accounts.roles import Role
from wlga_portal.kernel.bilingual import LANGUAGES, sort_column
from wlga_portal.kernel.forms import PortalForm, PortalModelForm
from wlga_portal.kernel.forms.fields import TextArea
from wlga_portal.kernel.markup import picture_faults
from wlga_portal.kernel.pictures import LARGEST, Checked, checked
from wlga_portal.kernel.scanning import demand_clean

from ..models import Picture, Post, Project, Tag
from .projects import demand_both

TEXTS = ("title", "summary", "body")


class ManyByTitle(forms.ModelMultipleChoiceField):
    """Any number of things with a title, in the page's language."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class PostTexts(PortalModelForm):
    """The texts of a post: what a draft keeps while somebody types."""

    class Meta:
        model = Post
        fields = tuple(f"{name}_{language}" for name in TEXTS for language in LANGUAGES)
        widgets = dict.fromkeys(("body_en", "body_cy"), TextArea({"rows": "16"}))
        help_texts = {
            **dict.fromkeys(
                ("summary_en", "summary_cy"), gettext_lazy("One or two sentences, for lists and for feeds.")
            ),
            **dict.fromkeys(
                ("body_en", "body_cy"),
                gettext_lazy(
                    "Markdown: ## before a heading, an empty line between paragraphs, - before each thing of a list,"
                    " [words](address) for a link."
                ),
            ),
        }


LINKS = {
    "tags": ("tag_links", "tag_id"),
    "authors": ("author_links", "user_id"),
    "projects": ("project_links", "project_id"),
}


class PostForm(PostTexts):
    """A post: a draft may lack a language; what is published has both.

    `was_tags` and the like say what was ticked when the form was drawn, so that two people's ticks merge.
    """

    tags = ManyByTitle(queryset=Tag.objects.none(), label=pgettext_lazy("of a post", "Tags"), required=False)
    authors = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        label=gettext_lazy("Authors"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Their names stand under the title."),
    )
    projects = ManyByTitle(
        queryset=Project.objects.none(),
        label=gettext_lazy("Projects that it is about"),
        required=False,
        help_text=gettext_lazy("It is shown on their pages and in their feeds."),
    )

    class Meta(PostTexts.Meta):
        pass

    def __init__(self, *args: Any, by: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        post = self.instance
        here = {name: sorted(self.now(name)) if post.pk else [] for name in LINKS}
        if not post.pk:
            here["authors"] = [by.pk]
        for name, ids in here.items():
            self.initial.setdefault(name, ids)
            self.initial.setdefault(f"was_{name}", ",".join(map(str, ids)))
            fields[f"was_{name}"] = forms.CharField(required=False, widget=forms.HiddenInput)
        fields["tags"].queryset = Tag.objects.order_by(sort_column("title"))
        team = User.objects.filter(memberships__role__in=[Role.TEAM, Role.HEAD_OF_DELIVERY], is_active=True)
        present = User.objects.filter(pk__in=here["authors"])
        fields["authors"].queryset = (team | present).distinct().order_by("name")
        fields["projects"].queryset = Project.objects.visible_to(by).order_by("is_demo", sort_column("title"))

    def now(self, name: str) -> set[int]:
        """The ids of what belongs to the post."""
        links, column = LINKS[name]
        return set(getattr(self.instance, links).values_list(column, flat=True))

    def merged(self, name: str) -> Any:
        """What belongs to the post once this person's ticks, and what others changed since the form was drawn, are
        put together; the authors are this person's where otherwise none would be left."""
        given = {thing.pk for thing in self.cleaned_data[name]}
        now = self.now(name)
        sent = self.cleaned_data.get(f"was_{name}")
        was = {int(pk) for pk in sent.split(",") if pk.isdecimal()} if sent else now
        field: Any = self.fields[name]
        return field.queryset.model.objects.filter(pk__in=(now - (was - given)) | (given - was) or given)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if self.instance.pk and self.instance.is_published:
            for name in TEXTS:
                if not any(given.get(f"{name}_{language}") for language in LANGUAGES):
                    self.add_error(f"{name}_en", _("A published post needs this in both languages."))
            demand_both(self, *TEXTS)
        elif not (given.get("title_en") or given.get("title_cy")):
            self.add_error("title_en", _("Write a title, in either language."))
        known = set(self.instance.pictures.values_list("number", flat=True)) if self.instance.pk else set()
        for language in LANGUAGES:
            for fault in picture_faults(given.get(f"body_{language}") or "", known):
                self.add_error(f"body_{language}", fault)
        return given


class TagForm(PortalModelForm):
    """A subject, in both languages."""

    class Meta:
        model = Tag
        fields = ("title_en", "title_cy")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["title_en"].required = self.fields["title_cy"].required = True
        self.fields["title_en"].error_messages["required"] = _("Write the tag in English.")
        self.fields["title_cy"].error_messages["required"] = _("Write the tag in Welsh.")


class AltForm(PortalModelForm):
    """What a picture shows, in both languages."""

    class Meta:
        model = Picture
        fields = ("alt_en", "alt_cy")
        help_texts = dict.fromkeys(
            ("alt_en", "alt_cy"), gettext_lazy("For those who do not see it: what it shows, in one sentence.")
        )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["alt_en"].required = self.fields["alt_cy"].required = True
        self.fields["alt_en"].error_messages["required"] = _("Say in English what the picture shows.")
        self.fields["alt_cy"].error_messages["required"] = _("Say in Welsh what the picture shows.")


class PictureForm(AltForm):
    """A picture from a file; `cleaned_data["file"]` is a `Checked`."""

    file = forms.FileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy("PNG or JPEG, at most 8 MB. Where and when it was taken is removed."),
    )

    class Meta(AltForm.Meta):
        pass

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(["file", "alt_en", "alt_cy"])

    def clean_file(self) -> Checked:
        """What the file is, by its content."""
        given: UploadedFile = self.cleaned_data["file"]
        demand_clean(given)
        return checked(given.read(LARGEST + 1))


class WeekForm(PortalForm):
    """The week of which weeknotes are to be made, by any of its days."""

    week = forms.DateField()
    demonstration = forms.BooleanField(required=False)
