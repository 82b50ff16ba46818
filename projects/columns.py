"""The columns in which a project can be taken away: one registry for exports and for the open data.

`COLUMNS` by key, in their order. `MAJOR_PROJECTS` is the set that comes with the portal: what the UK Government's Major
Projects data publish of a project.
"""

from django.utils.translation import gettext_lazy, pgettext_lazy

from .fields import NOT_PUBLISHED, Field, pair
from .portfolio_rows import address, in_plans, now, partner_names, phase_since, source, standing_text, upcoming
from .querysets import UNCONFIRMED
from .states import Confidence, PartnerRole, Phase, Status

CONFIDENCES = {**dict(Confidence.choices), UNCONFIRMED: pgettext_lazy("delivery confidence", "Unconfirmed")}
STATUSES = {value: label for value, label in Status.choices if value != Status.UNSTATED}
IN_LANGUAGE = gettext_lazy("In the language of the file’s address.")
YEARS_HELP = gettext_lazy("Of the financial year that was chosen, from 1 April to 31 March.")

_COLUMNS: list[Field] = [
    Field(
        "id", gettext_lazy("Project’s name in addresses"), "text", lambda row: row.project.slug_en,
        gettext_lazy("Stays the same while the title changes."),
    ),
    *pair("title", gettext_lazy("Title"), lambda row: row.project.title),
    *pair("aim", gettext_lazy("Aim"), lambda row: row.project.aim),
    *pair("note", gettext_lazy("Note"), lambda row: row.project.note),
    *pair("next_step", gettext_lazy("What came next"), lambda row: row.project.next_step),
    Field(
        "plans", gettext_lazy("Delivery plans"), "list",
        in_plans,
        gettext_lazy("The years of the plans that list it, or the year in which it first appears."),
    ),
    Field(
        "status", gettext_lazy("Status"), "choice",
        lambda row: None if row.project.status == Status.UNSTATED else row.project.status, NOT_PUBLISHED, STATUSES,
    ),
    Field(
        "phase", gettext_lazy("Phase"), "choice", lambda row: row.project.phase or None, NOT_PUBLISHED,
        dict(Phase.choices),
    ),
    Field("phase_since", gettext_lazy("In this phase since"), "day", phase_since, NOT_PUBLISHED),
    Field(
        "confidence", gettext_lazy("Delivery confidence"), "choice", lambda row: row.confidence,
        gettext_lazy("Three points; unconfirmed when nobody has stood by it for more than 14 days."), CONFIDENCES,
    ),
    Field(
        "confidence_said", gettext_lazy("Delivery confidence as last said"), "choice",
        now("confidence"),
        gettext_lazy("However long ago that was."), dict(Confidence.choices),
    ),
    Field("scale", gettext_lazy("Version of the scale"), "number", standing_text("scale")),
    *pair("commentary", gettext_lazy("Commentary on delivery confidence"), standing_text("reason")),
    *pair("public_text", gettext_lazy("Public text"), standing_text("text")),
    Field("internal_note", gettext_lazy("Internal note"), "text", standing_text("internal"), team=True),
    Field("said_on", gettext_lazy("Said on"), "day", now("said_on")),
    Field("confirmed_on", gettext_lazy("Last confirmed"), "day", now("confirmed_on")),
    *pair("theme", gettext_lazy("Strategy theme"), lambda row: row.project.theme.title if row.project.theme else None),
    Field(
        "lead_councils", gettext_lazy("Lead council or body"), "list", lambda row: partner_names(row, PartnerRole.LEAD),
        IN_LANGUAGE,
    ),
    Field(
        "partners", gettext_lazy("Councils and partners"), "list",
        lambda row: partner_names(row, *(role for role in PartnerRole.values if role != PartnerRole.LEAD)),
        IN_LANGUAGE,
    ),
    Field("councils_not_named", gettext_lazy("Councils, not named"), "number", lambda row: row.project.councils_stated),
    Field(
        "starts_on", gettext_lazy("Start (latest approved)"), "day", lambda row: row.project.starts_on, NOT_PUBLISHED
    ),
    Field("ends_on", gettext_lazy("End (latest approved)"), "day", lambda row: row.project.ends_on, NOT_PUBLISHED),
    Field("duration_months", gettext_lazy("Duration in months"), "number", lambda row: row.project.duration_months),
    *pair(
        "schedule", gettext_lazy("Schedule narrative"), lambda row: row.schedule,
        gettext_lazy("Made from the milestones: how many are reached, and which moved against their baseline."),
    ),
    *pair("next_milestone", gettext_lazy("Next milestone"), lambda row: one.title if (one := upcoming(row)) else None),
    Field(
        "next_milestone_on", gettext_lazy("Next milestone expected on"), "day",
        lambda row: one.expected_on if (one := upcoming(row)) else None,
    ),
    Field("year", gettext_lazy("Financial year"), "text", lambda row: row.year),
    Field("year_baseline", gettext_lazy("Year: baseline"), "pounds", lambda row: row.money.baseline, YEARS_HELP),
    Field("year_forecast", gettext_lazy("Year: forecast"), "pounds", lambda row: row.money.forecast, YEARS_HELP),
    Field("year_actual", gettext_lazy("Year: actual"), "pounds", lambda row: row.money.actual, YEARS_HELP),
    Field(
        "year_variance", gettext_lazy("Year: variance"), "percent", lambda row: row.variance,
        gettext_lazy("The forecast (or the spend, where nothing is forecast) above the baseline, in per cent of it."),
    ),
    *pair(
        "variance_narrative", gettext_lazy("Year: explanation of the variance"), lambda row: row.variance_narrative,
        gettext_lazy("Where the variance is more than 5 per cent, up or down."),
    ),
    Field(
        "whole_life_baseline", gettext_lazy("Whole-life cost: baseline"), "pounds", lambda row: row.whole_life_baseline,
        gettext_lazy("The sum of all years as first agreed."),
    ),
    Field(
        "whole_life_cost", gettext_lazy("Whole-life cost"), "pounds", lambda row: row.whole_life,
        gettext_lazy("The sum of all years: as spent, where it is not spent yet as forecast, else as first agreed."),
    ),
    Field(
        "lead", gettext_lazy("Lead"), "text", lambda row: str(row.project.lead) if row.project.lead else None, team=True
    ),
    *pair("source", gettext_lazy("Source"), source),
    Field("address_en", gettext_lazy("Address (English)"), "text", address("en")),
    Field("address_cy", gettext_lazy("Address (Welsh)"), "text", address("cy")),
]  # fmt: skip
COLUMNS: dict[str, Field] = {column.key: column for column in _COLUMNS}
PUBLIC: tuple[Field, ...] = tuple(column for column in _COLUMNS if not column.team)
MAJOR_PROJECTS = (
    "title_en", "title_cy", "aim_en", "aim_cy", "confidence", "commentary_en", "commentary_cy", "starts_on", "ends_on",
    "schedule_en", "schedule_cy", "year", "year_baseline", "year_forecast", "year_variance", "variance_narrative_en",
    "variance_narrative_cy", "whole_life_baseline", "whole_life_cost",
)  # fmt: skip
