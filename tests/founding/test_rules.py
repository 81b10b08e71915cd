"""The questions, when founders agree, and what the charter sets: no database."""

from fractions import Fraction

import pytest
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st

from tequio.founding import rules, texts
from tequio.founding.rules import BY_CODE, Kind, Settled, Written
from tequio.founding.rules.settings import WITHOUT_CENTS, minor

ANA, BETO, LUZ = 1, 2, 3
FOUNDERS = (ANA, BETO, LUZ)


def test_every_question_has_words_and_every_option_its_label():
    assert set(texts.QUESTIONS) == set(BY_CODE)
    for question in rules.ALL:
        words = texts.QUESTIONS[question.code]
        assert str(words.ask)
        assert str(words.why)
        if question.code != "currency":
            picks = {option for part in question.parts for option in part.options}
            assert set(words.options) == picks | set(question.options), question.code
        assert set(words.parts) == {part.code for part in question.parts}, question.code


def test_every_step_and_topic_has_a_name():
    assert set(texts.STEPS) == set(rules.STEPS)
    assert set(texts.TOPICS) == {topic.code for topic in rules.TOPICS}
    assert [topic.step for topic in rules.TOPICS] == sorted(topic.step for topic in rules.TOPICS)


def test_a_default_is_one_of_the_options():
    for question in rules.ALL:
        if question.kind is Kind.CHOICE and question.holds is not None:
            assert question.holds in question.options


@pytest.mark.parametrize(
    ("answers", "value", "unanimous", "backing"),
    [
        ({}, None, False, 0),
        ({ANA: None, BETO: None, LUZ: None}, None, False, 0),
        ({ANA: "VERTICAL"}, "VERTICAL", False, 1),
        ({ANA: "VERTICAL", BETO: "VERTICAL", LUZ: None}, "VERTICAL", False, 2),
        ({ANA: "VERTICAL", BETO: "HORIZONTAL", LUZ: "VERTICAL"}, "VERTICAL", False, 2),
        ({ANA: "VERTICAL", BETO: "HORIZONTAL"}, "HORIZONTAL", False, 1),  # equals: the catalogue's order
        ({ANA: "VERTICAL", BETO: "VERTICAL", LUZ: "VERTICAL"}, "VERTICAL", True, 3),
    ],
)
def test_the_value_with_most_backing_stands(answers, value, unanimous, backing):
    standing = rules.settle(BY_CODE["model"], answers, FOUNDERS)
    assert (standing.value, standing.unanimous, standing.backing) == (value, unanimous, backing)


def test_who_said_nothing_and_who_does_not_know_are_told_apart():
    standing = rules.settle(BY_CODE["model"], {ANA: "VERTICAL", BETO: None}, FOUNDERS)
    assert standing.unsure == (BETO,)
    assert standing.silent == (LUZ,)


def test_several_options_are_compared_as_a_whole():
    answers = {ANA: ["ORGANIZATIONS"], BETO: ["ORGANIZATIONS", "PEOPLE"], LUZ: ["ORGANIZATIONS", "PEOPLE"]}
    assert rules.settle(BY_CODE["joiners"], answers, FOUNDERS).value == ["ORGANIZATIONS", "PEOPLE"]


def test_somebody_who_left_no_longer_counts():
    answers = {ANA: "VERTICAL", 99: "HORIZONTAL"}
    standing = rules.settle(BY_CODE["model"], answers, (ANA,))
    assert (standing.value, standing.unanimous) == ("VERTICAL", True)


def test_questions_arise_only_where_they_make_sense():
    values = rules.settled_values({})
    assert "fallback" not in [topic.code for topic in rules.topics_shown(2, values)]
    vertical = rules.topics_shown(2, values | {"model": "VERTICAL"})
    assert "fallback" in [topic.code for topic in vertical]
    assert "dues" not in [topic.code for topic in rules.topics_shown(3, values)]
    fixed = rules.topics_shown(3, values | {"contribution": "FIXED"})
    dues = next(topic for topic in fixed if topic.code == "dues")
    assert [question.code for question in dues.questions] == ["period", "currency", "fixed"]


def test_a_founder_goes_on_where_they_stopped():
    values = rules.settled_values({})
    assert rules.current_topic(values, []) == "context"
    assert rules.current_topic(values, ["politics", "economy", "actors"]) == "why"
    assert rules.current_topic(values, [], last="values") == "values"
    # The topic where they stopped no longer arises: the next open one instead.
    assert rules.current_topic(values, ["purpose"], last="dues") == "in_kind"
    assert rules.current_topic(values, [question.code for question in rules.ALL]) == ""


