"""The message whose sending is drilled: it waits for nobody's choice, and nobody reads it."""

from django.utils.functional import lazystr

from wlga_portal.kernel.notify import register_group, register_kind

register_group("drill", lazystr("Drill"))
register_kind("drill.message", subject=lazystr("Message %(number)s"), urgent=True)
