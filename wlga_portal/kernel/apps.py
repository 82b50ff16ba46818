from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KernelConfig(AppConfig):
    name = "wlga_portal.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # who may (`rules`) and what each app shows on the pages of others (`panels`)
        autodiscover_modules("rules", "panels")
