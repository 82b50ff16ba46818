"""What training holds: courses and their sessions with their parts and kept places, learners and
their needs, bookings with their reminders, doubles, imports, targets, corrections of the register, stated totals."""

from .assessments import NOT_YET, OWN_LEVELS, SkillAnswer, SkillAssessment
from .bookings import Booking, Correction
from .catalogue import Approval, Audience, Course, Level, Mode, Session, SessionLanguage, SessionTrainer, Stream
from .frameworks import Framework, FrameworkVersion, Origin
from .needs import CalendarKey, LearnerNeeds, Wish
from .places import KeptPlaces, SessionPart
from .reminders import Ahead, Reminder
from .roles import FrameworkRole, RoleEntry, RoleFamily, RoleLevel, RoleSkill
from .skills import CourseSkill, Proficiency, Skill, SkillEntry, SkillLevel

__all__ = [
    "NOT_YET",
    "OWN_LEVELS",
    "Ahead",
    "Approval",
    "Audience",
    "Booking",
    "CalendarKey",
    "Correction",
    "Course",
    "CourseSkill",
    "Framework",
    "FrameworkRole",
    "FrameworkVersion",
    "KeptPlaces",
    "LearnerNeeds",
    "Level",
    "Mode",
    "Origin",
    "Proficiency",
    "Reminder",
    "RoleEntry",
    "RoleFamily",
    "RoleLevel",
    "RoleSkill",
    "Session",
    "SessionLanguage",
    "SessionPart",
    "SessionTrainer",
    "Skill",
    "SkillAnswer",
    "SkillAssessment",
    "SkillEntry",
    "SkillLevel",
    "Stream",
    "Wish",
]
