from django.apps import AppConfig


class Config(AppConfig):
    name = "tequio.elections"
    label = "elections"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.elections import events, reactions  # noqa: F401
        from tequio.elections.selectors.lots import names_by_code
        from tequio.register.selectors.naming import name

        name(events.BY_CODE, names_by_code)
        answer_for_rules()


def answer_for_rules() -> None:
    """Register what recomputes ballots, lots and open elections; it needs no other app and no database."""
    from tequio.elections.rules import before, drawing, lot_facts, open_election, papers
    from tequio.register import recompute

    for rule in papers.RULES.values():
        recompute.register(rule, papers.recompute)
    recompute.register(drawing.RULE, lot_facts.recompute)
    recompute.register(open_election.RULE, open_election.recompute)
    for kind, function in before.FOLLOWERS.items():
        recompute.follow(kind, function)
