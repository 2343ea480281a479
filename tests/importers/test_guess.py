from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.columns import column
from importers.guess import by_content, guess, heading_set, is_data
from importers.headings import settle


def roles(table: str) -> dict[str, tuple[str, bool]]:
    """Heading to role and sureness, of a table of ``|`` and lines."""
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in table.split("\n")]
    found = guess(head, [dict(zip(head, row, strict=False)) for row in rows])
    return {one.heading: (one.role, one.sure) for one in found}


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (
            (
                "First Name|Last Name|Company|Job Title|E-mail Address|Mobile Phone|Business Phone|"
                "Home City|Business Postal Code|Birthday|Web Page|Categories|Notes"
            ),
            (
                "given family org title email phone:mobile phone:work city:home code:work birthday "
                "url label note"
            ),
        ),
        (
            (
                "Vorname|Nachname|Firma|Position|E-Mail-Adresse|Handy|Telefon (geschäftlich)|"
                "Straße privat|PLZ|Geburtstag|Webseite|Kategorien|Bemerkungen"
            ),
            (
                "given family org title email phone:mobile phone:work street:home code "
                "birthday url label note"
            ),
        ),
        (
            (
                "Prénom|Nom|Société|Fonction|Courriel|Téléphone portable|Téléphone (bureau)|Ville|"
                "Code postal|Date de naissance|Site web|Catégories|Remarques"
            ),
            (
                "given family org title email phone:mobile phone:work city code birthday url label "
                "note"
            ),
        ),
        (
            (
                "Nombre|Apellidos|Empresa|Cargo|Correo electrónico|Móvil|"
                "Teléfono del trabajo|Ciudad|"
                "Código postal|Cumpleaños|Página web|Categorías|Notas"
            ),
            (
                "given family org title email phone:mobile phone:work city code birthday url label "
                "note"
            ),
        ),
        (
            (
                "Nome|Cognome|Azienda|Posizione|Indirizzo email|Cellulare|Telefono ufficio|"
                "Città|CAP|"
                "Compleanno|Sito web|Categoria|Appunti"
            ),
            (
                "given family org title email phone:mobile phone:work city code birthday url label "
                "note"
            ),
        ),
        (
            (
                "Nome|Sobrenome|Organização|Cargo|E-mail|Telemóvel|Telefone comercial|Cidade|CEP|"
                "Data de nascimento|Site|Etiquetas|Observações"
            ),
            (
                "given family org title email phone:mobile phone:work city code birthday url label "
                "note"
            ),
        ),
        (
            (
                "Voornaam|Achternaam|Bedrijf|Functie|E-mailadres|Mobiel|Telefoon werk|Woonplaats|"
                "Postcode|Geboortedatum|Website|Groepen|Notities"
            ),
            (
                "given family org title email phone:mobile phone:work city code birthday url label "
                "note"
            ),
        ),
        (
            (
                "first_name|lastName|EMail2|Phone #2|Company 2|Job title 2|Fax (work)|addressLine2|"
                "LinkedIn URL|twitter_handle|GitHub|Record ID|Time zone"
            ),
            (
                "given family email phone org:2 title:2 phone:work fax extended handle:linkedin "
                "handle:twitter handle:github key zone"
            ),
        ),
    ],
)
def test_headings_of_seven_languages_are_known(headings: str, expected: str) -> None:
    wanted = expected.replace("work fax", "work_fax").split()
    found = [role.replace("work fax", "work_fax") for role, _ in roles(headings).values()]
    assert found == wanted


@pytest.mark.parametrize(
    "heading",
    [
        *("Last contact", "First contact", "Email opt in", "Phone type", "Company size"),
        *("Lead source", "Account owner", "Created", "E-mail verified", "Status", "", "!!", "2"),
        "Username",
    ],
)
def test_a_heading_that_only_sounds_like_one_is_kept(heading: str) -> None:
    assert roles(f"{heading}|Name\n|Ada Wong")[heading] == ("keep", True)


