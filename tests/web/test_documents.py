"""The reader of pages that the tests use: it lets nothing pass that html5lib would not."""

from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests import documents
from tests.documents import read_document
from tests.pages import Pages
from tests.world import World

SOUND = (
    '<!doctype html>\n<html lang="en"><head><title>A &amp; B</title></head><body><main><h1 id="a">One</h1><p>Two '
    '<a href="/x?a=1&amp;b=2">three</a></p><form><textarea name="t">\n &lt;b></textarea><input name=q value=\'"\'>'
    '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg></form><ul><li>x</li></ul></main></body></html>\n'
)
BROKEN = {
    "an end missing": ("three</a>", "three"),
    "an end too many": ("<h1", "</div><h1"),
    "ends crossed": ("three</a></p>", "three</p></a>"),
    "a block in a paragraph": ("<p>Two", "<p><ul><li>x</li></ul>Two"),
    "a list item in a form's text": ("<form>", "<form></li>"),
    "an attribute twice": ('id="a"', 'id="a" id="a"'),
    "a reference cut short": ("A &amp;", "A &amp"),
    "an unknown reference": ("A &amp; B", "A &nonsense; B"),
    "a quote left open": ('href="/x', "href=/x"),
    "a bare less-than": ("One", "1 < 2 <3"),
    "a form in a form": ("<input", "<form></form><input"),
    "a link in a link": ("three", "<a href=x>y</a>"),
    "words after the end": ("</html>\n", "</html> more"),
    "no doctype": ("<!doctype html>", ""),
    "an element closed in itself": ("<ul>", "<div/><ul>"),
    "a script left open": ("</main>", "<script>x</main>"),
}


@pytest.fixture(autouse=True)
def sound() -> None:
    """The sound page was approved before."""
    read_document(SOUND)


def told(element: Element) -> list[tuple[object, ...]]:
    """All elements but those that HTML adds by itself, and the first line break of a text area."""
    return [(one.tag, dict(one.attrib), (one.text or "").strip()) for one in element.iter() if one.tag != "tbody"]


@pytest.mark.parametrize("change", BROKEN)
def test_a_broken_page_is_noticed(change: str) -> None:
    before, after = BROKEN[change]
    assert before in SOUND
    with pytest.raises(AssertionError, match="not well-formed"):
        read_document(SOUND.replace(before, after, 1))


def test_a_page_that_was_approved_is_read_without_html5lib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "html5lib", None)
    tree = read_document(SOUND.replace("One", "Another").replace("/x?", "/y?"))
    assert [heading.text for heading in tree.iter("h1")] == ["Another"]
    assert [link.get("href") for link in tree.iter("a")] == ["/y?a=1&b=2"]


@pytest.mark.parametrize("path", ["/", "/events", "/desk/", "/desk/projects", "/desk/users/new"])
def test_it_reads_what_html5lib_reads(pages: Pages, world: World, path: str) -> None:
    text = pages.sign_in(world.administrator).get(path).html
    slow = html5lib.HTMLParser(namespaceHTMLElements=False).parse(text)
    assert told(read_document(text)) == told(slow)
    assert "".join(read_document(text).itertext()).split() == "".join(slow.itertext()).split()
