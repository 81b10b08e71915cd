from django.db import models


class Once(models.Model):
    """A form that was taken: sent again with the same key, it gets the first answer and acts no more.

    Not scoped: forms outside any network (signing in, starting a network) have keys too. It holds no content.
    """

    key = models.UUIDField(primary_key=True)
    path = models.CharField(max_length=500)
    location = models.CharField(max_length=500)
    taken_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.key)
