from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "wlga_portal.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import database  # noqa: F401  registers the post_migrate hardening
