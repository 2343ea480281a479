"""What people and programs call their columns, in seven languages, and the roles they mean.

Words are folded and squeezed: ``E-Mail-Adresse`` is ``emailadresse``. The qualifiers that say
work or home stand in tables of their own, so ``Telefon (geschäftlich)`` needs no line here.
"""

from __future__ import annotations

from typing import Final

_ROLES: Final = {
    "name": "name fullname displayname contact contactname person kontakt gesamtname ganzername"
    " vollername vorundnachname nomcomplet nomprenom nometprenom prenometnom nombrecompleto"
    " nombreyapellidos nomecompleto nomeecognome naam volledigenaam voorenachternaam nom nombre"
    " nome client customer kunde cliente klant member mitglied contactperson ansprechpartner",
    "given": "given givenname givennames first firstname fname forename christianname vorname"
    " vornamen rufname prenom primernombre nombredepila nomeproprio primeironome voornaam",
    "middle": "middle middlename middlenames additionalname zweitervorname zweitname"
    " deuxiemeprenom segundonombre secondonome nomedomeio tweedenaam tussenvoegsel",
    "family": "family familyname last lastname lname surname nachname familienname zuname"
    " nomdefamille apellido apellidos cognome sobrenome apelido achternaam familienaam",
    "prefix": "prefix nameprefix salutation anrede honorific civilite tratamiento tratamento"
    " trattamento aanhef titolo akademischertitel",
    "suffix": "suffix namesuffix namenszusatz suffixe sufijo suffisso sufixo achtervoegsel",
    "nickname": "nick nickname alias spitzname surnom pseudo apodo soprannome alcunha bijnaam",
    "maiden": "maidenname geburtsname nomdejeunefille nomdenaissance",
    "sort_as": "fileas speichernunter sortas sortname",
    "org": "org organization organisation company companyname employer business account"
    " accountname firma firmenname unternehmen arbeitgeber societe entreprise raisonsociale"
    " empresa compania organizacion azienda societa ditta organizzazione organizacao companhia"
    " bedrijf bedrijfsnaam werkgever organisatie institution nameofcompany organizationname",
    "title": "title jobtitle job position role occupation profession titel funktion rolle beruf"
    " stelle stellung berufsbezeichnung poste fonction titre metier cargo puesto posicion"
    " profesion posizione qualifica mansione professione funcao profissao functie beroep"
    " functietitel currentposition",
    "department": "department dept abteilung departement departamento reparto dipartimento"
    " afdeling division",
    "email": "email mail emailaddress mailaddress emails mailadresse emailadresse eposta"
    " courriel adressemail adresseemail adresseelectronique mel correo correoelectronico"
    " direcciondecorreo direccionemail emailid postaelettronica indirizzoemail"
    " indirizzodipostaelettronica correioeletronico enderecodeemail emailadres mailadres epost"
    " internetaddress",
    "phone": "phone phones phonenumber telephone telephonenumber tel telefon telefonnummer"
    " telefonnr telnr rufnummer telefono numerodetelefono numerotelefono numeroditelefono"
    " numerodetelephone numerotelephone telefone fone numerodetelefone telefoon telefoonnummer"
    " phoneno contactnumber",
    "phone:mobile": "mobile mobil mobilephone mobilenumber mobileno mobiltelefon mobilnummer"
    " mobilfunk handy handynummer handynr cell cellphone cellnumber cellular natel portable"
    " telephoneportable telportable telephonemobile telmobile gsm movil celular telefonomovil"
    " cellulare telefonocellulare telemovel mobiel mobielnummer mobieletelefoon",
    "phone:home": "homephone festnetz festnetznummer landline telefonprivat privattelefon"
    " telefonofijo telefonofisso",
    "phone:work": "businessphone workphone officephone geschaftstelefon telefongeschaftlich",
    "phone:fax": "fax telefax faxnumber faxnummer faxnr facsimile telecopie telecopieur"
    " numerodefax",
    "phone:pager": "pager piepser",
    "url": "url urls website websites web webpage homepage site siteweb siteinternet sitioweb"
    " paginaweb sitoweb webseite internetseite weblink",
    "url:blog": "blog weblog",
    "address": "address addresses fulladdress postaladdress mailingaddress adresse anschrift"
    " postanschrift adressepostale direccion domicilio indirizzo endereco morada adres postadres",
    "street": "street streetaddress streetname addressline addressline1 address1 strasse"
    " strassehausnummer strasseundhausnummer strassenr rue adresse1 calle rua straat straatnaam"
    " straatenhuisnummer",
    "extended": "address2 address3 addressline2 addressline3 street2 adresszusatz adresse2"
    " complementdadresse complemento apartment suite",
    "po_box": "pobox postfach boitepostale apartadodecorreos casellapostale caixapostal postbus",
    "city": "city town ort stadt wohnort ville localite ciudad poblacion localidad municipio"
    " citta comune cidade localidade plaats woonplaats stad location standort",
    "region": "state province stateprovince provincestate region county bundesland kanton canton"
    " provincia estado regione provincie distrito",
    "code": "zip zipcode zippostalcode postalcode postcode pcode plz postleitzahl codepostal cp"
    " codigopostal cap codicepostale codicediavviamentopostale cep zippostcode",
    "country": "country countryregion countryname land staat pays pais paese nazione nation"
    " paisregion",
    "birthday": "birthday birthdate bday dob dateofbirth born geburtstag geburtsdatum gebdatum"
    " geboren datedenaissance naissance datenaissance cumpleanos fechadenacimiento"
    " fechanacimiento compleanno datadinascita nascita datadenascimento datanascimento"
    " nascimento geboortedatum verjaardag geboortedag anniversaire",
    "birth_day": "birthdayday dayofbirth geburtstagtag",
    "birth_month": "birthmonth monthofbirth geburtsmonat",
    "birth_year": "birthyear yearofbirth yob geburtsjahr jahrgang anneedenaissance geboortejaar"
    " anodenascimento annodinascita",
    "date:anniversary": "anniversary weddinganniversary weddingday hochzeitstag jahrestag"
    " aniversario anniversario trouwdag",
    "connected": "connectedon",
    "relation:spouse": "spouse wife husband ehepartner conjoint conyuge coniuge conjuge echtgenoot",
    "relation:child": "children child kinder enfants hijos figli filhos kinderen",
    "relation:manager": "manager managersname supervisor vorgesetzter",
    "relation:assistant": "assistant assistantsname assistent assistentin",
    "label": "tag tags label labels group groups category categories kategorie kategorien gruppe"
    " gruppen schlagwort schlagworte schlagworter stichworte categorie groupe groupes etiquette"
    " etiquettes categoria categorias grupo grupos etiqueta etiquetas gruppo gruppi etichette"
    " groep groepen segment segments keywords lists",
    "tier": "tier abc abcklasse abcclass abckunde abcanalyse kundenklasse",
    "note": "note notes notiz notizen bemerkung bemerkungen anmerkung anmerkungen kommentar"
    " kommentare comment comments remark remarks remarque remarques commentaire commentaires"
    " nota notas observaciones comentarios commenti osservazioni appunti observacoes notitie"
    " notities opmerking opmerkingen memo",
    "gender": "gender sex geschlecht sexe sexo sesso genero genere geslacht",
    "language": "language languages sprache sprachen langue idioma lingua taal",
    "zone": "timezone zeitzone fuseauhoraire zonahoraria fusoorario fusohorario tijdzone",
    "key": "id uid uuid guid identifier recordid externalid rowid systemid vid"
    " kundennummer kundennr kundenid mitgliedsnummer numeroclient klantnummer referenceid",
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


WORDS: Final = {word: role for role, words in _ROLES.items() for word in words.split()}
"""A squeezed heading to the role it means."""

QUALIFIERS: Final = {
    word: label
    for label, words in {
        "work": "work business office company job professional geschaftlich geschaft buro"
        " dienstlich arbeit firma beruflich professionnel professionnelle bureau travail trabajo"
        " oficina empresa lavoro ufficio comercial trabalho escritorio werk zakelijk kantoor"
        " organization organisation",
        "home": "home private personal privat persoonlijk prive thuis personnel personnelle"
        " domicile maison casa particular personale privato pessoal residencial",
        "other": "other andere anderer weitere weiterer autre otro otra altro altra outro outra"
        " alternate alternative overig ander",
    }.items()
    for word in words.split()
}
"""Words beside a noun that say which one it is, to the label."""

FILLERS: Final = _words(
    "contact contacts kontakt contacto contatto contato primary main default preferred lead"
    " customer client kunde kunden person people my your the de del della du of der des di do da"
    " number no nr num"
)
"""Words that may stand beside a noun and say nothing."""

ALONE: Final = frozenset({"first", "last", "middle", "given", "family", "prefix", "suffix"})
"""Words that mean a name only where nothing stands beside them: not in ``Last contact``."""

SERVICES: Final = _words(
    "linkedin twitter x facebook instagram github gitlab telegram whatsapp skype xing mastodon"
    " signal wechat discord tiktok youtube bluesky threads icq jabber xmpp msn aim"
)
SERVICE_FILLERS: Final = _words(
    "url profile profil perfil profilo link handle username user id account page bio konto"
    " name address nickname public"
)

MONEY: Final = _words(
    "revenue umsatz turnover amount value deal deals betrag wert auftragswert ltv arr mrr"
    " montant valeur chiffre importe ingresos valor facturacion fatturato importo valore receita"
    " faturamento omzet bedrag waarde sales spend spent donation donations spende spenden budget"
    " invoiced paid worth price preis opportunity volumen volume"
)
CLEAR_MONEY: Final = _words(
    "revenue umsatz turnover ltv arr mrr facturacion fatturato faturamento omzet dealvalue"
    " dealamount totalspent totalspend lifetimevalue customerlifetimevalue jahresumsatz"
    " gesamtumsatz chiffredaffaires auftragswert totalrevenue"
)
"""Headings that say by themselves that money stands below."""

UNSURE: Final = frozenset({"aniversario", "location", "standort", "account", "business", "alias"})
"""Headings that mean another thing in another table."""

CLASS: Final = _words("klasse class kategorie category kundenklasse classe clase rang rank prio")
"""Headings of a column of letters by which somebody has sorted people already."""

TITLES: Final = _words(
    "mr mrs ms miss mx dr prof sir herr frau dipl ing mag lic mme mlle m sr sra srta dott sig"
    " dhr mevr drs ir herrn professor doctor madame monsieur"
)
"""Forms of address: a column of these is no job title."""

COUNTRIES: Final = _words(
    "germany deutschland de allemagne austria osterreich at switzerland schweiz suisse svizzera"
    " ch france frankreich fr francia italy italien italia it spain spanien espana es portugal"
    " pt netherlands niederlande nederland nl belgium belgien belgique be luxembourg luxemburg"
    " lu uk gb england scotland ireland irland ie usa us canada kanada ca mexico mexiko mx"
    " brazil brasil brasilien br argentina ar chile cl denmark danemark dk sweden schweden"
    " sverige se norway norwegen norge no finland fi poland polen polska pl czechia cz hungary"
    " ungarn hu romania ro greece gr turkey turkei tr russia russland ru ukraine ua israel il"
    " india indien in china cn japan jp korea kr singapore sg australia australien au za"
    " unitedkingdom unitedstates unitedstatesofamerica newzealand southafrica czechrepublic"
    " grossbritannien hongkong southkorea"
)
"""Common names and codes of countries, squeezed."""
