"""What networks let other networks of this installation read."""

from django.db import models

from tequio.networks.models import Network


class SharedAnswers(models.Model):
    """The agreed answers of a network that said yes to showing them to the founders of other networks.

    Belongs to no scope: a copy of what is public in its charter, made when its coordination allows it, gone when it
    does not any more. ``answers`` is plain data (``rules.kept``) of the questions in ``rules.SHAREABLE`` alone.
    """

    network = models.OneToOneField(Network, models.CASCADE, related_name="+")
    name = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"answers of {self.network_id}"