def test_a_name_beside_a_first_name_is_the_family_unless_it_holds_both() -> None:
    assert roles("Vorname|Name\nAda|Wong")["Name"][0] == "family"
    assert roles("Name|First name\nAda Wong|Ada")["Name"][0] == "name"
    assert roles("Nom|Prénom\nWong|Ada")["Nom"][0] == "family"
    assert roles("Nom|Ville\nAda Wong|Lyon")["Nom"][0] == "name"
    assert roles("Nombre|Apellidos\nAna|García")["Nombre"][0] == "given"
    assert roles("Name|First|Last\nx|Ada|Wong")["Name"][0] == "name"


def test_an_address_beside_a_city_is_its_street() -> None:
    assert roles("Name|Adresse|Ort\nAda|Weg 1|Bern")["Adresse"][0] == "street"
    assert roles("Name|Adresse\nAda|Weg 1, Bern")["Adresse"][0] == "address"


def test_a_second_line_of_a_street_belongs_to_its_address() -> None:
    found = roles("Name|Home Street|Home Street 2|Home City|Work City 2\nAda|Weg 1|Hof|Bern|Zug")
    assert [role for role, _ in found.values()] == [
        *("name", "street:home", "street:home", "city:home", "city:work:2")
    ]


def test_a_title_is_a_form_of_address_if_its_cells_are() -> None:
    assert roles("Title|Name\nDr.|Ada\nMrs|Eve")["Title"][0] == "prefix"
    assert roles("Title|Name\nCTO|Ada\nDriver|Eve")["Title"][0] == "title"


@pytest.mark.parametrize(
    ("heading", "cell", "role", "sure"),
    [
        ("Umsatz 2025", "1.234,50 €", "value", True),
        ("Annual Revenue (EUR)", "1200", "value", True),
        ("Chiffre d'affaires", "12 000", "value", True),
        ("Amount", "$1,200", "value", False),
        ("Deal", "12", "value", False),
        ("Umsatz", "hoch", "keep", True),
        ("Score", "12", "keep", True),
        ("Visits", "3", "keep", True),
    ],
)
def test_only_a_column_that_speaks_of_money_is_taken_for_it(
    heading: str, cell: str, role: str, sure: bool
) -> None:
    assert roles(f"Name|{heading}\nAda Wong|{cell}")[heading] == (role, sure)


def test_what_only_its_cells_tell_is_not_sure_if_much_hangs_on_it() -> None:
    found = roles(
        "a|b|c|d|e|f\n"
        "Ada Wong|ada@x.example|+41 44 123 45 67|https://x.example|Switzerland|1980-05-03"
    )
    assert found == {
        "a": ("name", False),
        "b": ("email", False),
        "c": ("phone", False),
        "d": ("url", True),
        "e": ("country", True),
        "f": ("keep", True),
    }


def test_a_heading_its_cells_speak_against_is_not_sure() -> None:
    found = roles(
        "Contact|Phone|Mail|Birthday|Company|Note\n"
        "ada@x.example|Ada Wong|12|red|https://x.example|x"
    )
    assert found == {
        "Contact": ("email", False),
        "Phone": ("phone", False),
        "Mail": ("email", False),
        "Birthday": ("birthday", False),
        "Company": ("url", False),
        "Note": ("note", True),
    }


def test_names_of_other_things_are_no_second_name() -> None:
    found = roles("Name|Project\nAda Wong|Blue Moon")
    assert found["Project"] == ("keep", True)


def test_an_id_that_stands_twice_is_no_key() -> None:
    assert roles("ID|Name\n1|Ada\n2|Ben")["ID"][0] == "key"
    assert roles("ID|Name\n1|Ada\n1|Ben")["ID"][0] == "keep"


