"""The worlds of surveys that several files of tests stand on."""

from tests.surveys.brought import fields_survey
from tests.surveys.mapped import answered_mapping
from tests.surveys.released import reported, unprinted

__all__ = ["answered_mapping", "fields_survey", "reported", "unprinted"]
