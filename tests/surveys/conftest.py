"""The worlds of surveys that several files of tests stand on."""

from tests.surveys.brought import fields_survey

__all__ = ["fields_survey"]
