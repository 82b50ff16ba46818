from django.apps import AppConfig


class DrillConfig(AppConfig):
    name = "drill"
