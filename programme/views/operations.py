"""How the portal runs, for administrators: queue, failed jobs, mail, storage, backups, versions."""

import logging

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programme import rules
from wlga_portal.kernel import operations, queue
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.wording import number

logger = logging.getLogger(__name__)
ALL = "all"


@screen(may=rules.portal_operate, methods=("GET", "HEAD"))
def operations_page(request: HttpRequest) -> HttpResponse:
    """Everything that an operator asks, in one look."""
    jobs, failed = operations.failed_jobs()
    storage, backups = operations.storage_state(), operations.backup_state()
    context = {
        "queue": queue.state(),
        "jobs": jobs,
        "failed": failed,
        "mail": operations.mail_state(),
        "storage": storage,
        "database_size": operations.size_said(storage.database),
        "free": "" if storage.free is None else operations.size_said(storage.free),
        "total": "" if storage.total is None else operations.size_said(storage.total),
        "backups": backups,
        "backups_size": operations.size_said(backups.size),
        "versions": operations.versions(),
    }
    return page(request, "programme/operations_page.html", context)


@screen(may=rules.portal_operate, methods=("POST",))
def job_retry(request: HttpRequest) -> HttpResponse:
    """One failed job (`job`: its number), or all of them, run again."""
    said = request.POST.get("job", "")
    if said != ALL and not said.isdecimal():
        messages.info(request, _("Choose a failed job."))
        return redirect("programme:operations_page")
    count = queue.try_again(None if said == ALL else [int(said)])
    logger.info("%d failed jobs were let run again by an administrator.", count)
    if count:
        text = ngettext("%(count)s job is tried again.", "%(count)s jobs are tried again.", count)
        messages.success(request, text % {"count": number(count)})
    else:
        messages.info(request, _("That job has not failed, or somebody has let it run again already."))
    return redirect("programme:operations_page")
