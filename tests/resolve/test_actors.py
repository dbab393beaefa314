"""Who is who: names, offices, pronouns, parties, over whole reports."""

import re
from datetime import date

import pytest

from chancery.extract.actors import find_actors
from chancery.extract.quotations import find_quotations
from chancery.extract.statements import find_statements
from chancery.knowledge.actors import load_knowledge
from chancery.language import Maker
from chancery.resolve.actors import Referents, resolve_actors
from chancery.resolve.setting import Setting

FEBRUARY_2022 = date(2022, 2, 10)


class Read:
    """A text with its referents; asks by the words instead of by token numbers."""

    def __init__(self, doc, referents):
        self.doc = doc
        self.referents = referents

    def tokens(self, words, occurrence=0):
        found = [match.start() for match in re.finditer(rf"\b{re.escape(words)}(?!\w)", self.doc.text)]
        start = found[occurrence]
        span = self.doc.char_span(start, start + len(words), alignment_mode="expand")
        return span.start, span.end

    def of(self, words, occurrence=0):
        return self.referents.of(self.tokens(words, occurrence))

    def several(self, words, occurrence=0):
        return self.referents.several(self.tokens(words, occurrence))

    def chain(self, words, occurrence=0):
        return self.referents.chain(self.tokens(words, occurrence))


@pytest.fixture(scope="session")
def knowledge():
    return load_knowledge()


@pytest.fixture(scope="session")
def read(parse, knowledge):
    def read_text(text, published=FEBRUARY_2022, publisher=None, title=None):
        doc = parse(text)
        said = find_statements(doc, find_quotations(doc))
        setting = Setting(doc, published, Maker("0", "test"), publisher, title)
        return Read(doc, resolve_actors(setting, find_actors(doc, knowledge), said, (), knowledge))

    return read_text


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("Russia rejected the offer.", "Russia", "RUS"),
        ("Britain rejected the offer.", "Britain", "GBR"),
        ("Moscow rejected the offer.", "Moscow", "RUS"),
        ("Talks took place in Moscow.", "Moscow", None),
        ("The Kremlin rejected the offer.", "The Kremlin", "RUS"),
        ("Brussels rejected the offer.", "Brussels", "EU"),
        ("The State Department rejected the offer.", "The State Department", "USA:foreign-ministry"),
        (
            "The Russian Foreign Ministry rejected the offer.",
            "The Russian Foreign Ministry",
            "RUS:foreign-ministry",
        ),
        (
            "Peru's interior ministry rejected the offer.",
            "Peru's interior ministry",
            "PER:interior-ministry",
        ),
        ("The Ukrainian army rejected the offer.", "The Ukrainian army", "UKR:military"),
        ("Chadian troops left the town.", "Chadian troops", "TCD:military"),
        ("The Syrian people want peace.", "The Syrian people", "SYR:population"),
        ("Ukrainians want peace.", "Ukrainians", "UKR:population"),
        ("Egyptian authorities closed the road.", "Egyptian authorities", "EGY:government"),
        ("Kyiv authorities closed the road.", "Kyiv authorities", "UKR:government"),
        ("A senior US official said so.", "A senior US official", "USA:official"),
        ("An Interpol spokesperson said so.", "An Interpol spokesperson", "Interpol:official"),
        ("German firms left the market.", "German firms", "DEU:companies"),
        ("Witnesses saw the fire.", "Witnesses", "?:witnesses"),
        ("Eyewitness reports spoke of a fire.", "Eyewitness reports", "?:witnesses"),
        ("Former employees of Boeing spoke.", "Former employees", "Boeing:former-employees"),
        (
            "Afghan National Security Forces closed the road.",
            "Afghan National Security Forces",
            "AFG:military",
        ),
        ("Chad closed the road, a senior official said.", "a senior official", "TCD:official"),
        ("Thousands of Congolese refugees fled.", "Thousands of Congolese refugees", "COD:refugees"),
        ("Ukraine's Weather Agency sent a note.", "Ukraine's Weather Agency", "UKR:weather-agency"),
        ("Russian tanks entered the town.", "Russian tanks", "RUS"),
        ("The Fars news agency reported the strike.", "The Fars news agency", "Fars"),
        ("The rocket failed.", "The rocket", None),
        ("The junta in Niger closed the port.", "The junta", "NER:government"),
        # the model takes these states for people
        ("The envoy said Chad had promised to leave.", "Chad", "TCD"),
        ("Niger's government asked Chad on Wednesday to send engineers.", "Chad", "TCD"),
        ("Jordan Peterson spoke before Jordan left early.", "Jordan Peterson", "person:jordan-peterson"),
        ("Chad Brown said the envoy had promised Chad a seat.", "Chad Brown", "person:chad-brown"),
    ],
)
def test_a_party_has_its_id(read, text, words, actor):
    assert read(text).of(words) == actor


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        (
            "British Prime Minister Boris Johnson spoke.",
            "British Prime Minister Boris Johnson",
            "person:boris-johnson",
        ),
        ("Prime Minister Johnson spoke in London.", "Prime Minister Johnson", "person:boris-johnson"),
        ("The British prime minister spoke.", "The British prime minister", "person:boris-johnson"),
        ("Russia's foreign minister spoke.", "Russia's foreign minister", "person:sergey-lavrov"),
        (
            "The foreign minister of Russia spoke.",
            "The foreign minister of Russia",
            "person:sergey-lavrov",
        ),
        ("The NATO Secretary General spoke.", "The NATO Secretary General", "person:jens-stoltenberg"),
        (
            "US Secretary of State Antony J. Blinken spoke.",
            "US Secretary of State Antony J. Blinken",
            "person:antony-blinken",
        ),
        (
            "President Joseph R. Biden, Jr. spoke.",
            "President Joseph R. Biden, Jr.",
            "person:joseph-biden",
        ),
        ("Putin spoke.", "Putin", "person:vladimir-putin"),
        ("Assemblywoman Laura Whitfield spoke.", "Laura Whitfield", "person:laura-whitfield"),
        ("An assemblywoman, Laura Whitfield, spoke.", "An assemblywoman", "person:laura-whitfield"),
        ("The President of France spoke.", "The President of France", "person:emmanuel-macron"),
        (
            "Minister for the Middle East Laura Whitfield spoke.",
            "Minister for the Middle East Laura Whitfield",
            "person:laura-whitfield",
        ),
        ("Marta Villanueva spoke.", "Marta Villanueva", "person:marta-villanueva"),
        (
            "US Ambassador to Norway Laura Whitfield spoke.",
            "US Ambassador to Norway Laura Whitfield",
            "person:laura-whitfield",
        ),
        (
            "The former British prime minister spoke.",
            "The former British prime minister",
            "GBR:official",
        ),
        ("A Russian foreign minister never speaks.", "A Russian foreign minister", "RUS:official"),
    ],
)
def test_people_are_found_by_name_and_by_office_on_the_day(read, text, words, actor):
    assert read(text).of(words) == actor


