"""Who may, in training. When is in `states.py`; whose bookings a person sees is in `querysets.py`."""

from typing import Any

from accounts.models import User
from accounts.roles import Role, roles_of
from organisations.models import MailDomain, Organisation
from wlga_portal.kernel.workflow import by_the_portal

from .models import (
    Approval,
    Audience,
    Booking,
    Course,
    Framework,
    FrameworkVersion,
    Learner,
    MaturityAssessment,
    PrivacyRequest,
    Session,
    SkillAssessment,
    Standing,
)
from .querysets.maturity import COUNCIL_ROLES
from .states import BOOKING, DOUBLE, FRAMEWORK_VERSION, IMPORT, MATURITY, PRIVACY, SESSION, SKILL_ASSESSMENT

# whoever holds one of these in a council learns as its staff; a board member there is a councillor
STAFF_ROLES = (Role.OFFICER, Role.DIGITAL_LEAD, Role.FINANCE, Role.COORDINATOR)
LEARNER_ROLES = (*STAFF_ROLES, Role.BOARD_MEMBER)
DEMO_DOMAIN = "example.org"
FITS = {
    Audience.OFFICERS: {Standing.STAFF, Standing.PARTNER},
    Audience.MEMBERS: {Standing.MEMBER},
    Audience.BOTH: set(Standing),
}


def councils_of(user: Any) -> "list[Organisation]":
    """The councils for which this person may come to a session, in the order of the page's alphabet."""
    ids = council_ids(user)
    return list(Organisation.objects.councils().filter(pk__in=ids).by_name()) if ids else []


def council_ids(user: Any) -> list[int]:
    """The organisations (their ids) for which this person may come."""
    return list(roles_of(user).organisation_ids(*LEARNER_ROLES))


def standing_of(user: Any, council: Organisation) -> Standing:
    """As what this person comes from that council."""
    staff = roles_of(user).has(*STAFF_ROLES, organisation=council)
    return Standing.STAFF if staff else Standing.MEMBER


def same_world(user: Any, course: Course) -> bool:
    """A demonstration person stays among the demonstration courses, so that no real figure counts an invented one."""
    return course.is_demo or not user.is_demo


def meant_for(user: Any, course: Course) -> bool:
    """Whether the course is for people like this one, in any of their councils: for officers, councillors, or both."""
    roles = roles_of(user)
    staff = set(roles.organisation_ids(*STAFF_ROLES))
    members = set(roles.organisation_ids(Role.BOARD_MEMBER)) - staff
    standings = {standing for standing, ids in ((Standing.STAFF, staff), (Standing.MEMBER, members)) if ids}
    return bool(standings & FITS[Audience(course.audience)])


def team(user: Any) -> bool:
    return roles_of(user).has(Role.TEAM)


def address_of(council: Organisation, email: str, course: Course) -> bool:
    """Whether the address is in one of the council's mail domains (or the demonstration's, in its courses)."""
    domain = email.strip().rpartition("@")[2].lower()
    if course.is_demo and domain == DEMO_DOMAIN:
        return True
    return MailDomain.objects.filter(organisation=council, domain=domain).exists()


def is_known(email: str) -> bool:
    """Whether somebody here has this address."""
    accounts = User.objects.filter(email__iexact=email.strip(), is_active=True)
    return Learner.objects.of_address(email).exists() or accounts.exists()


def signed_in(user: Any) -> bool:
    """Whoever has an account sees their own bookings."""
    return bool(user.is_authenticated)


def team_of(user: Any, _thing: Any) -> bool:
    return team(user)


def gives(user: Any, session: Session) -> bool:
    """Whether the person is a trainer of this session, today."""
    return roles_of(user).has(Role.TRAINER) and session.trainer_links.filter(user=user).exists()


def register_keep(user: Any, session: Session) -> bool:
    """The register is kept by the session's trainers; the team may help."""
    return team(user) or gives(user, session)


def register_mark(user: Any, booking: Booking) -> bool:
    return register_keep(user, booking.session)


def mark_take_back(user: Any, booking: Booking) -> bool:
    """The portal alone, when an import is undone; who walked in had no booking to go back to."""
    return by_the_portal(user, booking) and not booking.walk_in


def booking_create(user: Any, session: Session) -> bool:
    """Council people book for themselves."""
    return roles_of(user).has(*LEARNER_ROLES) and same_world(user, session.course)


def colleague_book(user: Any, session: Session) -> bool:
    """A training coordinator books people of their own council."""
    return coordinator(user) and same_world(user, session.course)


def coordinator(user: Any) -> bool:
    return roles_of(user).has(Role.COORDINATOR)


def booking_cancel(user: Any, booking: Booking) -> bool:
    """Whose it is, the coordinator of the council, or the team."""
    roles = roles_of(user)
    return (
        (user is not None and booking.learner.user_id == user.pk)
        or roles.has(Role.COORDINATOR, organisation=booking.organisation_id)
        or roles.has(Role.TEAM)
    )


def booking_approve(user: Any, booking: Booking) -> bool:
    """Whom the course names: the coordinator of the person's council, or the team, which may always help."""
    by_council = booking.session.course.approval == Approval.COUNCIL
    return team(user) or (by_council and roles_of(user).has(Role.COORDINATOR, organisation=booking.organisation_id))


