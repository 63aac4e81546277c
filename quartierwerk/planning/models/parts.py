"""Bases of what planning holds."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from quartierwerk.languages.names import name_key, sort_key
from quartierwerk.tenants.managers import PublicManager
from quartierwerk.tenants.models import Municipal, Visibility


class Part(Municipal):
    """A row that shows where the record shows that it belongs to (`PART_OF`, the foreign key's name)."""

    PART_OF: ClassVar[str] = ""

    visibility = models.CharField(
        max_length=10, choices=Visibility, default=Visibility.TENANT, editable=False
    )
    shared_with = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)

    published = PublicManager()

    class Meta(Municipal.Meta):
        abstract = True

    @classmethod
    def wall_parent(cls) -> str:
        return cls.PART_OF


class Called(models.Model):
    """A record that people call by its title: in lists by `sort_key`, found again by `key`, however it was typed."""

    # Which text it is called by.
    CALLED: ClassVar[str] = "title"

    sort_key = models.CharField(max_length=620, editable=False, db_collation="C")
    key = models.CharField(max_length=620, editable=False, db_collation="C")

    class Meta:
        abstract = True

    def __str__(self):
        return getattr(self, self.CALLED)

    def fill_keys(self) -> None:
        """Also for bulk writes, which do not call `save`."""
        words = getattr(self, self.CALLED)
        self.sort_key, self.key = sort_key(words), key_of(words)

    def save(self, **kwargs):
        self.fill_keys()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "sort_key", "key"}
        super().save(**kwargs)


def key_of(words: str) -> str:
    """The same for the same words, whatever case, spaces and signs they were typed with."""
    return name_key(words)[:620]
