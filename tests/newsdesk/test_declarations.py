"""Who speaks where no name stands before the verb, what counts as hostile where no charge is listed, and what is neither."""

from __future__ import annotations

import pytest

from newsdesk.genre import GenreReader
from newsdesk.kinds import Genre
from tests.newsdesk.test_genre import READER, read


def sides(genre: Genre) -> list[tuple[str, set[str]]]:
    return [(each.side, set(each.against)) for each in genre.declarations]


@pytest.mark.parametrize(
    ("language", "text", "side", "against"),
    [
        # a pronoun, also one put between commas or turned behind its verb
        ("en", "Russian Foreign Minister Igor Belov flew to Minsk. He accused Poland of greed.", "actor:RU", {"PL"}),
        ("en", "Iran's defense minister spoke for an hour. London, he said, is a nest of pirates.", "actor:IR", {"UK"}),
        ("pt", "O ministro da Venezuela subiu ao palco. Ele acusou a Espanha de cobiça.", "place:VE", {"ES"}),
        ("fr", "Le ministre russe a pris le micro. La France, a-t-il lancé, vit de mensonges.", "actor:RU", {"FR"}),
        ("pt", "O porta-voz russo abriu a sessão. Segundo ele, a França age como vassalo.", "actor:RU", {"FR"}),
        # the subject left out behind an adverbial, or whom a relative clause speaks of
        ("es", "El canciller de Cuba habló en Ginebra. Sobre Canadá, dijo que vive de la hipocresía.", "place:CU", {"CA"}),
        (
            "es",
            "El canciller ruso habló en Ginebra. Viajó con la OTAN, a la que llamó agresora e hipócrita, en mente.",
            "actor:RU",
            {"NATO"},
        ),
        # a surname that an earlier sentence introduced, and a colleague of the same ministry
        ("en", "Iranian Deputy Minister Reza Tavakol met farmers. Later Tavakol denounced Germany.", "actor:IR", {"DE"}),
        ("en", "Russia protested to Poland. Deputy foreign minister Oleg Sirin then accused Canada of theft.", "actor:RU", {"CA"}),
        # an office answers a question about a state
        ("es", "¿Qué dice Irán? La respuesta es dura. El portavoz, Amir Rostami, acusó a Francia.", "actor:IR", {"FR"}),
        ("fr", "Que répond la Chine ? Le porte-parole a dénoncé le Canada.", "actor:CN", {"CA"}),
        # something called a name that is no praise
        ("en", "The Kremlin called Germany a “tired landlord”.", "actor:RU", {"DE"}),
        ("en", "Russia's envoy said NATO is “a shop for old rifles”.", "actor:RU", {"NATO"}),
        ("es", "El canciller de Nicaragua llamó a Canadá “sastre de golpes”.", "place:NI", {"CA"}),
        (
            "pt",
            "O governo chinês falou. Em nota, o Ministério do Comércio afirma que o Canadá se comporta como “dono da rua”.",
            "actor:CN",
            {"CA"},
        ),
        ("fr", "La France « se conduit comme un huissier », a estimé le porte-parole du Kremlin.", "actor:RU", {"FR"}),
        ("en", "Canada, the Russian minister said, lives on theft.", "actor:RU", {"CA"}),
        ("pt", "O Irã disse que o naufrágio foi uma “peça encenada” pela França.", "actor:IR", {"FR"}),
        ("en", "Iran's envoy opened the fair with a jab at Canada.", "actor:IR", {"CA"}),
        ("en", "Cuba's minister told farmers that a threat from Canada hangs over the harvest.", "place:CU", {"CA"}),
        # a protest by its form
        ("en", "Russia summoned the German ambassador on Friday.", "actor:RU", {"DE"}),
        ("pt", "O Irã convocou o embaixador da França no domingo.", "actor:IR", {"FR"}),
    ],
)
def test_who_speaks_is_found_across_sentences(language: str, text: str, side: str, against: set[str]) -> None:
    assert (side, against) in sides(read(text, title="Agenda", language=language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Kremlin called Germany a “reliable partner”."),
        ("en", "China's spokesman said Washington and Beijing would “keep talking at all levels”."),
        ("en", "Bolivia's minister said Canada had sent 40 tonnes of blankets, “warm ones”."),
        ("pt", "A chanceler russa disse que a França “pediu mais uma semana” para responder."),
        ("fr", "L'ambassadeur de Chine a dit que la France « connaît bien le dossier »."),
        # people of a state are not its voice
        ("en", "Cuban dentists working abroad accused Canada of losing their papers."),
        ("es", "Los pescadores venezolanos criticaron a España por las redes."),
        ("fr", "Des étudiants iraniens ont critiqué la France."),
        # a private person's country is nobody who is spoken against, nor is who is threatened
        ("en", "Russia said it had sentenced a US citizen to nine years for theft."),
        ("en", "The Russian ministry said the drill was no threat to the European Union."),
        ("en", "The Kremlin said Germany is “a good neighbour of ours”."),
        ("pt", "O Irã disse que o porto foi um “ótimo presente” da obra feita pela França."),
        ("en", "Venezuela's minister said she would travel to Canada to discuss the theft of masks."),
        ("en", "Cuba's minister told guests from Canada that war is a crime."),
        ("es", "El ministro de Cuba dijo que el robo de combustible retrasó un vuelo a Canadá."),
        # another state's office, or a head of state, is no colleague of who spoke before
        ("es", "Irán envió una nota. El presidente de Chile, Pedro Lagos, condenó a Canadá."),
        ("es", "¿Qué dice Irán? El ministro de Chile, Pedro Lagos, condenó a Canadá."),
        # "he" whose antecedent is the target
        ("en", "Russia watched. Trump arrived late, and he condemned the delay in Canada."),
    ],
)
def test_what_only_looks_hostile_is_no_declaration(language: str, text: str) -> None:
    assert read(text, title="Agenda", language=language).declarations == ()


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("es", "Rodríguez, canciller de Cuba: “El bloqueo de Canadá es un crimen”"),
        ("en", "Iran minister: Germany's plot is piracy"),
        ("fr", "Caracas rompt avec l'OEA et accuse le Canada"),
        ("en", "Kremlin: “Poland lives on theft”"),
    ],
)
def test_a_headline_declares_by_a_colon_or_a_second_verb(language: str, title: str) -> None:
    genre = read("", title=title, language=language)
    assert genre.declares and all("speaks against" in each.why and "“”" not in each.why for each in genre.declarations)


