from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KernelConfig(AppConfig):
    name = "wlga_portal.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import quick_migrations, slow_queries, telemetry

        quick_migrations.install()
        slow_queries.install()
        telemetry.start()
        # who may (`rules`), what each app shows on the pages of others (`panels`), which messages it sends (`emails`),
        # which of its rows are held to their hash (`frozen`), what it offers to the search (`searching`)
        autodiscover_modules("rules", "panels", "emails", "frozen", "searching", "succession")