def test_an_office_is_read_by_the_day_of_the_report(read):
    text = "The British prime minister spoke."
    assert read(text, date(2011, 9, 10)).of("The British prime minister") == "person:david-cameron"
    assert read(text, None).of("The British prime minister") == "GBR:official"


def test_without_a_day_the_name_decides(read):
    report = read("Boris Johnson met the envoy. The Foreign Secretary was hopeful.", None)
    assert report.of("The Foreign Secretary") == "person:boris-johnson"


TALKS = (
    "Stoltenberg was hopeful. NATO Secretary General Jens Stoltenberg met British Prime Minister Boris "
    "Johnson in Brussels on Thursday. “I have sent a letter to Russian Foreign Minister Sergey Lavrov,”"
    " Stoltenberg said. He added that the Alliance was ready to talk. “We will not compromise,” the "
    "Secretary General said. In turn, Johnson promised help for Ukraine. “We are ready to go further,” "
    "he said. Lavrov, who was in Moscow, called the letter empty."
)


@pytest.mark.parametrize(
    ("words", "occurrence", "actor"),
    [
        ("Stoltenberg", 0, "person:jens-stoltenberg"),
        ("I", 0, "person:jens-stoltenberg"),
        ("He", 0, "person:jens-stoltenberg"),
        ("the Alliance", 0, "NATO"),
        ("We", 0, "NATO"),
        ("the Secretary General", 0, "person:jens-stoltenberg"),
        ("Johnson", 1, "person:boris-johnson"),
        ("We", 1, "GBR"),
        ("he", 0, "person:boris-johnson"),
        ("Lavrov", 1, "person:sergey-lavrov"),
        ("who", 0, "person:sergey-lavrov"),
        ("Moscow", 0, None),
    ],
)
def test_a_report_on_talks(read, words, occurrence, actor):
    assert read(TALKS).of(words, occurrence) == actor


