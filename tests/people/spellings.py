"""Names of four customs, and the ways in which people and keyboards spell them: the matter of `pairs.py`."""

import random
from dataclasses import dataclass

from trainreg.kernel.mongolian import transliterate

MONGOLIAN = (
    "Бат Болд Дорж Ганбат Ганболд Батбаяр Батболд Бат-Эрдэнэ Мөнхбат Мөнхбаяр Мөнх-Эрдэнэ Энхбат Энхбаяр Энхтуяа "
    "Энхжаргал Отгонбаяр Отгончимэг Оюунчимэг Оюунтуяа Оюун Болор Болормаа Номин Сараа Сарангэрэл Наранцэцэг Нарантуяа "
    "Нарангэрэл Алтанцэцэг Алтантуяа Цэцэгмаа Мөнхцэцэг Мөнхтуяа Баярмаа Баярсайхан Баттулга Гантулга Ганзориг Зориг "
    "Түвшинбаяр Төмөр Төмөрбаатар Наранбаатар Хатанбаатар Цогтбаатар Сүхбаатар Сүхбат Батсүх Баатарсүх Пүрэвдорж "
    "Пүрэвсүрэн Мягмарсүрэн Лхагвасүрэн Лхагвадорж Цэрэндорж Цэндсүрэн Дэлгэрмаа Дэлгэрцэцэг Эрдэнэбилэг Өлзийбаяр "
    "Өлзийтуяа Өнөрбаяр Өнөрцэцэг Уранчимэг Үүрийнтуяа Хишигбаяр Хонгорзул Чинзориг Чулуунбат Анударь Билгүүн Тэмүүлэн "
    "Тэгшбаяр Сайнзаяа Ариунаа Ариунболд Юмжмаа Янжмаа Жавхлан Жаргалмаа Бямбадорж Даваадорж Нямдаваа Ичинхорлоо "
    "Мандухай Туяа Идэр Хулан Солонго Сувд Тунгалаг Золбаяр Амартүвшин Анхбаяр Бадамцэцэг Одончимэг Содбилэг"
).split()
FATHERS = (
    "Бат Болд Дорж Ганболд Батбаяр Бат-Эрдэнэ Бямба Цэрэн Цэнд Пүрэв Лхагва Даваа Мягмар Ням Очир Осор Намжил Жамсран "
    "Лувсан Дамба Гомбо Содном Самбуу Санжаа Хорлоо Баяраа Адьяа Чулуун Отгон Баатарсайхан Энхтайван Төмөр Сүхбаатар "
    "Мөнх Хүрэлбаатар Эрдэнэбат Өлзий Түдэв Түвдэн Рэнцэндорж Дашзэвэг Найдан Готов Вандан Шагдар Цогтгэрэл Гэндэн "
    "Жүгдэр Загд Ганзориг Хишигт Цэдэн Нацаг Радна Дугар Базар Балдан Чойжил Ёндон Юндэн Ядам"
).split()
CLANS = ("Боржигин", "Хатагин", "Цорос", "Хонгирад", "Жалайр", "Бэсүд")
RUSSIAN = (
    "Сергей Дмитрий Александр Алексей Андрей Юрий Николай Евгений Григорий Михаил Фёдор Виктор Ольга Татьяна Наталья "
    "Мария Юлия Ксения Екатерина Любовь Людмила Светлана Ирина Анна Яна Игорь Илья"
).split()
RUSSIAN_FAMILIES = (
    "Иванов Петров Соловьёв Щербаков Чернышев Жуков Хабаров Цветков Юдин Яковлев Ершов Лебедев Кузнецов Захаров "
    "Бадмаев Доржиев Цыренов Гаврилов Тихонов Виноградов Шишкин Воробьёв Муравьёв Филиппов"
).split()
WESTERN = (
    "Anna Marie José Jonas Marta Emre Jean-Pierre Catherine Stephen Philip Björn Søren Zoë François Michael Elizabeth "
    "Christopher Thomas Sarah Victoria Nicolas Alexander Joanna Karl Ingrid Pablo Carlos Lucía"
).split()
WESTERN_FAMILIES = (
    "Smith Johnson Müller Schmidt Garcia Núñez O'Brien MacDonald Kowalski Reinholt Kawalec Sarıgül Andersson Dubois "
    "Lefèvre Rossi Fernández Wagner Schneider Thompson Whitfield Novák Johansen Petersen Costa Silva"
).split()
MONONYMS = ("Sukarno Wiratama Suharti Kartini Pramono Wulandari Hartono Setiawan Lestari Mulyono Zaw Aung Thura Nilar "
            "Khin Rahmat Najibullah Shirin Parwana Zarghuna").split()  # fmt: skip

