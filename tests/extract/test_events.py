"""Events as their words stand in the report: acts, parties, status."""

import pytest

from chancery.extract.events import find_events
from chancery.extract.events.find import candidates_of
from chancery.extract.events.lexicon import load_lexicon
from chancery.extract.tree import tree_of
from chancery.ontology import contexts


@pytest.fixture(scope="module")
def found(parse):
    def find(text):
        doc = parse(text)
        words = lambda runs: [doc[first:last].text for first, last in runs]  # noqa: E731 - a local shorthand
        return [
            (
                doc[mention.anchor[0] : mention.anchor[1]].text,
                mention.act,
                words(mention.actor),
                words(mention.recipient),
                mention.status,
            )
            for mention in find_events(doc, (), ())
        ]

    return find


@pytest.mark.parametrize(
    ("text", "actor", "recipient"),
    [
        ("Turkey condemned Greece.", ["Turkey"], ["Greece"]),
        ("The village was shelled by Russian troops.", ["Russian troops"], ["The village"]),
        ("Peru accused the rebels of cheating.", ["Peru"], ["the rebels"]),
        ("Egypt and Sudan urged Ethiopia to stop.", ["Egypt", "Sudan"], ["Ethiopia"]),
        ("China, which had sanctioned the senators, said nothing.", ["China"], ["the senators"]),
        ("Iran wants to punish Israel and attacked Israel.", ["Iran"], ["Israel"]),
        ("Mali asked France to leave and criticised the UN.", ["Mali"], ["the UN"]),
        ("Oman condemned the attack by the rebels.", ["Oman"], ["the rebels"]),
        ("Countries such as Mali and Niger condemned Ghana.", ["Mali", "Niger"], ["Ghana"]),
        ("Togo called for Ghana to open its border.", ["Togo"], ["Ghana"]),
    ],
)
def test_parties_of_verbs(found, text, actor, recipient):
    assert (actor, recipient) in [(event[2], event[3]) for event in found(text)]


@pytest.mark.parametrize(
    ("text", "act", "actor", "recipient"),
    [
        ("The Russian invasion of Ukraine shocked them.", "ASSAULT", ["Russian"], ["Ukraine"]),
        ("US airstrikes on the militia continued.", "ASSAULT", ["US"], ["the militia"]),
        ("Spain's deployment of troops worried everybody.", "MOBILIZE", ["Spain"], []),
        (
            "The arrest of the opposition leader by the police was filmed.",
            "COERCE",
            ["the police"],
            ["the opposition leader"],
        ),
        ("Talks between Serbia and Kosovo collapsed.", "CONSULT", ["Serbia", "Kosovo"], []),
        ("Clashes between the army and the rebels went on.", "ASSAULT", ["the army", "the rebels"], []),
        ("Chad held talks with Libya.", "CONSULT", ["Chad", "Libya"], []),
    ],
)
def test_parties_of_nouns(found, text, act, actor, recipient):
    assert (act, actor, recipient) in [event[1:4] for event in found(text)]


