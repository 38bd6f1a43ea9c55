"""What files say: the same list as PDF, DOCX, XLSX, XLS, DOC, OFD and CSV."""

import datetime

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from crawlers.attachments import FileView, Limits, read_file
from crawlers.grids import grids
from tests.attachments import samples

URL = "https://kjt.hubei.gov.cn/files/名单"
CELL = b"\x16\x24\x01"
ROW = CELL + b"\x17\x24\x01"


def told(content: bytes, name: str = "") -> FileView:
    view = read_file(content, URL, name=name)
    for grid in view.grids:
        assert len({len(row) for row in grid.rows}) == 1
        for cell in [cell for row in grid.rows for cell in row if cell]:
            assert view.text[slice(*cell.span)] == cell.text
    again = read_file(content, URL, name=name)
    assert (again.text, again.grids, again.warnings) == (view.text, view.grids, view.warnings)
    return view


def said(view: FileView, at: int = 0) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in view.grids[at].rows]


FULL_HEAD = [["序号", "机构名称", "所在地", "所在地"], ["序号", "机构名称", "省", "市"]]


@pytest.mark.parametrize("count", [5, 60])
def test_a_pdf_gives_paragraphs_and_its_ruled_table_as_one(count: int) -> None:
    view = told(samples.pdf(count))
    assert (view.media, view.text_layer) == ("pdf", "full")
    lines = view.text.split("\n")
    assert lines[:5] == ["各市、州科技局：", samples.TEXT, "一、加强管理", "1.按时报送。", f"附件：{samples.TITLE}"]
    assert said(view) == FULL_HEAD + samples.rows(count)
    assert view.text.count("机构名称") == 1
    assert "—" not in view.text
    assert view.grids[0].name == f"附件：{samples.TITLE}"
    assert view.grids[0].rows[2][2] is view.grids[0].rows[4][2]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_turned_page_reads_as_it_is_seen(turned: int) -> None:
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    samples.pdf()  # registers the font
    found = samples.io.BytesIO()
    canvas = Canvas(found, pagesize=(600, 600))
    canvas.setPageRotation(turned)
    canvas.translate(300, 300)
    canvas.rotate(turned)
    canvas.setFont("STSong-Light", 16)
    canvas.drawString(-150, 20, "第一行的话")
    canvas.drawString(-150, -20, "Second line")
    canvas.save()
    assert told(found.getvalue()).text == "第一行的话\nSecond line"


def test_a_docx_gives_its_blocks_in_order_and_merged_cells_everywhere() -> None:
    view = told(samples.word())
    assert view.media == "docx"
    assert said(view) == FULL_HEAD + samples.rows()
    assert view.text.startswith(f"{samples.TEXT}\n{samples.TITLE}\n序号\t机构名称\t所在地\n省\t市\n1\t")
    assert view.text.endswith("\n联系人：张三")
    assert view.grids[0].name == samples.TITLE


def test_a_docx_prints_automatic_numbers_and_text_boxes() -> None:
    document = docx.Document()
    for text in ("甲公司", "乙公司"):
        document.add_paragraph(text, style="List Number")
    box = f"<w:pict {nsdecls('w')}><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
    box += "<w:p><w:r><w:t>框中的话</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
    document.add_paragraph("正文").runs[0]._r.append(parse_xml(box))
    assert told(samples.saved(document)).text == "1.甲公司\n2.乙公司\n正文\n框中的话"


def test_an_xlsx_gives_every_sheet_with_merged_cells_dates_and_plain_numbers() -> None:
    book = samples.workbook()
    sheet = book.create_sheet("备用")
    sheet.sheet_state = "hidden"
    sheet.append(["成立日期", "注册资本", "比例", "编码"])
    sheet.append([datetime.date(2021, 3, 5), 500.0, 0.1 + 0.2, 914201001234567])
    view = told(samples.saved(book))
    assert [grid.name for grid in view.grids] == ["名单", "备用"]
    assert said(view)[1:] == FULL_HEAD + samples.rows()
    assert said(view)[0] == [samples.TITLE] * 4
    assert said(view, 1)[1] == ["2021-03-05", "500", "0.3", "914201001234567"]
    assert view.warnings == [("hidden_sheet", "备用")]


