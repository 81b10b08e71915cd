"""Consent article by article: what is said to each becomes the voice of the member. Source: GOV-06, GOV-09, GOV-10."""

import pytest

from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.decisions.models import Answer, Objection, Proposal
from tequio.founding import rules, selectors, services
from tequio.founding.models import ArticleVoice, Charter, CharterState
from tequio.people import services as people
from tequio.people.selectors import find_actor
from tests.conftest import sign_in
from tests.founding.world import person, save


def article(charter: Charter, key: str):
    return charter.articles.select_related("charter").get(key=key)


@pytest.mark.parametrize(
    ("spoken", "position", "words"),
    [
        ([(1, "A", "CONSENT", "")], "CAN_LIVE_WITH", ""),
        (
            [(2, "B", "CONCERN", "poco"), (1, "A", "CONCERN", "mucho")],
            "CAN_LIVE_WITH",
            "1. A: mucho\n2. B: poco",
        ),
        ([(1, "A", "CONCERN", "poco"), (2, "B", "OBJECT", "daño")], "OBJECT", "2. B: daño"),
    ],
)
def test_one_objection_to_an_article_objects_to_the_charter(spoken, position, words):
    assert rules.voice_of(spoken) == (position, words)


def test_the_voice_follows_from_the_articles(first, second, asked):
    services.speak(by=first, article=article(asked, "rounds"), stance="CONCERN", words="Tres días es justo.")
    with pytest.raises(Refused):
        services.give_voice(by=first, charter=asked)
    assert services.give_voice(by=first, charter=asked, rest=True) == "CAN_LIVE_WITH"
    assert "Tres días es justo." in Answer.objects.get().concern
    assert ArticleVoice.objects.filter(participant_id=first.participant_id).count() == asked.articles.count()

    services.speak(
        by=second, article=article(asked, "model"), stance="OBJECT", words="Decide muy poca gente."
    )
    assert services.give_voice(by=second, charter=asked, rest=True) == "OBJECT"
    assert "Decide muy poca gente." in Objection.objects.get().harm


def test_a_concern_and_an_objection_need_words(first, asked):
    for stance in ("CONCERN", "OBJECT"):
        with pytest.raises(Refused):
            services.speak(by=first, article=article(asked, "model"), stance=stance, words=" ")


def test_who_carries_no_voice_is_heard_and_not_counted(first, asked, founding):
    """Source: GOV-06 (members take part in designing the rules)."""
    seat = people.seat(by=system(founding.pk), person=person("Sol"), name="Sol")
    sol = find_actor(person("Sol"))
    assert seat.pk == sol.participant_id
    services.speak(by=sol, article=article(asked, "model"), stance="OBJECT", words="Falta la juventud.")
    services.speak(by=first, article=article(asked, "model"), stance="CONSENT")
    heard = next(one for one in selectors.heard(first, asked) if one.article.key == "model")
    assert (heard.counted["CONSENT"], heard.counted["OBJECT"], heard.advice) == (1, 0, 1)
    assert [voice.words for voice in heard.words] == ["Falta la juventud."]
    with pytest.raises(Refused):
        services.give_voice(by=sol, charter=asked, rest=True)


def test_others_words_show_once_i_have_spoken(first, second, asked):
    services.speak(by=second, article=article(asked, "model"), stance="CONCERN", words="Ojo.")
    heard = next(one for one in selectors.heard(first, asked) if one.article.key == "model")
    assert heard.words == []


def test_a_new_draft_asks_again_only_for_what_changed(first, second, asked, founding, run_jobs):
    services.give_voice(by=first, charter=asked, rest=True)
    services.speak(by=second, article=article(asked, "rounds"), stance="OBJECT", words="Es poco.")
    services.give_voice(by=second, charter=asked, rest=True)
    from tequio.decisions import services as decisions

    decisions.close_round(by=first, round=Proposal.objects.get(uuid=asked.proposal).round)
    run_jobs()
    save(first, founding, "rounds", {"round_hours": "168"})
    mended = services.open_ratification(by=first, network=founding)
    waiting = [one.article.key for one in selectors.heard(first, mended) if one.mine is None]
    assert waiting == ["rounds"]
    assert services.give_voice(by=first, charter=mended, rest=True) == "CAN_LIVE_WITH"
    services.give_voice(by=second, charter=mended, rest=True)
    run_jobs()
    mended.refresh_from_db()
    assert mended.state == CharterState.IN_FORCE
    with pytest.raises(Refused):
        services.speak(by=first, article=article(mended, "model"), stance="CONSENT")


def test_the_pages_lead_from_article_to_article_and_to_the_voice(
    client, first, second, asked, founding, queries
):
    sign_in(client, first)
    client.cookies["language"] = "es"
    base = f"/{founding.slug}/charter/consent/"
    assert "Seguir con el artículo 1" in client.get(base).text
    for number, one in enumerate(asked.articles.all()):
        path = f"{base}{one.key}/"
        page = client.get(path)
        assert page.status_code == 200
        answered = client.post(path, {"stance": "CONSENT", "words": "", "once": f"a{number}"})
        assert answered.status_code == 303
    assert answered["Location"] == base
    assert client.post(f"{base}model/", {"stance": "OBJECT", "words": ""}).status_code == 422
    given = client.post(base, {"once": "z"})
    assert given.status_code == 303
    assert "answered" in given["Location"]
    assert client.get(f"{base}nothing/").status_code == 404
    with queries(6):
        client.get(base)
    services.give_voice(by=second, charter=asked, rest=True)


def test_there_is_nothing_to_consent_to_when_nothing_is_being_ratified(client, first, founding):
    sign_in(client, first)
    assert client.get(f"/{founding.slug}/charter/consent/").status_code == 404
