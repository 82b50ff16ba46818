from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProgrammeConfig(AppConfig):
    name = "programme"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .search.watching import watch_all

        # after the migrations, as the owner: the triggers that note what changes of what can be found
        post_migrate.connect(watch_all, sender=self)
