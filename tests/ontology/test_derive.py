"""Act + status -> published PLOVER and CAMEO."""

import pytest

from chancery.errors import UnknownEventTypeError
from chancery.ontology import cameo, contexts, event_types, intensity, modes, publish, quad
from chancery.ontology.plover import rows


@pytest.mark.parametrize(
    ("act", "mode", "status", "published", "published_mode", "code"),
    [
        ("CONSULT", "phone", "occurred", "CONSULT", "phone", "041"),
        ("CONSULT", "multilateral", "planned", "AGREE", None, "030"),
        ("CONSULT", None, "proposed", None, None, None),
        ("AID", "military", "conditional", "AGREE", None, "030"),
        ("SUPPORT", None, "planned", "AGREE", None, "030"),
        ("RETREAT", "withdraw", "occurred", "RETREAT", "withdraw", "0874"),
        ("RETREAT", "withdraw", "planned", "CONCEDE", None, "080"),
        ("ASSAULT", "aerial", "ongoing", "ASSAULT", "aerial", "195"),
        ("ASSAULT", None, "planned", "THREATEN", "violence", "138"),
        ("ASSAULT", None, "possible", None, None, None),
        ("COERCE", "arrest", "planned", "THREATEN", "arrest", "132"),
        ("MOBILIZE", "troops", "conditional", "THREATEN", "violence", "138"),
        ("ACCUSE", "allege", "planned", "ACCUSE", "allege", "112"),
        ("AID", None, "denied", None, None, None),
        ("SANCTION", "discontinue", "negated", None, None, None),
        ("MESSAGE", "letter", "occurred", None, None, None),
        ("STATE", None, "ongoing", None, None, None),
    ],
)
def test_what_is_published_follows_from_act_and_status(act, mode, status, published, published_mode, code):
    plover, why = publish(act, mode, status, told_by_actor=True)
    assert (plover and plover.type, plover and plover.mode) == (published, published_mode)
    found = cameo(plover)
    assert (found and found.code) == code
    assert why


def test_what_a_third_party_says_somebody_would_do_is_not_published():
    assert publish("ASSAULT", None, "conditional", told_by_actor=False)[0] is None
    assert publish("ASSAULT", None, "planned", told_by_actor=False)[0].type == "THREATEN"


def test_context_and_demand_refine_the_cameo_code():
    asked, _ = publish("REQUEST", "assist", "occurred", told_by_actor=True)
    assert cameo(asked).code == "021"
    assert cameo(asked, ["military"]).code == "0232"
    assert cameo(asked, demand=True).code == "101"


def test_there_are_sixteen_types_in_four_quads():
    assert len(event_types()) == 16
    assert {quad(name) for name in event_types()} == {
        "verbal_cooperation",
        "material_cooperation",
        "verbal_conflict",
        "material_conflict",
    }


def test_a_mode_without_a_score_takes_the_type_s():
    assert intensity("PROTEST", "vandalize") == intensity("PROTEST") == -5
    assert intensity("ASSAULT", "unconventional") == -10


def test_every_mode_belongs_to_a_type_and_every_published_type_exists():
    assert {kind for kind, _ in modes()} <= set(event_types())
    assert {row["type"] for row in rows("derivation")} <= set(event_types())
    assert {("THREATEN", row["threat"]) for row in rows("threats") if row["threat"]} <= set(modes())


def test_every_cameo_code_of_the_way_back_is_in_the_code_list():
    codes = {row["code"] for row in rows("cameo_events")}
    found = {code for row in rows("plover_to_cameo") for code in (row["code"], row["code_if_demand"]) if code}
    assert found <= codes
    assert {row["context"] for row in rows("plover_to_cameo") if row["context"]} <= set(contexts())


def test_an_unknown_type_names_its_neighbours():
    with pytest.raises(UnknownEventTypeError, match="did you mean CONSULT"):
        quad("CONSULTS")
