"""The worlds of surveys that several files of tests stand on."""

from tests.surveys.brought import fields_survey
from tests.surveys.mapped import answered_mapping

__all__ = ["answered_mapping", "fields_survey"]