CALL = (
    "President of Ukraine Volodymyr Zelenskyy spoke with US President Joseph Biden by phone. Zelenskyy "
    "thanked the United States for its help. The Presidents discussed sanctions against Russia. Both "
    "leaders want peace. The two countries will sign an agreement. “Our morale is firm, but we need "
    "your support,” Volodymyr Zelenskyy said."
)


def test_a_report_on_a_call(read):
    report = read(CALL)
    both = ("person:volodymyr-zelenskyy", "person:joseph-biden")
    assert report.of("President of Ukraine Volodymyr Zelenskyy") == both[0]
    assert report.several("The Presidents") == both
    assert report.several("Both leaders") == both
    assert len(report.several("The two countries")) == 2
    assert report.of("its") == "USA"
    assert report.of("Our") == "UKR"


COMPANY = (
    "Germany banned the Iranian airline Oyelaran Air on Monday. Oyelaran has been under sanctions since"
    " 2011. “The airline carries weapons,” German Chancellor Angela Merkel's spokesperson, Steffen "
    "Seibert, said. The spokesperson said the company had lost its licence. Officials said the ban was "
    "a first step."
)


def test_a_report_on_a_company(read):
    report = read(COMPANY, date(2019, 1, 23))
    assert report.of("Oyelaran Air") == "Oyelaran Air"
    assert report.of("Oyelaran", 1) == "Oyelaran Air"
    assert report.of("The airline") == "Oyelaran Air"
    assert report.of("the company") == "Oyelaran Air"
    assert report.of("its") == "Oyelaran Air"
    assert report.of("Steffen Seibert") == "person:steffen-seibert"
    assert report.of("The spokesperson") == "person:steffen-seibert"
    assert report.chain("The airline") == report.chain("Oyelaran Air")


ARMY = (
    "Chadian troops entered the border town of Oum Tala on Friday. They met no resistance, the army "
    "said. Rebels had left the town on Thursday. The country has asked France for help. Paris has not "
    "answered."
)


def test_a_report_on_an_army(read):
    report = read(ARMY)
    assert report.of("They") == "TCD:military"
    assert report.of("the army") == "TCD:military"
    assert report.of("Rebels") == "?:rebels"
    assert report.of("The country") == "TCD"
    assert report.of("Paris") == "FRA"


def test_a_text_may_name_itself(read):
    report = read("We, the G7 Foreign Ministers, condemn the attack. We call on Russia to stop.")
    assert report.of("We") == "G7:official"
    assert report.of("We", 1) == "G7:official"


def test_a_title_without_its_country_names_no_office_of_another(read):
    report = read("President Vladimir Putin called Paris. The President of France was hopeful.")
    assert report.of("The President of France") == "person:emmanuel-macron"


def test_a_transcript_names_its_speakers_in_capitals(read):
    report = read("Antony Blinken met the press.\n\nSECRETARY BLINKEN: Good afternoon.\n\nQUESTION: Why now?")
    assert report.of("BLINKEN") == "person:antony-blinken"


def test_a_document_speaks_for_its_author(read):
    report = read("A memo by Laura Whitfield, seen by Reuters, warns of floods. The memo says dams are weak.")
    assert report.of("A memo by Laura Whitfield") == "person:laura-whitfield"
    assert report.of("The memo") == "person:laura-whitfield"
    assert read("A letter seen by Reuters warns of floods.").of("A letter seen by Reuters") is None
    assert read("Interpol's constitution forbids it.").of("Interpol's constitution") == "Interpol"


