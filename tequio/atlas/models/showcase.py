"""What a network tells everybody of who is represented in it, if it tells it."""

from django.db import models

from tequio.core.scoping import NetworkModel


class Showcase(NetworkModel):
    """Whether strangers may see who is represented, and what they see: counted once a month, small groups withheld.

    ``told`` has the day under ``on``, and what is counted by (country, size, sector, kind) -> column -> value -> number,
    null where it is withheld. It stays while the showcase is shut: opening it again tells nothing more. Source: XCT-05.
    """

    open = models.BooleanField(default=False)
    told = models.JSONField(default=dict)

    class Meta(NetworkModel.Meta):
        constraints = [models.UniqueConstraint(fields=["network"], name="one_showcase_a_network")]

    def __str__(self) -> str:
        return f"showcase of {self.network_id} ({'open' if self.open else 'shut'})"