@pytest.mark.parametrize(
    ("text", "act", "status"),
    [
        ("Japan sanctioned the company.", "SANCTION", "occurred"),
        ("Japan is bombing the island.", "ASSAULT", "ongoing"),
        ("Japan will sanction the company.", "SANCTION", "planned"),
        ("Japan may sanction the company.", "SANCTION", "possible"),
        ("Japan plans to sanction the company.", "SANCTION", "planned"),
        ("Japan did not attack the island.", "ASSAULT", "negated"),
        ("Japan does not plan to attack the island.", "ASSAULT", "negated"),
        ("If China attacks Taiwan, Japan will sanction China.", "ASSAULT", "possible"),
        ("If China attacks Taiwan, Japan will sanction China.", "SANCTION", "conditional"),
        ("Analysts fear an invasion of Taiwan by China.", "ASSAULT", "possible"),
        ("France is looking forward to talks with Chad in May.", "CONSULT", "planned"),
        ("The coup will lead to sanctions by France against Niger.", "SANCTION", "conditional"),
        ("The coup may lead to sanctions by France against Niger.", "SANCTION", "possible"),
        ("The threat of a Chinese invasion of Taiwan grew.", "ASSAULT", "possible"),
        ("Norway called for a ceasefire between Mali and the rebels.", "RETREAT", "proposed"),
        ("Norway asked Mali to withdraw its troops from the town.", "RETREAT", "proposed"),
        ("Norway denied any attack on Mali.", "ASSAULT", "denied"),
        ("Norway decided to withdraw its troops from Mali.", "RETREAT", "planned"),
        ("Chad and Niger to reopen their embassies in Mali.", "CONCEDE", "planned"),
        ("Chad announced an aid package for Mali.", "AID", "planned"),
        ("Chad pledged its support for Mali.", "SUPPORT", "planned"),
        ("Chad promised continued support for Mali.", "SUPPORT", "planned"),
        ("Chad sent soldiers to quell the fighting in Mali.", "ASSAULT", "ongoing"),
        ("The envoy went on to meet the king of Togo.", "CONSULT", "occurred"),
        ("The rebels were able to recapture the town.", "ASSAULT", "occurred"),
        ("The rebels will be able to recapture the town.", "ASSAULT", "possible"),
        ("The king will visit Togo at the invitation of the president.", "AGREE", "occurred"),
        ("I would like to welcome the envoy and thank Togo.", "SUPPORT", "occurred"),
        ("Togo asked Mali to join Chad in condemning Niger.", "ACCUSE", "proposed"),
        ("The envoy saw a step towards a ceasefire in Mali.", "RETREAT", "possible"),
        ("Mali freed prisoners ahead of talks with the rebels.", "CONSULT", "planned"),
        ("The king will sign a decree imposing a curfew on Lome.", "COERCE", "planned"),
        ("The campaign to liberate the town began in May.", "ASSAULT", "ongoing"),
        ("Russian forces resumed shelling the port.", "ASSAULT", "ongoing"),
        ("The general is being charged with murder.", "ACCUSE", "ongoing"),
        (
            "The envoys reiterated their support for the withdrawal of all troops from Mali.",
            "RETREAT",
            "proposed",
        ),
        ("The envoys stressed the importance of a ceasefire in Mali.", "RETREAT", "proposed"),
        # unreal by what governs them
        ("The parties discussed ways to deepen cooperation with Togo.", "COOPERATE", "proposed"),
        ("The envoys discussed the issue of security guarantees for Togo.", "AGREE", "proposed"),
        ("The envoys discussed the issue of attacks on ships by the rebels.", "ASSAULT", "occurred"),
        (
            "The rebels declared their readiness to disarm, release hostages and enter talks.",
            "RETREAT",
            "planned",
        ),
        ("Mali wants French troops to be withdrawn from the town.", "RETREAT", "proposed"),
        ("The bishop called for the deaths to be investigated.", "ACCUSE", "proposed"),
        ("Chad voiced its interest in buying gas from Niger.", "COOPERATE", "proposed"),
        ("Police are checking whether the rebels attacked the convoy.", "ASSAULT", "possible"),
        ("He stays in the embassy until he is granted asylum.", "AID", "possible"),
        ("A vote is possible only after the withdrawal of the troops.", "RETREAT", "possible"),
        ("Chad saw efforts towards achieving a ceasefire in Mali.", "RETREAT", "possible"),
        ("The envoy arrived for talks with Togo expected to begin on Monday.", "CONSULT", "planned"),
        ("The envoy praised the talks that will be held in Lome in May.", "CONSULT", "planned"),
        ("During her visit to Togo, she will meet the king.", "CONSULT", "planned"),
        ("Ghana assured Togo of its continuing support.", "SUPPORT", "planned"),
        ("Mali spoke under the pretext that Niger had shelled the village.", "ASSAULT", "denied"),
        ("The mayor denies claims that police shot the man.", "ASSAULT", "denied"),
        ("Not a shot was fired at the village by the rebels.", "ASSAULT", "negated"),
        ("The US rejects the demand that Ukraine be barred from the alliance.", "COERCE", "proposed"),
        ("Guards will stay in Mali after most troops withdraw.", "RETREAT", "planned"),
        ("Migrants face extreme violence if denied entry.", "ASSAULT", "conditional"),
        ("The rebels suspended attacks pending a meeting with the envoy.", "CONSULT", "planned"),
        ("Players will be subjected to a fine by the league.", "SANCTION", "planned"),
        ("The general is sane enough to face trial.", "ACCUSE", "possible"),
        ("The council voted to send 900 peacekeepers to Mali.", "MOBILIZE", "planned"),
        ("Mali is open to holding talks with the rebels.", "CONSULT", "planned"),
        ("China will provide 5 million yuan in humanitarian aid to Mali.", "AID", "planned"),
        (
            "Norway will pass a package of sanctions against Chad that includes a ban on travel.",
            "COERCE",
            "planned",
        ),
        ("The senate failed to pass a law lifting the curfew.", "CONCEDE", "negated"),
        ("The envoy was prevented from visiting the general by police.", "CONSULT", "negated"),
        ("The rebels say they are ready for talks.", "CONSULT", "planned"),
        ("Mali calls for Togo to serve as a mediator in talks between the parties.", "CONSULT", "proposed"),
        ("The rebels agreed to talks, and to attend a summit in May.", "CONSULT", "planned"),
        ("The council discusses sending troops to Sudan.", "MOBILIZE", "possible"),
        ("Mali will disarm as long as it is given guarantees by Chad.", "AGREE", "possible"),
        # real in spite of what governs them
        ("The rebels rejected a demand by Mali to leave.", "REQUEST", "occurred"),
        ("The minister denied the accusation by Chad.", "ACCUSE", "occurred"),
        ("The parliament voted to repeal the curfew in Lome.", "CONCEDE", "occurred"),
        ("Thousands gathered to protest against the government.", "PROTEST", "occurred"),
        ("The tower was lit up to show support for Ukraine.", "SUPPORT", "occurred"),
        ("Chad called attention to the crackdown by Niger on the students.", "COERCE", "ongoing"),
        ("The leaders met to discuss Iran's missile attacks on Iraq.", "ASSAULT", "occurred"),
        ("It was unlawful to arrest the journalist.", "COERCE", "occurred"),
        ("Mali not only bombed the village but burned it.", "ASSAULT", "occurred"),
        ("Niger was the seventh state to recognize Kosovo.", "SUPPORT", "occurred"),
        ("The blockade of Gaza by Israel must be lifted.", "COERCE", "ongoing"),
        ("Russian aggression against Ukraine began in earnest in 2014.", "ASSAULT", "ongoing"),
    ],
)
def test_status(parse, text, act, status):
    candidates = candidates_of(tree_of(parse(text)), load_lexicon())
    assert (act, status) in [(one.trigger.entry.act, one.status) for one in candidates]


