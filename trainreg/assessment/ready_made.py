"""Ready-made evaluations after Kirkpatrick: how it was found (level 1), and whether it is used at work (level 3).

Every scale runs from 1 (not at all) to 5 (fully), so that a page reads and a figure compares alike everywhere.
"""

from collections.abc import Mapping, Sequence

from trainreg.assessment.opinions import ItemKind, When
from trainreg.kernel.types import Text

_S, _T = ItemKind.SCALE, ItemKind.TEXT

Item = tuple[ItemKind, Text]

READY_MADE: Mapping[When, Sequence[Item]] = {
    When.AFTER: (
        (
            _S,
            {
                "en": "The content was relevant to my work.",
                "mn": "Агуулга нь миний ажилд хамааралтай байсан.",
            },
        ),
        (
            _S,
            {
                "en": "I learned something that I did not know before.",
                "mn": "Би урьд нь мэддэггүй байсан зүйлээ сурсан.",
            },
        ),
        (
            _S,
            {
                "en": "The trainers explained clearly and answered our questions.",
                "mn": "Сургагч нар ойлгомжтой тайлбарлаж, асуултад хариулсан.",
            },
        ),
        (
            _S,
            {
                "en": "The exercises and discussions helped me to learn.",
                "mn": "Дасгал, хэлэлцүүлэг нь сурахад минь тусалсан.",
            },
        ),
        (
            _S,
            {
                "en": "The materials are useful to me after the event as well.",
                "mn": "Материал нь арга хэмжээний дараа ч надад хэрэгтэй.",
            },
        ),
        (
            _S,
            {
                "en": "Organisation, place and time suited me.",
                "mn": "Зохион байгуулалт, газар, цаг надад тохиромжтой байсан.",
            },
        ),
        (
            _S,
            {
                "en": "I will use what I learned in my work.",
                "mn": "Сурсан зүйлээ ажилдаа хэрэглэнэ.",
            },
        ),
        (_T, {"en": "What was most useful?", "mn": "Юу хамгийн хэрэгтэй байсан бэ?"}),
        (_T, {"en": "What should be done better next time?", "mn": "Дараагийн удаа юуг сайжруулах вэ?"}),
    ),
    When.FOLLOW_UP: (
        (
            _S,
            {
                "en": "I use what I learned in my work.",
                "mn": "Би сурсан зүйлээ ажилдаа хэрэглэж байна.",
            },
        ),
        (
            _S,
            {
                "en": "My superior and my colleagues support me in using it.",
                "mn": "Удирдлага, хамт олон маань хэрэглэхэд минь дэмжлэг үзүүлдэг.",
            },
        ),
        (
            _S,
            {
                "en": "I have passed on to colleagues what I learned.",
                "mn": "Сурсан зүйлээ хамт ажиллагсаддаа дамжуулсан.",
            },
        ),
        (_S, {"en": "My work has improved through it.", "mn": "Үүний ачаар ажил маань сайжирсан."}),
        (
            _T,
            {
                "en": "Give an example of how you used what you learned.",
                "mn": "Сурсан зүйлээ хэрхэн хэрэглэсэн жишээ бичнэ үү.",
            },
        ),
        (_T, {"en": "What keeps you from using more of it?", "mn": "Илүү хэрэглэхэд юу саад болж байна вэ?"}),
    ),
}
