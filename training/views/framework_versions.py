"""What the team does with skills frameworks and with what courses teach."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import Refused

from .. import rules
from ..actions import frameworks as actions
from ..forms.frameworks import CourseSkillsForm, FrameworkForm, RenamesForm, VersionImportForm
from ..frameworks import HEADER, Fault, changes_between, document_of, read_csv
from ..models import Course, Framework, FrameworkRole, FrameworkVersion, Skill
from .found import find_course, posted
from .frameworks import find_framework, find_version

FAULTS_SHOWN = 100


def plans_version(user: object, version: FrameworkVersion) -> bool:
    return rules.framework_keep(user, version.framework)


@screen(may=rules.plans)
def framework_create(request: HttpRequest) -> HttpResponse:
    """A new framework."""
    form = FrameworkForm(posted(request))
    if request.method == "POST" and form.is_valid():
        framework = actions.framework_create(form=form, by=request.user)
        messages.success(request, _("The framework is saved. Now bring in its first version."))
        return redirect("training:framework_import", slug=framework.slug)
    return page(request, "training/framework_create.html", {"form": form})


@screen(find=find_framework, may=rules.framework_keep)
def framework_import(request: HttpRequest, framework: Framework) -> HttpResponse:
    """A file becomes a draft, or is refused with each of its faults by line."""
    set_addresses(request, "training:framework_import", slug=framework)
    form = VersionImportForm(posted(request), request.FILES or None)
    faults: list[Fault] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        document, faults = read_csv(data["file"].read())
        if not faults:
            details = {name: data[name] for name in ("name", "origin", "source")}
            try:
                version = actions.version_import(framework=framework, document=document, by=request.user, **details)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("The draft is made. Look at what moved, and publish it when it is right."))
                return redirect(version)
        else:
            form.add_error("file", _("Nothing was taken from the file. Put right what is listed below."))
    context = {
        "form": form,
        "framework": framework,
        "columns": HEADER,
        "faults": faults[:FAULTS_SHOWN],
        "fault_count": len(faults),
        "demonstration": framework.is_demo,
    }
    return page(request, "training/framework_import.html", context)


@screen(find=find_version, may=plans_version)
def framework_renames(request: HttpRequest, version: FrameworkVersion) -> HttpResponse:
    """Which new skills and roles of a draft are old ones under another name."""
    set_addresses(request, "training:framework_renames", slug=version.framework, number=version.number)
    before = FrameworkVersion.objects.before(version)
    if before is None or version.is_published:
        messages.info(request, _("There is nothing to compare here."))
        return redirect(version)
    form = RenamesForm(posted(request), changes=changes_between(document_of(before), document_of(version)))
    if request.method == "POST" and form.is_valid():
        try:
            skills, roles = (
                Skill.objects.filter(framework=version.framework),
                FrameworkRole.objects.filter(framework=version.framework),
            )
            for new, old in form.chosen("skill").items():
                actions.skill_join(version=version, new=skills.get(key=new), old=skills.get(key=old), by=request.user)
            for new, old in form.chosen("role").items():
                actions.role_join(version=version, new=roles.get(key=new), old=roles.get(key=old), by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The names are joined."))
            return redirect(version)
    context = {"form": form, "framework": version.framework, "version": version}
    return page(request, "training/framework_renames.html", context)


@screen(find=find_version, may=plans_version, methods=("POST",))
def framework_publish(request: HttpRequest, version: FrameworkVersion) -> HttpResponse:
    """From now on this version holds."""
    try:
        actions.version_publish(version=version, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("The version is published. It changes no more."))
    return redirect(version)


@screen(find=find_version, may=plans_version)
def framework_discard(request: HttpRequest, version: FrameworkVersion) -> HttpResponse:
    """A draft goes."""
    set_addresses(request, "training:framework_discard", slug=version.framework, number=version.number)
    if request.method == "POST":
        framework = version.framework
        try:
            actions.version_discard(version=version, by=request.user)
        except Refused as refused:
            messages.info(request, str(refused))
            return redirect(version)
        messages.success(request, _("The draft is discarded."))
        return redirect(framework)
    return page(request, "training/framework_discard.html", {"framework": version.framework, "version": version})


@screen(find=find_course, may=rules.course_keep)
def course_skills(request: HttpRequest, course: Course) -> HttpResponse:
    """Which skills a course teaches, and up to which level."""
    set_addresses(request, "training:course_skills", slug=course)
    form = CourseSkillsForm(posted(request), course=course)
    if request.method == "POST" and form.is_valid():
        actions.course_teaches(course=course, levels=form.levels(), by=request.user)
        messages.success(request, _("What the course teaches is saved."))
        return redirect(course)
    context = {"form": form, "course": course, "demonstration": course.is_demo}
    return page(request, "training/course_skills.html", context)