def test_who_is_killed_in_an_attack_is_its_victim_not_another_event(found):
    events = found("Al-Shabaab militants ambushed a patrol, killing seven soldiers.")
    assert [event[1] for event in events] == ["ASSAULT"]


def test_a_promise_is_the_promised_act_planned(found):
    events = found("Canada pledged to send aid to Haiti.")
    assert [(event[0], event[1], event[4]) for event in events] == [("pledged to send aid", "AID", "planned")]


@pytest.mark.parametrize(
    "text",
    [
        "The minister said that the weather was fine.",
        "Eighteen people were killed in a bus crash.",
        "The attack aircraft is old.",
        "A storm hit the coast of Peru.",
    ],
)
def test_no_event(found, text):
    assert found(text) == []


def test_nothing_in_nothing_out(found):
    assert found("") == []


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("Japan imposed a trade embargo on Chad.", "economic"),
        ("Hackers launched a cyberattack on Estonia.", "cyber"),
        ("Canada granted asylum to the journalist.", "asylum"),
        ("The United States sent tanks and ammunition to Ukraine.", "military"),
    ],
)
def test_contexts_come_from_the_words_of_the_act(parse, text, context):
    assert any(context in mention.context for mention in find_events(parse(text), (), ()))


def test_every_context_of_the_word_list_is_plover_s():
    listed = {context for found in load_lexicon().contexts.values() for context in found}
    assert listed <= set(contexts())


@pytest.mark.parametrize(
    ("text", "anchor", "act"),
    [
        ("The alliance is ready to discuss the treaty with Russia.", "ready to discuss", "AGREE"),
        ("But the alliance will not compromise with Russia on this.", "will not compromise", "REJECT"),
    ],
)
def test_readiness_and_refusal_are_acts_whatever_the_verb(parse, text, anchor, act):
    doc = parse(text)
    candidates = candidates_of(tree_of(doc), load_lexicon())
    found = [(doc[slice(*one.trigger.anchor)].text, one.trigger.entry.act) for one in candidates]
    assert (anchor, act) in found


@pytest.mark.parametrize(
    "text",
    [
        "He suffered a heart attack.",
        "The authorities of Egypt met their responsibilities.",
        "The trade war hurt both.",
        "The cabinet executed its strategy on time.",
        "Farmers kill animals for their meat.",
        "The parade was a demonstration of the king's patience.",
        "A study prepares the deployment of a nuclear reactor in Ghana.",
        "The volunteers carry on the mission of their founders.",
    ],
)
def test_words_of_acts_that_name_something_else(parse, text):
    assert candidates_of(tree_of(parse(text)), load_lexicon()) == []


def test_a_meeting_held_to_talk_is_one_meeting(found):
    events = found("President Macron met Chancellor Merkel in Paris to discuss trade.")
    assert [event[1] for event in events] == ["CONSULT"]