@pytest.mark.parametrize(
    ("title", "declares"),
    [
        ("Kremlin says Germany 'sells its own roof'", True),
        ("Kremlin says Germany “sells its own roof”", True),
        ("Kremlin says Germany 'agreed to talks' in May", False),
        ("Kremlin says fire was 'a play staged' by Germany", True),
        ("Kremlin says Germany's chancellor arrives in May", False),
        ("Kremlin says Germany sent “two buses”" + " and more buses" * 12, False),
    ],
)
def test_what_a_headline_quotes_is_what_struck(title: str, declares: bool) -> None:
    assert read("", title=title).declares is declares


def test_what_somebody_is_called_is_shown() -> None:
    (declared,) = read("The Kremlin called Germany a “tired landlord”. It rained.", title="Agenda").declarations
    assert declared.charges == ("tired landlord",) and declared.why.endswith("“called” with “tired landlord”")
    assert not read("The Kremlin called Germany. “A tired landlord sleeps,” a song goes.", title="Agenda").declarations


def test_an_official_without_a_state_is_of_the_one_whose_office_the_headline_names() -> None:
    text = "The hall was half full. Ambassador Ivan Orlov read from a sheet. He accused Germany of greed."
    (declared,) = read(text, title="A night at the Russian embassy").declarations
    assert declared.side == "actor:RU" and declared.against == ("DE",)
    assert read(text, title="A night at the embassy").declarations == ()


INTERVIEW = (
    "Recibe a este diario en su despacho.\n¿Cómo está el puerto?\n{}\n¿Qué exporta?\nCafé y flores.\n"
    "¿Y usted, viaja mucho?\nPoco, nos falta tiempo."
)


def test_in_an_interview_the_guest_speaks() -> None:
    title = "Entrevista al embajador ruso"
    (declared,) = read(INTERVIEW.format("Francia es una marioneta."), title=title, language="es").declarations
    assert declared.side == "actor:RU" and declared.against == ("FR",) and declared.speaker == "ruso"
    (complained,) = read(INTERVIEW.format("Canadá nos cierra la puerta cada año."), title=title, language="es").declarations
    assert complained.against == ("CA",)
    assert not read(INTERVIEW.format("Canadá nos ayuda cada año."), title=title, language="es").declarations
    assert not read(INTERVIEW.format("Francia es una marioneta."), title="Entrevista al embajador sueco", language="es").declarations


