"""What keeps the directory quick: each organization under each of its keys, and how many there are under each."""

from django.db import models

from tequio.core.scoping import NetworkModel
from tequio.people.models.organizations import Organization


class Listing(NetworkModel):
    """An organization under one key ("country:CO", "word:agu"), in the order of its name.

    Equality and order of texts are all that row-level security lets an index answer: the operators of full-text
    and trigram indexes are not leakproof. So each page is one range of this index, whatever the network's size.
    """

    key = models.CharField(max_length=120, db_collation="C")
    folded = models.CharField(max_length=200, db_collation="C")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="listings")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "key", "folded", "organization"], name="listed_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.organization_id}"


class Tally(NetworkModel):
    """How many organizations stand under a key that can be filtered by; written together with the listings.

    ``facet`` is the part of the key before the colon (empty for all of them), ``label`` what people read when the
    key itself says nothing (a theme as it was first written, a city).
    """

    key = models.CharField(max_length=120, db_collation="C")
    facet = models.CharField(max_length=20, db_collation="C")
    label = models.CharField(max_length=200, blank=True)
    count = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="tallied_once")]
        indexes = [models.Index(fields=["network", "facet", "-count", "key"], name="tally_by_count")]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"


class Spelling(NetworkModel):
    """A word that some organization is found by, under what remains of it when one letter is dropped."""

    key = models.CharField(max_length=60, db_collation="C")
    word = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "key", "word"], name="spelled_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.word}"