def test_a_threat_has_the_mode_of_what_is_threatened(parse):
    (event,) = find_events(parse("Iran threatened to attack Israel."), (), ())
    assert (event.act, event.mode) == ("THREATEN", "violence")


def test_a_deed_somebody_is_accused_of_says_so(parse):
    events = find_events(parse("Mali accused Niger of arming the rebels."), (), ())
    assert [one.rule.partition("; ")[2] for one in events if one.act == "AID"] == ["alleged by accused"]


def test_what_one_is_accused_of_is_no_part_of_ones_name(parse):
    text = "Amnesty International accused the Malian army of the massacre of civilians."
    doc = parse(text)
    accused = [one for one in find_events(doc, (), ()) if one.act == "ACCUSE"]
    assert [doc[slice(*run)].text for one in accused for run in one.recipient] == ["the Malian army"]


def test_who_says_it_does_not_accept_something_refuses_it(found):
    assert "REJECT" in [event[1] for event in found("Russia does not recognize the government of Ukraine.")]


def test_telling_somebody_something_is_no_order(found):
    assert found("The spokesman told the reporters that the ministry was closed.") == []
    assert [event[1] for event in found("The court told the minister to resign.")][:1] == ["REQUEST"]


@pytest.fixture(scope="module")
def candidates(parse):
    def list_(text):
        doc = parse(text)
        tree = tree_of(doc)
        words = lambda found: [doc[slice(*tree.name(at))].text for at in found]  # noqa: E731 - a local shorthand
        return [
            (one.trigger.entry.act, words(one.parties.actor), words(one.parties.recipient))
            for one in candidates_of(tree, load_lexicon())
        ]

    return list_


@pytest.mark.parametrize(
    ("text", "act", "actor", "recipient"),
    [
        # arms and people are told by their own words, whoever they belong to
        ("Chadian warplanes attacked a base.", "ASSAULT", ["Chadian warplanes"], ["a base"]),
        ("Niger freed five Malian prisoners.", "RETREAT", ["Niger"], ["five Malian prisoners"]),
        # what is done to a thing is done to whom it was imposed on
        (
            "Japan lifted the sanctions imposed on Bhutan.",
            "CONCEDE",
            ["Japan"],
            ["Bhutan"],
        ),
        ("Oslo refused to let the envoy of Peru speak.", "REJECT", ["Oslo"], ["the envoy of Peru"]),
        (
            "The king rejected Prime Minister Omar Diallo.",
            "REJECT",
            ["The king"],
            ["Prime Minister Omar Diallo"],
        ),
        # datelines act nowhere
        (
            "THE HAGUE, Netherlands -- A prosecutor has charged a former minister with fraud.",
            "ACCUSE",
            ["A prosecutor"],
            ["a former minister"],
        ),
        ("Lagos: The police arrested the editor.", "COERCE", ["The police"], ["the editor"]),
        # a deed belongs to whom it is laid to
        ("The mayor attributed the bombing to the rebels.", "ASSAULT", ["the rebels"], []),
        ("The rebels claimed responsibility for the attack.", "ASSAULT", ["The rebels"], []),
        (
            "Two officers were sentenced to years in jail for beating a driver.",
            "ASSAULT",
            ["Two officers"],
            ["a driver"],
        ),
        ("Crowds mourned after the police killing of a driver.", "ASSAULT", ["police"], ["a driver"]),
        # who is thanked for giving gives
        (
            "Latvia thanked Spain for the decision to provide weapons to Moldova.",
            "AID",
            ["Spain"],
            ["Moldova"],
        ),
        # counted troops are not who talks
        ("NATO ministers discussed the buildup with 30,000 troops.", "CONSULT", ["NATO ministers"], []),
        # nobody attacks himself
        ("A man opened fire at his former workplace.", "ASSAULT", ["A man"], []),
        # goods and money receive nothing
        ("The bank provided 20 million dollars for Fiji.", "AID", ["The bank"], ["Fiji"]),
        ("Ghana sent peacekeepers to Liberia.", "AID", ["Ghana"], ["Liberia"]),
        ("The premier launched a scathing attack on the judges.", "ACCUSE", ["The premier"], ["the judges"]),
    ],
)
def test_parties_of_a_word_in_its_right_sense(candidates, text, act, actor, recipient):
    assert (act, actor, recipient) in candidates(text)


@pytest.mark.parametrize("text", ["We will regain our democracy.", "They regained their confidence."])
def test_only_land_is_seized_again(candidates, text):
    assert "COERCE" not in [act for act, _, _ in candidates(text)]