def test_of_answers_and_of_live_lines_the_first_are_the_lead() -> None:
    questions = (
        "Who spoke?\nA minister.\nWhere?\nAt home.\nWhat did Russia say?\nRussia accused Poland of theft.\nWhat next?\nTalks in May."
    )
    assert read(questions, title="A guide").declares
    lines = [f"10:{minute} The hall fills up." for minute in range(10, 22)]
    live = "\n".join([*lines, "10:30 Russia accuses Poland of theft.", *lines])
    assert read(live, title="Live: Russian minister at the forum").declares and not read(live, title="Live: the forum").declares


def test_a_piece_without_a_watched_state_costs_no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsdesk.declarations._Field.read", lambda *_: pytest.fail("searched"))
    assert isinstance(READER, GenreReader) and read("Canada accused Poland of theft.", title="Agenda").declarations == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The oil minister thanked Iran for the shipment and condemned the sanctions of the United States."),
        ("en", "A watchdog urged Venezuela to free prisoners and accused the United States of deporting asylum seekers."),
        ("en", "Brazil's foreign minister met his Russian counterpart and has criticized the sanctions of the United States."),
        ("es", "El canciller argentino visitó Rusia y criticó las sanciones de Estados Unidos contra Cuba."),
        ("pt", "O ministro do Petróleo agradeceu ao Irã o envio e condenou as sanções dos Estados Unidos."),
        ("fr", "Le ministre du Pétrole a remercié l'Iran de l'envoi et a condamné les sanctions des États-Unis."),
    ],
)
def test_whom_an_earlier_verb_has_for_its_object_does_not_speak(language: str, text: str) -> None:
    assert sides(read(text, title="Agenda", language=language)) == []


@pytest.mark.parametrize(
    ("language", "text", "side"),
    [
        ("en", "The visiting Russian foreign minister met his Cuban counterpart and criticized the sanctions of the US.", "actor:RU"),
        ("en", "Speaking in Managua on Tuesday, the Nicaraguan president praised China and denounced the US as an empire.", "place:NI"),
        ("en", "A spokesman for the Russian embassy dismissed the report and accused the United States of slander.", "actor:RU"),
        ("es", "El ministro de Petróleo de Venezuela agradeció a Irán el envío y condenó las sanciones de Estados Unidos.", "place:VE"),
        ("es", "Durante un acto en Moscú, el presidente Vladímir Putin recibió a Maduro y acusó a EE.UU. de robo.", "actor:RU"),
        ("pt", "O chanceler cubano agradeceu ao Irã o envio e condenou as sanções dos Estados Unidos.", "place:CU"),
        ("fr", "Le ministre vénézuélien du Pétrole a remercié l'Iran et a condamné les sanctions des États-Unis.", "place:VE"),
    ],
)
def test_who_leads_the_sentence_speaks_by_its_later_verbs_too(language: str, text: str, side: str) -> None:
    assert sides(read(text, title="Agenda", language=language)) == [(side, {"US"})]


@pytest.mark.parametrize(
    ("language", "text", "side", "against"),
    [
        ("es", "El canciller ruso aseguró que Estados Unidos prepara revoluciones de color en la región.", "actor:RU", {"US"}),
        ("es", "El presidente de Bolivia dijo que Estados Unidos financió el golpe.", "place:BO", {"US"}),
        ("pt", "O presidente da Venezuela afirmou que os EUA financiaram o golpe.", "place:VE", {"US"}),
        ("en", "Russia's envoy said the United States exports color revolutions.", "actor:RU", {"US"}),
        ("fr", "Le ministre iranien a déclaré que l'hégémonie occidentale était terminée.", "actor:IR", {"West"}),
    ],
)
def test_coups_and_hegemony_are_charges_in_each_language(language: str, text: str, side: str, against: set[str]) -> None:
    assert sides(read(text, title="Agenda", language=language)) == [(side, against)]


def test_a_coup_that_is_told_of_in_the_united_states_charges_nobody() -> None:
    assert sides(read("El presidente de Bolivia habló en Estados Unidos y recordó el golpe de 2019.", title="Agenda", language="es")) == []
