from django.apps import AppConfig


class Config(AppConfig):
    name = "tequio.decisions"
    label = "decisions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.decisions import reactions, services  # noqa: F401
        from tequio.decisions.selectors import kept_entries
        from tequio.notify import answering
        from tequio.people.services.erasing import also
        from tequio.register.selectors.keeping import keep

        keep(kept_entries)
        also(eraser=services.erase_from_decisions)

        for kind in ("consent", "vote", "ratification"):
            answering.register(kind, services.answers_of)
        answer_for_rules()


def answer_for_rules() -> None:
    """Register what recomputes decisions; it needs no other app and no database."""
    from tequio.decisions import rules
    from tequio.register import recompute

    recompute.register(rules.CONSENT, rules.recompute_consent)
    recompute.register(rules.THREE_QUARTERS, rules.recompute_vote)
    recompute.register(rules.MAJORITY, rules.recompute_vote)
    recompute.register(rules.TIE_BREAK, rules.recompute_tie_break)
    recompute.register(rules.EARLIER_CONSENT, rules.recompute_consent_1)
    for rule in rules.EARLIER_VOTES:
        recompute.register(rule, rules.recompute_vote_1)
    recompute.register(rules.EARLIER_TIE_BREAK, rules.recompute_tie_break_1)
