"""What stands in a document beside its plain text: notes, remarks, formulas, heads, figures."""

from xml.etree import ElementTree

import pytest

from acterm.errors import BadData
from acterm.viewers.formula import formula
from acterm.viewers.sheet_looks import formatted
from tests.viewers.looking import look, take, text
from tests.viewers.packages import docx, odf, paragraph, pptx, shape, xlsx

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def test_a_formula_of_word_is_read_on_one_line() -> None:
    root = (
        f'<m:oMath xmlns:m="{MATH}"><m:r><m:t>x=</m:t></m:r><m:f><m:num><m:rad><m:deg/><m:e>'
        "<m:sSup><m:e><m:r><m:t>b</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
        "</m:e></m:rad></m:num><m:den><m:r><m:t>2a</m:t></m:r></m:den></m:f></m:oMath>"
    )
    assert text(docx(f"<w:p>{root}</w:p>"), "a.docx") == "x=√(b²)/2a"


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("<mfrac><mn>1</mn><msqrt><mn>2</mn></msqrt></mfrac>", "1/√2"),
        ("<msub><mi>u</mi><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></msub>", "uₙ₊₁"),
        ("<msup><mi>e</mi><mi>y</mi></msup>", "e^y"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "³√x"),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a, b)"),
        ("<munderover><mo>∑</mo><mn>0</mn><mi>n</mi></munderover>", "∑₀ⁿ"),
        ("<semantics><mi>x</mi><annotation>x</annotation></semantics>", "x"),
    ],
)
def test_a_formula_of_an_opendocument_is_read_on_one_line(source: str, read: str) -> None:
    assert formula(ElementTree.fromstring(f"<math>{source}</math>")) == read  # noqa: S314 (ours)


def test_hidden_words_of_a_document_stay_hidden_and_changes_are_told() -> None:
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:del><w:r>"
        "<w:delText>mardi</w:delText></w:r></w:del><w:ins><w:r><w:t>jeudi</w:t></w:r></w:ins></w:p>"
    )
    shown = look(docx(body), "a.docx")
    assert [line.text for line in shown.lines] == ["jeudi"]
    assert shown.note == "2 modifications suivies sont montrées comme si elles étaient acceptées."


def test_what_every_page_of_a_document_has_stands_on_top_and_below_once() -> None:
    head = f'<w:hdr xmlns:w="{WORD}">{paragraph("Collège Jean-Moulin")}</w:hdr>'.encode()
    foot = f'<w:ftr xmlns:w="{WORD}">{paragraph("3")}{paragraph("Amiens")}</w:ftr>'.encode()
    parts = {"word/header1.xml": head, "word/header2.xml": head, "word/footer1.xml": foot}
    shown = text(docx(paragraph("Bonjour"), parts), "a.docx").split("\n")
    assert [line for line in shown if line.strip("─")] == [
        "Collège Jean-Moulin",
        "Bonjour",
        "Amiens",
    ]


def test_a_box_to_tick_is_seen_in_word() -> None:
    box = (
        '<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/'
        'wordml"><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>x</w:t>'
        "</w:r></w:sdtContent></w:sdt>"
    )
    assert text(docx(f"<w:p>{box}<w:r><w:t>oui</w:t></w:r></w:p>"), "a.docx") == "☒ oui"


def test_numbered_lists_of_an_opendocument_keep_their_numbers() -> None:
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" '
        'style:num-format="a"/></text:list-style>'
    )
    inner = "<text:list><text:list-item><text:p>sous</text:p></text:list-item></text:list>"
    body = (
        '<office:text><text:list text:style-name="L"><text:list-item><text:p>un</text:p>'
        f"</text:list-item><text:list-item>{inner}</text:list-item><text:list-item>"
        "<text:p>deux</text:p></text:list-item></text:list></office:text>"
    )
    shown = text(odf("text", body, styles), "a.odt").split("\n")
    assert [line.strip() for line in shown] == ["a. un", "• sous", "b. deux"]


def test_notes_and_remarks_of_an_opendocument_stand_at_its_end() -> None:
    body = (
        "<office:text><text:p>Un<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>la note</text:p></text:note-body></text:note> mot"
        "<office:annotation><text:p>à revoir</text:p></office:annotation>.</text:p></office:text>"
    )
    shown = [line for line in text(odf("text", body), "a.odt").split("\n") if line.strip("─")]
    assert shown == [
        "Un[1] mot[1].",
        "[1] la note",
        "Remarque [1]\xa0: à revoir",
    ]


def placed(words: str, across: int, down: int) -> str:
    """A text of a slide at a place of it."""
    place = f'<p:spPr><a:xfrm><a:off x="{across}" y="{down}"/></a:xfrm></p:spPr>'
    body = f"<p:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody>"
    return f"<p:sp>{place}{body}</p:sp>"


def test_the_texts_of_a_slide_are_read_as_they_stand_on_it() -> None:
    shapes = placed("bas", 0, 5_000_000) + placed("droite", 4_000_000, 2_000_000)
    shapes += placed("gauche", 0, 2_050_000) + shape("Titre", "title")
    shown = text(pptx(shapes), "a.pptx").split()
    assert shown == ["Titre", "gauche", "droite", "bas"]