@pytest.mark.parametrize(
    ("text", "words", "parties"),
    [
        ("Malaysia and Indonesia signed the treaty.", "Malaysia and Indonesia", ("MYS", "IDN")),
        (
            "Malaysia, Indonesia and Brunei signed it.",
            "Malaysia, Indonesia and Brunei",
            ("MYS", "IDN", "BRN"),
        ),
        ("Malaysia signed the treaty.", "Malaysia", ("MYS",)),
        ("Lavrov and Blinken met.", "Lavrov and Blinken", ("person:sergey-lavrov", "person:antony-blinken")),
    ],
)
def test_parties_that_stand_together_are_several(read, text, words, parties):
    assert read(text).several(words) == parties


@pytest.mark.parametrize(
    ("text", "actor", "party"),
    [
        ("NATO Secretary General Jens Stoltenberg spoke.", "person:jens-stoltenberg", "NATO"),
        ("Boris Johnson spoke.", "person:boris-johnson", "GBR"),
        ("European Council President Charles Michel spoke.", "person:charles-michel", "EU"),
        ("Iranian foreign ministry spokesman Saeed Example spoke.", "person:saeed-example", "IRN"),
        ("Saeed Example, a spokesman for Interpol, spoke.", "person:saeed-example", "Interpol"),
        ("Russia spoke.", "RUS", "RUS"),
        ("Russian troops moved.", "RUS:military", "RUS:military"),
    ],
)
def test_a_person_binds_the_state_or_organization(read, text, actor, party):
    assert read(text).referents.party(actor) == party


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("It is important that the talks go on.", "It"),
        ("Angela Merkel and Theresa May met. She spoke first.", "She"),
        ("She was hopeful.", "She"),
        ("The plan failed because it was late.", "it"),
    ],
)
def test_a_pronoun_without_a_clear_referent_is_left_open(read, text, pronoun):
    assert read(text, date(2018, 1, 5)).of(pronoun) is None


def test_an_open_mention_says_why(read):
    report = read("She was hopeful.")
    [mention] = report.referents.mentions
    assert mention.actor is None
    assert mention.chain is None
    assert mention.method.startswith("no candidate agrees")
    assert mention.score == 0


@pytest.mark.parametrize(
    ("text", "pronoun", "actor"),
    [
        ("Angela Merkel met Vladimir Putin before she spoke.", "she", "person:angela-merkel"),
        ("Ankara accused Athens. “He is wrong,” Sergey Lavrov said of Antony Blinken.", "He", None),
        ("Sergey Lavrov praised himself.", "himself", "person:sergey-lavrov"),
        ("Sergey Lavrov thanked him.", "him", None),
        ("Hamas said it would not talk.", "it", "Hamas"),
        (
            "Ukrainians have prepared well, because they think that war is near.",
            "they",
            "UKR:population",
        ),
    ],
)
def test_pronouns_agree_and_are_bound(read, text, pronoun, actor):
    assert read(text).of(pronoun) == actor


def test_a_pronoun_within_a_quotation_is_not_its_speaker(read):
    report = read("Sergey Lavrov met Antony Blinken. “He was late,” Lavrov said.")
    assert report.of("He") != "person:sergey-lavrov"


def test_actors_carry_roles_and_codes(read):
    actors = {actor.id: actor for actor in read(TALKS).referents.actors}
    stoltenberg = actors["person:jens-stoltenberg"]
    assert stoltenberg.roles[0].organization == "NATO"
    assert stoltenberg.codes.wikidata == "Q57665"
    assert actors["RUS"].codes.iso3 == "RUS"
    assert actors["NATO"].sector == "IGO"
    assert all(actor.resolved for actor in actors.values())


def test_unknown_people_are_kept_unresolved(read):
    [actor] = read("Marta Villanueva spoke.").referents.actors
    assert (actor.kind, actor.resolved) == ("person", False)


def test_every_actor_of_a_mention_or_party_is_listed(read):
    for text in (TALKS, CALL, COMPANY, ARMY):
        referents = read(text).referents
        listed = {actor.id for actor in referents.actors}
        assert {mention.actor for mention in referents.mentions} - {None} <= listed
        assert {referents.party(actor) for actor in listed} <= listed


def test_ids_and_chains_count_up_in_the_order_of_the_text(read):
    mentions = read(TALKS).referents.mentions
    assert [mention.id for mention in mentions] == [f"m{number}" for number in range(1, len(mentions) + 1)]
    firsts = list(dict.fromkeys(mention.chain for mention in mentions if mention.chain))
    assert firsts == list(range(1, len(firsts) + 1))