_RUSSIAN_LATIN = (
    {"е": "e", "ё": "e", "ж": "zh", "й": "i", "х": "kh", "ц": "ts", "ъ": "ie", "ы": "y", "ь": "", "э": "e",
     "ю": "iu", "я": "ia", "щ": "shch", "ө": "o", "ү": "u"},
    {"е": "e", "ё": "yo", "ж": "zh", "й": "y", "х": "kh", "ц": "ts", "ъ": "", "ы": "y", "ь": "", "э": "e",
     "ю": "yu", "я": "ya", "щ": "shch", "ө": "o", "ү": "u"},
    {"е": "e", "ё": "e", "ж": "zh", "й": "j", "х": "h", "ц": "c", "ъ": "", "ы": "y", "ь": "", "э": "e",
     "ю": "ju", "я": "ja", "щ": "sch", "ө": "o", "ү": "u"},
)  # fmt: skip
_POPULAR = (("ö", "o"), ("ö", "u"), ("ü", "u"), ("kh", "h"), ("ts", "c"), ("ye", "e"), ("j", "zh"), ("ii", "i"),
            ("ii", "iy"), ("y", "ii"), ("ai", "ay"), ("aa", "a"), ("iya", "ia"))  # fmt: skip


@dataclass(frozen=True)
class Custom:
    """Whose names these are: given names, and family names as they are written in a record."""

    name: str
    given: tuple[str, ...]
    families: tuple[str, ...]


def genitive(father: str) -> str:
    """Бат → Батын, Дорж → Доржийн, Бямба → Бямбын, Хорлоо → Хорлоогийн, Чулуун → Чулууны, Гэндэн → Гэндэнгийн."""
    vowels = [one for one in father.casefold() if one in "аэиоуөүяёюе"]
    back = vowels[-1] in "аоуяёю"
    if father.endswith(("аа", "оо", "уу", "ээ", "яа", "ий")):
        return f"{father}гийн"
    if father[-1] in "аоэ":
        return father[:-1] + ("ын" if back and father[-2] not in "жчшг" else "ийн")
    if father.endswith("н"):
        return f"{father}{'ы' if father[-3:-1] in {'уу', 'ва', 'ха'} else 'гийн'}"
    return f"{father}{'ын' if back and father[-1] not in 'жчшг' else 'ийн'}"


CUSTOMS = (
    Custom("mongolian", tuple(MONGOLIAN), tuple(map(genitive, FATHERS))),
    Custom("russian", tuple(RUSSIAN), tuple(RUSSIAN_FAMILIES)),
    Custom("western", tuple(WESTERN), tuple(WESTERN_FAMILIES)),
    Custom("mononym", tuple(MONONYMS), ("",)),
)


def in_latin(name: str, dice: random.Random, custom: str) -> str:
    """By the standard, as people spell it, or in one of the Russian ways."""
    if name.isascii() or custom in {"western", "mononym"}:
        return name
    if custom == "russian" or dice.random() < 0.1:
        table = dice.choice(_RUSSIAN_LATIN)
        return "".join(table.get(one, transliterate(one)) for one in name.casefold()).title()
    latin = transliterate(name)
    if dice.random() < 0.7:
        for standard, popular in dice.sample(_POPULAR, len(_POPULAR)):
            if dice.random() < 0.6:
                latin = latin.replace(standard, popular).replace(standard.title(), popular.title())
    return latin


def look_alike(name: str, dice: random.Random) -> str:
    """Typed where the keyboard lacks the letters."""
    pairs = dice.choice((("өє", "үї"), ("өѳ", "үv"), ("өо", "үу"), ("өє", "үv")))
    for own, other in pairs:
        name = name.replace(own, other).replace(own.upper(), other.upper())
    return name


def mistyped(name: str, dice: random.Random) -> str:
    """One letter left out, doubled, exchanged with its neighbour, or another one; the first one is rarely wrong."""
    if len(name) < 4:
        return name
    at = dice.randrange(0 if dice.random() < 0.05 else 1, len(name) - 1)
    other = dice.choice("абгдеиклмнорсту" if any("а" <= one <= "я" for one in name) else "abdegiklmnorstu")
    return dice.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            name[:at] + other + name[at + 1 :],
        )
    )
