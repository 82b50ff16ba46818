"""Work for later."""


def on_app_ready(app: object) -> None:
    """Called when procrastinate is ready."""
