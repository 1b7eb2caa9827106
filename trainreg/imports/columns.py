"""The fields that columns can be, and what headings usually call them in English, Mongolian and Russian."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l

from trainreg.imports.plan import Column
from trainreg.kernel.text import fold
from trainreg.people.printing import TRADITIONAL
from trainreg.people.words import PRINTED_NAME_WORDS


def _names(words: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in words.split(","))


FULL_NAME = Column(
    "full_name",
    _l("Full name, family name first"),
    names=_names("name,full name,participant,participant name,овог нэр,овог нэрс,бүтэн нэр,нэрс,фио,ф и о,имя фамилия"),
)
NAMES = (
    Column(
        "family_name",
        _l("Family name or patronymic"),
        "Батын",
        _names(
            "family name,last name,surname,patronymic,father s name,овог,эцгийн нэр,эцэг эхийн нэр,фамилия,отчество"
        ),
    ),
    Column(
        "given_name",
        _l("Given name"),
        "Болор",
        _names("given name,first name,forename,нэр,өөрийн нэр,имя"),
    ),
    FULL_NAME,
    Column(
        "family_name_latin",
        _l("Family name or patronymic in Latin letters"),
        "Batyn",
        _names("family name latin,surname latin,family name in latin,латин овог,овог латин,овог латинаар"),
    ),
    Column(
        "given_name_latin",
        _l("Given name in Latin letters"),
        "Bolor",
        _names("given name latin,first name latin,given name in latin,латин нэр,нэр латин,нэр латинаар"),
    ),
)
CERTIFICATE_NAMES = tuple(
    Column(f"certificate_name_{language}", PRINTED_NAME_WORDS[language], example, _names(usual))
    for language, example, usual in (
        ("en", "Dr. Bolor Bat", "certificate name,name on certificate,certificate name english"),
        ("mn", "Доктор Батын Болор", "certificate name mongolian,гэрчилгээний нэр,гэрчилгээнд бичих нэр"),
        ("fr", "", "certificate name french,nom sur le certificat"),
        ("es", "", "certificate name spanish,nombre en el certificado"),
        (TRADITIONAL, "", "traditional mongolian name,name in traditional script,монгол бичгээр,монгол бичиг"),
    )
)
PERSON = (
    *NAMES,
    *CERTIFICATE_NAMES,
    Column("sex", _l("Sex"), _l("female"), _names("sex,gender,хүйс,пол,f m,m f")),
    Column(
        "age_band",
        _l("Age"),
        _l("35 to 44"),
        _names("age band,age,age group,нас,насны бүлэг,возраст,возрастная группа"),
    ),
    Column(
        "email",
        _l("E-mail address"),
        "bolor@example.org",
        _names("email,e mail,mail,email address,имэйл,и мэйл,цахим шуудан,цахим хаяг,электронная почта,почта,эл почта"),
    ),
    Column(
        "phone",
        _l("Telephone"),
        "+976 9911 2233",
        _names("phone,mobile,tel,telephone,phone number,утас,утасны дугаар,гар утас,телефон"),
    ),
)
AGENCY = Column(
    "agency",
    _l("Agency, its code or name"),
    "ministry-of-labour",
    _names(
        "agency,organisation,organization,institution,ministry,employer,agency code,agency name,"
        "байгууллага,байгууллагын нэр,яам,ажлын газар,албан газар,организация,ведомство,учреждение,место работы"
    ),
)
POSTING = (
    Column(
        "position",
        _l("Position"),
        _l("Specialist"),
        _names("position,title,job title,post,function,албан тушаал,тушаал,ажил,должность"),
    ),
    Column("level", _l("Level of the position"), _l("middle"), _names("level,rank,grade,түвшин,зэрэглэл,уровень")),
    Column("province", _l("Province"), "", _names("province,region,aimag,аймаг,аймаг хот,область,провинция")),
)
ROLE = Column("role", _l("Role"), _l("participant"), _names("role,оролцооны хэлбэр,үүрэг,роль"))
GROUP = Column("group", _l("Group"), "", _names("group,бүлэг,баг,группа"))
REFERENCE = Column(
    "reference",
    _l("Reference"),
    "",
    _names("reference,ref,registration reference,бүртгэлийн код,лавлах дугаар,номер регистрации"),
)
AGENCIES = (
    Column("code", _l("Code"), "border-protection", _names("code,agency code,код,товчлол,код ведомства")),
    Column(
        "name_en",
        _l("Name in English"),
        "Border Protection",
        _names(
            "name,name en,english name,name english,agency,organisation,organization,англи нэр,нэр англиар,название"
        ),
    ),
    Column(
        "name_mn",
        _l("Name in Mongolian"),
        "Хил хамгаалах ерөнхий газар",
        _names("name mn,mongolian name,name mongolian,монгол нэр,нэр монголоор,нэр,байгууллагын нэр,байгууллага"),
    ),
    Column(
        "parent",
        _l("Part of"),
        "",
        _names("parent,parent code,part of,belongs to,above,харьяа,харьяалал,дээд байгууллага,вышестоящая организация"),
    ),
    Column("name_fr", _l("Name in French"), "", _names("name fr,french name,name french,nom,франц нэр,нэр францаар")),
    Column("name_es", _l("Name in Spanish"), "", _names("name es,spanish name,name spanish,nombre,испани нэр")),
)
EVENT = (
    Column(
        "title",
        _l("Event"),
        _l("Seminar on labour migration"),
        _names(
            "event,event title,title of the event,seminar,training,арга хэмжээ,арга хэмжээний нэр,мероприятие,семинар"
        ),
        is_needed=True,
    ),
    Column("kind", _l("Kind of event"), _l("seminar"), _names("kind,kind of event,event type,type,төрөл,тип,вид")),
    Column(
        "first_day",
        _l("First day"),
        "2025-03-05",
        _names("first day,start,starts,start date,date,from,эхлэх өдөр,эхэлсэн огноо,огноо,дата начала,дата"),
        is_needed=True,
    ),
    Column(
        "last_day",
        _l("Last day"),
        "2025-03-06",
        _names("last day,end,ends,end date,to,until,дуусах өдөр,дууссан огноо,дата окончания"),
    ),
    Column("place", _l("Place"), _l("Ulaanbaatar"), _names("place,venue,city,location,газар,байршил,хот,место")),
)
ATTENDANCE = Column(
    "attendance",
    _l("Attendance"),
    _l("present"),
    _names("attendance,attended,present,ирц,оролцсон,ирсэн эсэх,присутствие,посещение"),
)


def guess(headings: Sequence[str], columns: Sequence[Column], remembered: Mapping[str, str]) -> list[str]:
    """The field of each heading, each field once: as remembered, else by its label, else by another usual name."""
    known = {column.field for column in columns}
    by_name: dict[str, str] = {}
    for column in columns:
        for name in (fold(str(column.label)), fold(column.field.replace("_", " ")), *column.names):
            by_name.setdefault(name, column.field)
    wanted = [fold(heading) for heading in headings]
    fields = [remembered.get(name, "") if remembered.get(name) in known else "" for name in wanted]
    for place, name in enumerate(wanted):
        if not fields[place] and name not in remembered and (found := by_name.get(name)) and found not in fields:
            fields[place] = found
    taken: set[str] = set()
    for place, field in enumerate(fields):
        if field in taken:
            fields[place] = ""
        taken.add(field)
    return fields
