"""The answers of the demonstration are those whose numbers were published, brought in from a file."""

from tequio.cli.samples import asking
from tequio.surveys.models import Reply, Tick
from tests.surveys import golden


def test_the_demonstration_brings_the_published_numbers_in(network, ana):
    """A file of a form on the web, with commas in its options, read to the last answer. Source: CTX-08, SUR-01."""
    survey = asking.map_the_region(ana, ["es", "pt-br", "en"])
    assert Reply.objects.filter(survey=survey, set_aside=False).count() == golden.SIZE
    found = {}
    for question, option in Tick.objects.filter(reply__survey=survey).values_list("question", "option"):
        found.setdefault(question, {}).setdefault(option, 0)
        found[question][option] += 1
    for question, counts in {**golden.SEVERAL, **golden.ONE, "country": golden.COUNTRIES}.items():
        assert found[question] == counts, question
    assert found["join_network"] == {"yes": 93, "no": 3}
    assert found["cities"]["3871336"] == 13
