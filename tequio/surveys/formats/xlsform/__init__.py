"""XLSForm, the workbook in which ODK, KoboToolbox and others keep a form: in and out.

``write(instrument)`` returns a workbook that ``pyxform`` accepts; ``read(content)`` an instrument, and row by row what it
could not take over. What XLSForm has no word for lies in columns that begin with ``tequio_``, which other programs pass
over; where somebody changed the columns beside them, those count.
"""

from tequio.surveys.formats.xlsform.book import Unusable
from tequio.surveys.formats.xlsform.reading import Reading, read
from tequio.surveys.formats.xlsform.telling import Code, Outcome, Problem
from tequio.surveys.formats.xlsform.writing import write

__all__ = ["Code", "Outcome", "Problem", "Reading", "Unusable", "read", "write"]