def test_a_column_of_letters_is_a_tier_and_one_of_words_is_not() -> None:
    assert roles("ABC|Name\nA|Ada\nb|Ben")["ABC"] == ("tier", True)
    assert roles("ABC|Name\nbig|Ada\nsmall|Ben")["ABC"] == ("label", False)


def test_an_example_is_short_and_one_line() -> None:
    (found,) = guess(["Note"], [{}, {"Note": " "}, {"Note": "a\n b" + "x" * 100}])
    assert found.example == "a b" + "x" * 57


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["a@x.example", "b@x.example", "?"], "email"),
        (["+41 44 123 45 67", "(044) 123 45 67"], "phone"),
        (["2024-01-02", "3 May 1980"], "date"),
        (["2024", "1999"], "number"),
        (["12345678", "87654321"], "number"),
        (["Ada Wong", "José de la Peña", "O'Neil, Pat"], "name"),
        (["www.x.example", "linkedin.com/in/ada"], "url"),
        (["CH", "Deutschland"], "country"),
        (["red", "blue"], ""),
        (["a@x.example", "red", "blue"], ""),
        ([], ""),
    ],
)
def test_cells_tell_what_they_are_by_most_of_them(cells: list[str], kind: str) -> None:
    assert by_content(cells) == kind


def test_headings_have_one_name_whatever_their_order_and_case() -> None:
    assert heading_set(["Name", "E-Mail "]) == heading_set(["e-mail", "NAME"])
    assert heading_set(["Name"]) != heading_set(["Name", "Name (2)"])
    assert len(heading_set(["\ud800"])) == 16


def test_a_first_row_with_an_address_and_no_heading_is_data() -> None:
    assert is_data(["Ada Wong", "ada@x.example"])
    assert is_data(["Ada Wong", "+41 44 123 45 67"])
    assert not is_data(["Name", "ada@x.example"])
    assert not is_data(["Ada Wong", "Globex"])
    assert not is_data([])


def test_headings_are_found_behind_a_preamble() -> None:
    rows = [["Report of", "ada@x.example"], [], ["Name", "E-Mail", " "], ["Ada", "a@x.example"]]
    assert settle(rows) == (2, ("Name", "E-Mail"))
    assert settle([[""], ["Ada Wong", "a@x.example"]]) == (0, ("column 1", "column 2"))
    assert settle([["a@x.example"]]) == (-1, ("column 1",))
    assert settle([["Shoe", "", "Hat"]]) == (0, ("Shoe", "column 2", "Hat"))
    assert settle([[""], []]) == (-1, ())


@given(
    st.lists(st.text(max_size=12), max_size=5, unique=True),
    st.lists(st.lists(st.text(max_size=20), max_size=5), max_size=4),
)
@settings(max_examples=100)
def test_every_column_gets_a_role_there_is(headings: list[str], rows: list[list[str]]) -> None:
    found = guess(headings, [dict(zip(headings, row, strict=False)) for row in rows])
    assert [one.heading for one in found] == headings
    for one in found:
        column(one.role)


def test_a_column_of_numbers_is_not_a_name_whatever_its_heading() -> None:
    rows = [
        {"Kunde": "K-1001", "Ansprechpartner": "Hans Meier"},
        {"Kunde": "K-1002", "Ansprechpartner": "Eva Vogt"},
    ]
    roles = {one.heading: one.role for one in guess(("Kunde", "Ansprechpartner"), rows)}
    assert roles == {"Kunde": "key", "Ansprechpartner": "name"}


def test_a_class_of_letters_is_a_tier_and_one_of_words_is_kept() -> None:
    letters = [{"Name": "Ada Wong", "Klasse": "A"}, {"Name": "Ben Ortiz", "Klasse": "c"}]
    assert [one.role for one in guess(("Name", "Klasse"), letters)] == ["name", "tier"]
    words = [{"Name": "Ada Wong", "Class": "Yoga"}, {"Name": "Ben Ortiz", "Class": "Chess"}]
    assert guess(("Name", "Class"), words)[1].role != "tier"