def test_reading_twice_gives_the_same(read):
    first, second = read(TALKS).referents, read(TALKS).referents
    assert (first.actors, first.mentions) == (second.actors, second.mentions)


@pytest.mark.parametrize(
    "text", ["", " ", "?!", "“", "he she it they we", "the the the", "of of of", "Who? Which? That?"]
)
def test_odd_text_is_no_error(read, text):
    report = read(text)
    for start in range(len(report.doc)):
        report.referents.of((start, start + 1))
        report.referents.several((start, start + 1))


def test_nobody_is_known_where_nothing_was_read():
    nobody = Referents()
    assert nobody.of((0, 1)) is None
    assert nobody.several((0, 1)) == ()
    assert nobody.chain((0, 1)) is None
    assert nobody.party("RUS") == "RUS"


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("The Secretary General spoke.", "The Secretary General", None),  # of which organization?
        ("Both leaders spoke.", "Both leaders", None),
    ],
)
def test_what_could_be_several_is_left_open(read, text, words, actor):
    assert read(text).of(words) == actor


@pytest.mark.xfail(
    strict=True, reason="salience knows no plausibility: personnel are nearer than whom was urged"
)
def test_who_was_urged_is_who_promises(read):
    report = read("We urged the Egyptian authorities to protect embassy personnel. They promised to do so.")
    assert report.of("They") == "EGY:government"


@pytest.mark.xfail(strict=True, reason="people are not led to a state by the town they live in")
def test_the_people_around_a_town_are_of_its_country(read):
    report = read("Many citizens from villages around Raqqa have fled the war in Syria.")
    assert report.of("Many citizens") == "SYR:population"


@pytest.mark.parametrize(
    ("text", "words", "at", "actor"),
    [
        # the "of" of a title is its own
        (
            "Volodymyr Zelenskyy met Ben Wallace. The Head of State said the talks were useful.",
            "The Head of State", 0, "person:volodymyr-zelenskyy",
        ),
        # titles of several links, and the same title shorter
        (
            "Deputy Head of the Office of the President of Ukraine Ihor Kovalchuk met with Anna Meier.",
            "Deputy Head", 0, "person:ihor-kovalchuk",
        ),
        (
            ("Deputy Head of the Office of the President of Ukraine Ihor Kovalchuk met with Anna Meier. "
            "The Deputy Head of the President's Office praised the visit."),
            "The Deputy Head of the President's Office", 0, "person:ihor-kovalchuk",
        ),
        (
            "A member of the Tunisian Parliament, Karim Zaidi said the law was good.",
            "A member of the Tunisian Parliament", 0, "person:karim-zaidi",
        ),
        ("The Tunisian Parliament adopted the law.", "The Tunisian Parliament", 0, "TUN:parliament"),
        # a surname with its particle, and a given name that is spelt like one
        (
            "The bomb hit a market, stated Minister of Information Omar al-Harithi. Later al-Harithi left.",
            "al-Harithi", 1, "person:omar-al-harithi",
        ),
        ("The coach Ben Radley said so. Radley smiled.", "Radley", 1, "person:ben-radley"),
        # an envoy does not belong to whom he is sent to; the name may be the other way round
        (
            ("Special Representative for the DPRK Sung Lee called Beijing. "
            "Special Representative Lee condemned the launches."),
            "Lee", 1, "person:sung-lee",
        ),
        # people of where they live
        ("Women in Chad demanded new elections.", "Women in Chad", 0, "TCD:population"),
        ("Thousands of people across Serbia marched.", "Thousands of people", 0, "SRB:population"),
        # the message of who congratulated
        (
            ("Emmanuel Macron congratulated the officers on their day.\n\n"
            'The message reads: "You serve us well."'),
            "The message", 0, "person:emmanuel-macron",
        ),
        # the other of two who talk
        (
            "Ana Lindt had a phone conversation with Ivan Petrov. Ana Lindt informed the interlocutor of it.",
            "the interlocutor", 0, "person:ivan-petrov",
        ),
    ],
)  # fmt: skip
def test_official_texts_name_people_in_their_own_way(read, text, words, at, actor):
    assert read(text).of(words, at) == actor