def test_a_slide_has_its_notes_and_the_figures_of_its_chart() -> None:
    chart = (
        "<c:chartSpace xmlns:c='c'><c:ser><c:tx><c:v>Moyenne</c:v></c:tx><c:cat><c:v>T1</c:v>"
        "</c:cat><c:val><c:v>12.5</c:v></c:val></c:ser></c:chartSpace>"
    )
    notes = f"<p:notes xmlns:p='p' xmlns:a='a'><p:spTree>{shape('Insister')}</p:spTree></p:notes>"
    named = (
        '<Relationships><Relationship Id="r1" Type="x/notesSlide" Target="../notes/n.xml"/>'
        '<Relationship Id="r2" Type="x/chart" Target="/ppt/c.xml"/></Relationships>'
    )
    data = pptx(
        "<p:graphicFrame><c:chart xmlns:c='c' xmlns:r='r' r:id='r2'/></p:graphicFrame>",
        beside={
            "ppt/slides/_rels/s0.xml.rels": named,
            "ppt/notes/n.xml": notes,
            "ppt/c.xml": chart,
        },
    )
    shown = text(data, "a.pptx")
    assert "T1     12,5" in shown
    assert shown.endswith("• Insister")


def test_cells_show_their_percent_signs_money_and_errors() -> None:
    formats = (
        '<numFmts><numFmt numFmtId="170" formatCode="#,##0.00&quot; €&quot;"/></numFmts><cellXfs>'
        '<xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="170"/></cellXfs>'
    )
    cells = (
        '<c r="A1" s="1"><v>0.125</v></c><c r="B1" s="2"><v>1234.5</v></c>'
        '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D1"><f>A1</f></c><c r="E1"><v>3</v></c>'
    )
    shown = look(xlsx(cells, formats), "a.xlsx")
    words = "12,50\xa0%  1\u202f234,50\xa0€  #DIV/0!    3"
    assert shown.lines[0].text == words
    assert shown.note == "1 cellule n’a jamais été calculée\xa0: elle reste vide ici."


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [(12.5, "0.00", "12,50"), (0.5, "0%", "50\xa0%"), (-3, "#,##0 €", "-3\xa0€")],
)
def test_a_number_is_written_in_its_format(value: float, code: str, shown: str) -> None:
    assert formatted(value, code) == shown


def drawn(path: str) -> str:
    """A frame of an OpenDocument with a picture of it."""
    return f'<draw:frame><draw:image xlink:href="{path}"/></draw:frame>'


def test_the_pictures_in_a_document_can_be_opened() -> None:
    parts = {"word/media/image10.png": b"b", "word/media/image2.png": b"a", "word/x.emf": b"x"}
    data = docx(paragraph("Bonjour"), parts)
    assert [one.name for one in look(data, "a.docx").entries] == ["image2.png", "image10.png"]
    assert [take(data, "a.docx", number) for number in (1, 2)] == [b"a", b"b"]
    with pytest.raises(BadData, match="pas dans"):
        take(data, "a.docx", 3)


def test_a_slide_has_its_own_pictures_alone() -> None:
    pages = "".join(f"<draw:page>{drawn(f'Pictures/{at}.png')}</draw:page>" for at in (1, 2))
    body = f"<office:presentation>{pages}</office:presentation>"
    data = odf("presentation", body, more={"Pictures/1.png": b"1", "Pictures/2.png": b"2"})
    shown = look(data, "a.odp", page=2)
    assert [(one.number, one.name) for one in shown.entries] == [(2, "2.png")]
    assert take(data, "a.odp", 2) == b"2"


def test_a_text_with_as_many_lines_as_pictures_is_no_list_of_files() -> None:
    shown = look(docx(paragraph("Bonjour"), {"word/media/a.png": b"a"}), "a.docx")
    assert len(shown.lines) != len(shown.entries)


def test_headings_keep_the_numbers_that_word_gives_them() -> None:
    def level(number: int, form: str, shape: str) -> str:
        look = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shape}"/>'
        return f'<w:lvl w:ilvl="{number}">{look}</w:lvl>'

    def style(name: str, number: int) -> str:
        numbered = f'<w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="7"/></w:numPr>'
        look = f'<w:pPr>{numbered}<w:outlineLvl w:val="{number}"/></w:pPr>'
        return f'<w:style w:type="paragraph" w:styleId="{name}">{look}</w:style>'

    levels = level(0, "upperRoman", "%1.") + level(1, "lowerLetter", "%1.%2)")
    parts = {
        "word/numbering.xml": f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="1">'
        f'{levels}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
        "</w:numbering>",
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{style("T", 0)}{style("S", 1)}</w:styles>',
    }
    body = "".join(paragraph(words, named) for words, named in (("A", "T"), ("b", "S"), ("C", "T")))
    data = docx(body + paragraph("d", "S"), {name: part.encode() for name, part in parts.items()})
    assert text(data, "a.docx").split("\n\n") == ["I. A", "I.a) b", "II. C", "II.a) d"]


def test_headings_keep_the_numbers_that_an_opendocument_gives_them() -> None:
    levels = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I"/>'
        '<text:outline-level-style text:level="2" style:num-format="a" style:num-suffix=")" '
        'text:display-levels="2"/></text:outline-style>'
    )
    heads = (("A", 1), ("b", 2), ("C", 1), ("d", 2))
    body = "".join(
        f'<text:h text:outline-level="{level}">{words}</text:h>' for words, level in heads
    )
    data = odf("text", f"<office:text>{body}</office:text>", levels)
    assert text(data, "a.odt").split("\n\n") == ["I A", "I.a) b", "II C", "II.a) d"]