def test_a_network_cannot_work_without_its_model_its_contact_persons_and_its_code():
    """Source: GOV-29."""
    values = rules.settled_values({})
    assert [question.code for question in rules.open_questions(values, {})] == ["model", "contacts", "code"]
    one = {"contacts": {"": Written(1, rows=({"name": "Luz"},))}, "code": {"es": Written(1, "Nos cuidamos")}}
    with_model = values | {"model": "VERTICAL"}
    assert [question.code for question in rules.open_questions(with_model, one)] == ["contacts"]
    two = one | {"contacts": {"": Written(2, rows=({"name": "Luz"}, {"name": "Inés"}))}}
    assert rules.open_questions(with_model, two) == []


def test_a_step_has_another_state_when_what_it_says_changes():
    values = rules.settled_values({}) | {"model": "VERTICAL"}
    before = rules.state_of(2, values, {})
    assert before == rules.state_of(2, dict(values), {})
    assert before != rules.state_of(2, values | {"base": "ENTITLED"}, {})
    assert before != rules.state_of(2, values, {"code": {"es": Written(1, "x")}})
    assert before == rules.state_of(2, values, {"purpose": {"es": Written(1, "x")}})
    # What does not arise does not count.
    flat = values | {"model": "HORIZONTAL"}
    assert rules.state_of(2, flat, {}) == rules.state_of(2, flat | {"base": "ENTITLED"}, {})


@given(members=st.integers(1, 3_000))
def test_least_yes_is_the_least_whole_number_that_reaches_three_quarters(members):
    enough = rules.least_yes(members)
    assert Fraction(enough, members) >= Fraction(3, 4)
    assert enough == 1 or Fraction(enough - 1, members) < Fraction(3, 4)


def test_nine_of_twelve_pass_and_eight_do_not():
    assert rules.least_yes(12) == 9


def test_circles_strain_when_the_one_that_joins_them_is_too_large():
    """Source: GOV-05."""
    assert not rules.circles_of(64).strained
    assert rules.circles_of(65).strained
    assert rules.circles_of(8).middle == 0


def us(**said):
    return rules.ourselves(said)


def test_a_mixed_model_is_proposed_where_things_speak_for_both():
    """Source: GOV-03, GOV-05."""
    assert rules.proposal_for(us()) == ""
    assert rules.proposal_for(us(size=9, trust="WELL")) == "HORIZONTAL"
    assert rules.proposal_for(us(size=200, trust="LITTLE")) == "VERTICAL"
    assert rules.proposal_for(us(size=200, trust="WELL")) == "MIXED"
    assert rules.leanings(us(speed="SOMETIMES")) == {"speed": ""}


@given(
    members=st.integers(2, 10_000),
    code=st.sampled_from(["model", "base", "tie_break", "silence", "quorum", "renewals", "admission"]),
    data=st.data(),
)
def test_every_option_has_a_consequence_for_every_size(members, code, data):
    values = rules.settled_values({}) | {"size": members, "model": "VERTICAL"}
    option = data.draw(st.sampled_from(BY_CODE[code].options))
    assert isinstance(texts.consequence(code, option, values), str)
    assert len(texts.compared(values)) == len(texts.COMPARISON)


def test_defaults_hold_where_nobody_chose():
    """Source: G-1, G-3, G-7, G-9."""
    settings = rules.settings_of(Settled(rules.settled_values({}), {}))
    governance = settings["governance"]
    assert governance["base"] == "CAST"
    assert governance["quorum_percent"] is None
    assert governance["silence"] == "BLOCKS"
    assert settings["rhythms"]["FACE_TO_FACE"] == 2
    assert settings["joining"]["contribution"] == "OPEN"


def test_texts_lists_and_rows_join_their_languages():
    settled = Settled(
        rules.settled_values({}),
        {
            "purpose": {"es": Written(1, "Agua"), "pt-br": Written(1, "Água"), "en": Written(2, "  ")},
            "values": {"es": Written(1, "Uno\n\nDos\n"), "pt-br": Written(1, "Um")},
            "criteria": {
                "": Written(1, rows=({"id": "a", "text": {"es": "¿Aquí?"}, "answer": "", "required": True},))
            },
            "pillars": {
                "": Written(
                    3,
                    rows=(
                        {"id": "a", "name": {"es": "Ríos"}, "text": {}, "group": {"es": "vecinas"}},
                        {"id": "b", "name": {"pt-br": "Mar"}, "text": {"pt-br": "t"}, "group": {}},
                    ),
                )
            },
            "audience": {
                "": Written(
                    1,
                    rows=(
                        {
                            "id": "a",
                            "text": {"es": "Vecinas", "pt-br": "Vizinhas"},
                            "where": {"es": "Cali"},
                            "about": {},
                        },
                        {"id": "b", "text": {"es": "Municipios"}, "where": {}, "about": {"es": "agua"}},
                    ),
                )
            },
        },
    )
    assert settled.lines("values") == [{"es": "Uno", "pt-br": "Um"}, {"es": "Dos"}]
    settings = rules.settings_of(settled)
    assert settings["statements"]["purpose"] == {"es": "Agua", "pt-br": "Água"}
    assert settings["statements"]["audience"] == {
        "es": "Vecinas (Cali); Municipios: agua",
        "pt-br": "Vizinhas",
    }
    assert settings["criteria"] == [{"texts": {"es": "¿Aquí?"}, "answer": "YES_NO", "required": True}]
    assert settings["pillars"] == [
        {"name": {"es": "Ríos"}, "texts": {}, "interest_group": {"es": "vecinas"}},
        {"name": {"pt-br": "Mar"}, "texts": {"pt-br": "t"}, "interest_group": {}},
    ]