def test_a_formula_says_what_it_last_gave() -> None:
    book = openpyxl.Workbook()
    book.active.append(["企业", "营收"])
    book.active.append(["甲", "=1+1"])
    content = samples.repacked(
        samples.saved(book),
        "xl/worksheets/sheet1.xml",
        lambda b: (
            b.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
            .replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
            .replace(b"<f>1+1</f><v/>", b"<f>1+1</f><v>2</v>")
        ),
    )
    assert said(told(content))[1] == ["甲", "2"]


def test_an_xls_gives_the_same() -> None:
    view = told(samples.old_excel(), "名单.et")
    assert view.media == "xls"
    assert said(view)[1] == ["序号", "机构名称", "市", "认定时间"]
    assert said(view)[2] == ["1", samples.NAMES[0], "武汉市", "2023-10"]
    assert view.grids[0].rows[2][2] is view.grids[0].rows[4][2]


def test_a_doc_gives_paragraphs_fields_and_tables() -> None:
    parts = [("关于公布\x13 HYPERLINK x \x14名单\x15的通知\r", b"")]
    for line in (["序号", "机构名称"], ["1", "湖北江城实验室\r（筹）"]):
        parts += [(f"{text}\x07", CELL) for text in line] + [("\x07", ROW)]
    parts += [("联系人：张三 Tel\r", b"")]
    view = told(samples.doc(parts), "通知.wps")
    assert view.media == "doc"
    assert view.text == "关于公布名单的通知\n序号\t机构名称\n1\t湖北江城实验室 （筹）\n联系人：张三 Tel"
    assert said(view) == [["序号", "机构名称"], ["1", "湖北江城实验室 （筹）"]]


def test_an_ofd_gives_its_pages_with_ruled_tables() -> None:
    page = samples.ofd_text(30, 30, samples.TITLE)
    for y in (50, 60, 70):
        page += samples.ofd_line(30, y, 130, y)
    for x in (30, 60, 130):
        page += samples.ofd_line(x, 50, x, 70)
    for y, line in ((52, ["序号", "机构名称"]), (62, ["1", "湖北江城实验室"])):
        page += samples.ofd_text(32, y, line[0]) + samples.ofd_text(62, y, line[1])
    view = told(samples.ofd([page, samples.ofd_text(30, 30, "第二页的话"), ""]))
    assert view.text == f"{samples.TITLE}\n序号\t机构名称\n1\t湖北江城实验室\n第二页的话"
    assert said(view) == [["序号", "机构名称"], ["1", "湖北江城实验室"]]
    assert view.text_layer == "partial"


def test_a_csv_in_gbk_is_a_table() -> None:
    view = told('序号,机构名称\r\n1,"湖北江城\n实验室"\r\n'.encode("gb18030"), "名单.csv")
    assert said(view) == [["序号", "机构名称"], ["1", "湖北江城 实验室"]]
    assert view.charset == "gb18030"


def test_a_scanned_pdf_has_no_text_layer() -> None:
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    found = samples.io.BytesIO()
    canvas = Canvas(found)
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.save()
    view = told(found.getvalue())
    assert (view.text, view.text_layer) == ("", "none")


def test_the_bytes_tell_the_format_whatever_the_name() -> None:
    assert read_file(samples.excel(), URL + ".pdf", "application/pdf", "名单.pdf").media == "xlsx"
    assert read_file(samples.pdf(), URL, None, "名单.doc").media == "pdf"


def test_a_file_knows_its_hash_and_its_tables_are_found_as_those_of_a_page() -> None:
    view = read_file(samples.excel(), URL, name="名单.xlsx")
    assert len(view.document) == 64
    assert grids(view) is view.grids
    assert view.tree is None


@pytest.mark.slow
def test_a_scanned_page_is_read_by_its_picture() -> None:
    pytest.importorskip("rapidocr_onnxruntime")
    import pypdfium2  # noqa: PLC0415
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    picture = pypdfium2.PdfDocument(samples.pdf())[0].render(scale=3).to_pil()
    found = samples.io.BytesIO()
    canvas = Canvas(found, pagesize=(595, 842))
    canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
    canvas.save()
    view = read_file(found.getvalue(), URL, limits=Limits(ocr=True, seconds=200))
    assert "新型研发机构" in view.text
    assert view.warnings == [("ocr", "page 1")]