def walk_in_remove(user: Any, booking: Booking) -> bool:
    """Whoever keeps the register takes off it who was entered by mistake; never somebody who had booked."""
    return booking.walk_in and register_mark(user, booking)


def plans(user: Any) -> bool:
    """The team plans courses and sessions."""
    return team(user)


def booking_rows(user: Any) -> bool:
    """Who may open a figure down to the rows that it counts, as far as they see them."""
    return roles_of(user).has(Role.TEAM, Role.COORDINATOR, Role.TRAINER)


def learners_seen(user: Any) -> bool:
    """Who has a list of learners: the team all of them, a coordinator those of the council."""
    return roles_of(user).has(Role.TEAM, Role.COORDINATOR)


def learner_edit(user: Any, learner: Learner) -> bool:
    """Who may correct a learner: the team, or the coordinator of a council where they belong today."""
    if team(user):
        return True
    councils = roles_of(user).organisation_ids(Role.COORDINATOR)
    return (
        bool(councils)
        and learner.erased_at is None
        and learner.memberships.current().filter(organisation_id__in=councils).exists()
    )


def own_learner(user: Any, learner: Learner) -> bool:
    """Whether the row is of this person, by their account or by a merge."""
    return user is not None and user.is_authenticated and Learner.objects.of_user(user).filter(pk=learner.pk).exists()


def own_request(user: Any, request: PrivacyRequest) -> bool:
    return own_learner(user, request.learner)


def certificate_issue(user: Any, booking: Booking) -> bool:
    """Whose booking it is; the coordinator, the trainer or the team for somebody who has no account."""
    if own_learner(user, booking.learner):
        return True
    return booking.learner.user_id is None and (booking_cancel(user, booking) or register_mark(user, booking))


def feedback_give(user: Any, booking: Booking) -> bool:
    """Whoever came, for themselves alone."""
    return own_learner(user, booking.learner)


def maturity_write(user: Any, assessment: MaturityAssessment) -> bool:
    """The people of the council answer together."""
    return roles_of(user).has(*COUNCIL_ROLES, organisation=assessment.organisation_id)


def maturity_lead(user: Any, assessment: MaturityAssessment) -> bool:
    """The council's digital lead agrees the assessment, and says who sees it."""
    return roles_of(user).has(Role.DIGITAL_LEAD, organisation=assessment.organisation_id)


def maturity_start(user: Any) -> bool:
    return bool(maturity_councils(user))


def maturity_councils(user: Any) -> "list[Organisation]":
    """The councils that this person may assess."""
    ids = roles_of(user).organisation_ids(*COUNCIL_ROLES)
    return list(Organisation.objects.councils().filter(pk__in=ids).by_name()) if ids else []


MATURITY.allow(agree=maturity_lead, drop=maturity_lead)
SESSION.allow(open=team_of, hold=register_keep, close=register_keep, cancel=team_of)
BOOKING.allow(
    approve=booking_approve,
    refuse=booking_approve,
    promote=by_the_portal,
    offer=by_the_portal,
    accept=booking_cancel,
    decline=booking_cancel,
    expire=by_the_portal,
    cancel=booking_cancel,
    cancel_late=booking_cancel,
    attend=register_mark,
    miss=register_mark,
    unmark=mark_take_back,
    remove=walk_in_remove,
    lapse=by_the_portal,
)


def framework_keep(user: Any, framework: Framework) -> bool:
    """The team keeps frameworks; a demonstration person those of the demonstration alone."""
    return team(user) and (framework.is_demo or not user.is_demo)


def course_keep(user: Any, course: Course) -> bool:
    """The team says what a course teaches; a demonstration person says it of those of the demonstration alone."""
    return plans(user) and same_world(user, course)


def framework_publish(user: Any, version: FrameworkVersion) -> bool:
    """The team publishes a version; the portal publishes the framework that it brings with it."""
    return user is None or framework_keep(user, version.framework)


def assesses(user: Any) -> bool:
    """People of a council assess their own skills."""
    return roles_of(user).has(*LEARNER_ROLES)


def assessment_own(user: Any, assessment: SkillAssessment) -> bool:
    """Whose skills they are."""
    return user is not None and assessment.learner.user_id == user.pk


def assessment_manage(user: Any, assessment: SkillAssessment) -> bool:
    """The manager whom the person named, while they belong to the same council. Nobody agrees their own."""
    return (
        user is not None
        and assessment.manager_id == user.pk
        and not assessment_own(user, assessment)
        and roles_of(user).has(*LEARNER_ROLES, organisation=assessment.organisation_id)
    )


FRAMEWORK_VERSION.allow(publish=framework_publish)
SKILL_ASSESSMENT.allow(
    **{"share": assessment_own, "withdraw": assessment_own, "return": assessment_manage, "agree": assessment_manage}
)
DOUBLE.allow(merge=team_of, part=team_of, reopen=team_of)
IMPORT.allow(
    check=by_the_portal,
    fail=by_the_portal,
    start=team_of,
    finish=by_the_portal,
    settle=team_of,
    undo=team_of,
    unmade=by_the_portal,
    again=team_of,
    drop=team_of,
)
PRIVACY.allow(answer=team_of, decline=team_of, withdraw=own_request)