def test_what_was_kept_as_a_text_or_a_list_per_language_is_read_as_a_table():
    settled = Settled(
        rules.settled_values({}),
        {
            "criteria": {"es": Written(1, "Uno\nDos"), "pt-br": Written(2, "Um")},
            "needs": {
                "es": Written(1, rows=({"text": "Un bote", "kind": "PROJECT"},)),
                "pt-br": Written(1, rows=({"text": "Um barco", "kind": "PROJECT"},)),
            },
        },
    )
    criteria = settled.rows("criteria")
    assert [row["text"] for row in criteria] == [{"es": "Uno", "pt-br": "Um"}, {"es": "Dos"}]
    assert settled.rows("needs") == [
        {"id": "row0", "text": {"es": "Un bote", "pt-br": "Um barco"}, "kind": "PROJECT"}
    ]


def test_money_is_whole_numbers_of_the_smallest_unit():
    for currency in rules.CURRENCIES:
        assert get_currency_precision(currency) == (0 if currency in WITHOUT_CENTS else 2), currency
    assert minor("60.50", "USD") == 6050
    assert minor("60000", "CLP") == 60000
    assert minor(None, "USD") is None


def test_amounts_count_only_under_the_model_that_asks_for_them():
    values = rules.settled_values({}) | {
        "contribution": "FIXED",
        "fixed": "60",
        "small": "30",
        "currency": "USD",
    }
    joining = rules.settings_of(Settled(values, {}))["joining"]
    assert joining["fixed_minor"] == 6000
    assert joining["small_minor"] is None


def test_the_charter_names_what_it_governs_and_what_is_still_to_translate():
    settled = Settled(
        rules.settled_values({}) | {"model": "VERTICAL"},
        {"purpose": {"es": Written(1, "Cuidar el agua.")}, "criteria": {"es": Written(1, "Vivir aquí")}},
    )
    drafts = {
        draft.key: draft
        for draft in texts.articles(settled, name={"es": "Red del Agua"}, languages=["es", "pt-br"])
    }
    assert drafts["purpose"].texts["es"] == "Esta red se llama Red del Agua.\n\nCuidar el agua."
    assert drafts["purpose"].missing == ["pt-br"]
    assert drafts["members"].texts["es"].endswith("- Vivir aquí")
    assert drafts["mission"].texts["es"] == "Aún abierto: la red lo definirá más adelante."
    assert drafts["mission"].missing == []
    assert "tres cuartos" in drafts["objections"].texts["es"]
    assert "três quartos" in drafts["objections"].texts["pt-br"]
    assert all(draft.governs for draft in drafts.values())


def test_a_horizontal_charter_knows_no_vote():
    settled = Settled(rules.settled_values({}) | {"model": "HORIZONTAL"}, {})
    drafts = {draft.key: draft for draft in texts.articles(settled, name={"es": "R"}, languages=["es"])}
    assert "tres cuartos" not in drafts["objections"].texts["es"]
    assert "Nunca se abre un voto." in drafts["objections"].texts["es"]


@given(
    model=st.sampled_from([None, "HORIZONTAL", "VERTICAL"]),
    picks=st.fixed_dictionaries(
        {q.code: st.sampled_from(q.options) for q in rules.ALL if q.kind is Kind.CHOICE and q.code != "model"}
    ),
)
def test_every_mix_of_answers_makes_a_whole_charter(model, picks):
    settled = Settled(rules.settled_values({}) | picks | {"model": model}, {})
    drafts = texts.articles(settled, name={"es": "R"}, languages=["es", "pt-br", "en"])
    assert len(drafts) == 25
    for draft in drafts:
        assert set(draft.texts) == {"es", "pt-br", "en"}
    rules.settings_of(settled)