def test_an_envoy_speaks_for_who_sends_him_not_for_whom_he_is_sent_to(read):
    report = read("Special Representative for the DPRK Sung Lee called Beijing.")
    assert report.referents.party("person:sung-lee") != "PRK"


def test_two_who_meet_are_they(read):
    report = read(
        "Joe Biden met virtually with Olaf Scholz of Germany. The leaders discussed aid. They agreed."
    )
    assert report.several("They") == ("person:joseph-biden", "person:olaf-scholz")


def test_neighbours_are_no_part_of_a_country(read):
    report = read("Tunisia signed it. Neighbouring African countries have imposed bans.")
    assert report.of("Neighbouring African countries") is None


def test_a_world_congress_is_not_congress(read):
    report = read("Petro Kovalchuk thanked the Ukrainian World Congress and its members.")
    assert report.of("Ukrainian World Congress") == "Ukrainian World Congress"


WHITE_HOUSE, STATE = "The White House", "US Department of State"


@pytest.mark.parametrize(
    ("text", "words", "publisher", "title", "actor"),
    [
        ("We will stand with Kenya.", "We", WHITE_HOUSE, None, "USA"),
        ("We will stand with Kenya.", "We", "The Daily Herald", None, None),
        ("We will stand with Kenya.", "We", "President of Ukraine (president.gov.ua)", None, "UKR"),
        ("The President will visit Kenya.", "The President", WHITE_HOUSE, None, "person:joseph-biden"),
        ("Hu Jintao left. The President stayed.", "The President", WHITE_HOUSE, None, "person:joseph-biden"),
        ("I am glad to be here.", "I", WHITE_HOUSE, "Remarks by President Joe Biden", "person:joseph-biden"),
        ("I am glad to be here.", "I", WHITE_HOUSE, "Remarks by President Biden", "person:joseph-biden"),
        ("I am glad to be here.", "I", WHITE_HOUSE, "Joint statement by Joe Biden and Boris Johnson", None),
        ("I am glad to be here.", "I", "Prime Minister of Australia", None, "person:scott-morrison"),
        (
            "The Department of Mali agreed. The Department left.",
            "The Department",
            STATE,
            None,
            "MLI:department",
        ),
        (
            "The Foreign Secretary left.",
            "The Foreign Secretary",
            "UK Government (gov.uk)",
            None,
            "person:liz-truss",
        ),
    ],
)
def test_a_text_of_its_own_speaks_for_who_put_it_out(read, text, words, publisher, title, actor):
    assert read(text, publisher=publisher, title=title).of(words) == actor


def test_who_held_another_office_on_the_day_is_not_meant(read):
    text = "Vice President Joe Biden spoke. President Barack Obama listened. Then the President left."
    assert read(text, published=date(2011, 5, 9)).of("the President") == "person:barack-obama"
    alone = "Vice President Joe Biden spoke. Then the President left."
    assert read(alone, published=date(2011, 5, 9)).of("the President") != "person:joseph-biden"


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("Xi told Putin that he would come.", "Xi", "person:xi-jinping"),
        ("North Korea fired a missile. Kim said it flew well.", "Kim", "person:kim-jong-un"),
        ("Trump said he disagreed.", "Trump", "person:donald-trump"),
    ],
)
def test_leaders_are_known_by_the_surname(read, text, words, actor):
    assert read(text).of(words) == actor


def test_speakers_of_a_transcript_are_led_to_their_names(read):
    text = (
        "2:02 P.M. EDT\n\nMS. PSAKI: Happy Friday to all.\n\nQ Jen, is he going to Poland?\n\n"
        "MS. PSAKI: He is.\n\nMR. DOEBLIN: I agree with that."
    )
    found = read(text, publisher=WHITE_HOUSE, title="Press Briefing by Jen Psaki and Ian Doeblin")
    assert found.of("PSAKI") == "person:jen-psaki"
    assert found.of("DOEBLIN") == "person:ian-doeblin"


def test_a_double_surname_is_led_to_the_title(read):
    text = "MS. BRUN-LINDT: Good day to all.\n\nQ Is she here?\n\nMS. BRUN-LINDT: She is.\n\nQ Thanks."
    found = read(text, publisher=WHITE_HOUSE, title="Press Gaggle by Deputy Press Secretary Ada Brun-Lindt")
    assert found.of("BRUN-LINDT") == "person:ada-brun-lindt"


def test_an_abbreviated_thing_is_no_body(read):
    text = "They will build a small modular reactor (SMR) in Romania. The SMR is safe."
    assert {mention.actor for mention in read(text).referents.mentions} <= {"ROU", None}


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("General Motors left. The company paid.", "The company", "General Motors"),
        ("The Orchard Growers Agency (OGA) met. OGA agreed.", "OGA", "Orchard Growers Agency"),
        ("The State Property Agency (AVAS) met.", "AVAS", "State Property Agency"),
        ("A man named John Doe left.", "A man", "person:john-doe"),
        ("Ana Lindt worked as a spy.", "a spy", "person:ana-lindt"),
        ("Ana Lindt joined in 2001 and is currently the head.", "the head", "person:ana-lindt"),
        (
            "Environment Canada spokesman Ian Lee came. We are ready, Ian Lee said.",
            "We",
            "Environment Canada",
        ),
        (
            "Australian woman wins prize\n\nAna Lindt, an Australian woman, won it.",
            "Australian woman",
            "person:ana-lindt",
        ),
        ("City mayor Ian Lee came from Lyon. The city was glad.", "The city", None),
        ("Match official Ian Lee left. The match went on.", "The match", None),
        ("Nutrition Professor Ian Leeson left.", "Ian Leeson", "person:ian-leeson"),
        ("Crowds left the Old Memorial Hall Station. ", "Old Memorial Hall Station", None),
    ],
)
def test_descriptions_are_led_to_what_they_describe(read, text, words, actor):
    assert read(text).of(words) == actor


def test_a_quotation_without_marks_is_whose_name_signs_it(read):
    text = (
        "Valerie Brun was born in Lyon. She was sent to a ship.\n\n"
        "I was told that my mother had left. Valerie Brun\n\nHer father came later."
    )
    assert read(text).of("I") == "person:valerie-brun"


def test_somebody_without_a_name_keeps_a_chain(read):
    found = read("The Afghan team had been denied visas. The team left.")
    mentions = [mention for mention in found.referents.mentions if mention.kind == "nominal"]
    assert mentions[0].actor is None
    assert mentions[0].chain == mentions[1].chain


def test_you_in_a_question_is_who_answers_it(read):
    text = (
        "2:02 P.M. EDT\n\nMS. PSAKI: Happy Friday to all.\n\nQ Did you say that he is going to Poland?\n\n"
        "MS. PSAKI: He is. You heard it.\n\nQ Thanks."
    )
    found = read(text, publisher=WHITE_HOUSE, title="Press Briefing by Press Secretary Jen Psaki")
    assert found.of("you") == "person:jen-psaki"
    assert found.of("You") is None


@pytest.mark.parametrize(
    ("text", "words", "publisher", "title", "actor"),
    [
        (
            "The Secretary left for Cairo.",
            "The Secretary",
            STATE,
            "Travel of the Secretary",
            "person:antony-blinken",
        ),
        ("We condemn the coup.", "We", STATE, "Joint Statement on Sudan", None),
        ("Sudan is at war. The military fired.", "The military", STATE, None, "SDN:military"),
        ("Kenya was glad. Foreign leaders came.", "Foreign leaders", None, None, "?:leaders"),
        ("Kenya was glad. Governments agreed.", "Governments", None, None, "?:governments"),
    ],
)
def test_an_issuer_is_not_whom_it_writes_about(read, text, words, publisher, title, actor):
    assert read(text, publisher=publisher, title=title).of(words) == actor


def test_what_a_persons_people_say_is_not_the_persons_word(read):
    assert read("Alexei Navalny left. His associates were glad.").of("His associates") is None


def test_ministers_of_two_states_are_two_parties(read):
    found = read("Turkish and Greek ministers met.")
    assert found.several("Turkish and Greek ministers") == ("TUR:official", "GRC:official")


def test_who_announces_is_it_in_the_announcement(read):
    text = "Obama spoke after the announcement by General Motors that it had left Ohio."
    assert read(text).of("it") == "General Motors"
