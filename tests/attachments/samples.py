"""Files as governments publish them, made here: nothing is fetched and no font is needed."""

import io
import struct
import zipfile

import docx
import openpyxl
import xlwt
from docx.document import Document
from reportlab.lib import colors
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

TITLE = "湖北省新型研发机构名单"
HEAD = [["序号", "机构名称", "所在地", ""], ["", "", "省", "市"]]
NAMES = [
    "武汉光谷航天三江激光产业技术研究院有限公司",
    "湖北江城实验室",
    "武汉产业创新发展研究院",
    "湖北襄阳中德轨道交通焊接技术研究院",
    "宜昌市中日韩新型材料（先进制造）产业技术研究院有限公司",
]
CITIES = ["武汉市", "武汉市", "武汉市", "襄阳市", "宜昌市"]
TEXT = (
    "为深入贯彻落实省委省政府关于加快建设全国构建新发展格局先行区的部署要求，经组织申报、专家评审、现场考察，"
    "认定武汉光谷航天三江激光产业技术研究院等单位为湖北省新型研发机构，现予以公布。"
)


def rows(count: int = 5) -> list[list[str]]:
    return [[str(at + 1), NAMES[at % 5], "湖北省", CITIES[at % 5]] for at in range(count)]


def pdf(count: int = 5, password: str | None = None) -> bytes:
    """An official notice with a ruled table under a head of two rows, page numbers such as — 3 — at the foot."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("body", fontName="STSong-Light", fontSize=16, leading=28, firstLineIndent=32, wordWrap="CJK")
    cell = ParagraphStyle("cell", fontName="STSong-Light", fontSize=10.5, leading=14, wordWrap="CJK")
    lines = [[n, Paragraph(name, cell), p, c] for n, name, p, c in rows(count)]
    table = Table([*HEAD, *lines], colWidths=[40, 200, 80, 80], repeatRows=2)
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), "STSong-Light", 10.5)]
    style += [("SPAN", (2, 0), (3, 0)), ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (1, 1)), ("SPAN", (2, 2), (2, 4))]
    table.setStyle(TableStyle(style))

    def foot(canvas, page):  # type: ignore[no-untyped-def]
        canvas.setFont("STSong-Light", 14)
        canvas.drawCentredString(297, 40, f"— {page.page} —")

    found = io.BytesIO()
    encrypt = StandardEncryption(password, canPrint=0) if password else None
    texts = [
        Paragraph(text, body) for text in ("各市、州科技局：", TEXT, "一、加强管理", "1.按时报送。", f"附件：{TITLE}")
    ]
    SimpleDocTemplate(found, encrypt=encrypt, invariant=1).build([*texts, table], onFirstPage=foot, onLaterPages=foot)
    return found.getvalue()


def word() -> bytes:
    document: Document = docx.Document()
    document.add_paragraph(TEXT)
    document.add_paragraph(TITLE)
    table = document.add_table(rows=2, cols=4)
    for at, line in enumerate(HEAD):
        for column, text in enumerate(line):
            table.cell(at, column).text = text
    for line in rows():
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = text
    table.cell(0, 2).merge(table.cell(0, 3)).text = "所在地"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "序号"
    table.cell(0, 1).merge(table.cell(1, 1)).text = "机构名称"
    table.cell(2, 2).merge(table.cell(6, 2)).text = "湖北省"
    document.add_paragraph("联系人：张三")
    return saved(document)


def workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名单"
    sheet.append([TITLE])
    for line in [*HEAD, *rows()]:
        sheet.append([int(text) if text.isdigit() else text or None for text in line])
    for merged in ("A1:D1", "C2:D2", "A2:A3", "B2:B3", "C4:C8"):
        sheet.merge_cells(merged)
    return book


def excel() -> bytes:
    return saved(workbook())


def old_excel() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("名单")
    sheet.write_merge(0, 0, 0, 3, TITLE)
    for at, text in enumerate(["序号", "机构名称", "市", "认定时间"]):
        sheet.write(1, at, text)
    day = xlwt.easyxf(num_format_str="yyyy年m月")
    for at, (number, name, _, city) in enumerate(rows(), 2):
        sheet.write(at, 0, int(number))
        sheet.write(at, 1, name)
        sheet.write(at, 3, 45200 + at, day)
        if at == 2:
            sheet.write_merge(2, 4, 2, 2, city)
        elif at > 4:
            sheet.write(at, 2, city)
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


def saved(thing) -> bytes:  # type: ignore[no-untyped-def]
    found = io.BytesIO()
    thing.save(found)
    return found.getvalue()


def zipped(members: dict[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return found.getvalue()


def repacked(content: bytes, member: str, change) -> bytes:  # type: ignore[no-untyped-def]
    """The same package with one member changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zipped(members | {member: change(members[member])})


def ofd(pages: list[str]) -> bytes:
    """An OFD of pages, each the XML inside its layer."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    places = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/{at}.xml"/>' for at in range(len(pages)))
    members = {
        "OFD.xml": f"<ofd:OFD {space}>"
        "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{places}</ofd:Pages></ofd:Document>",
    }
    for at, page in enumerate(pages):
        layer = f"<ofd:Content><ofd:Layer>{page}</ofd:Layer></ofd:Content>"
        members[f"Doc_0/Pages/{at}.xml"] = f"<ofd:Page {space}>{layer}</ofd:Page>"
    return zipped(members)


def ofd_text(x: float, y: float, text: str, size: float = 5) -> str:
    steps = f"g {max(len(text) - 1, 1)} {size}"
    return (
        f'<ofd:TextObject Boundary="{x} {y} 150 {size}" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size * 0.9}" DeltaX="{steps}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def ofd_line(x0: float, y0: float, x1: float, y1: float) -> str:
    data = f"M 0 0 L {x1 - x0} {y1 - y0}"
    bounds = f"{x0} {y0} {max(x1 - x0, 0.2)} {max(y1 - y0, 0.2)}"
    return f'<ofd:PathObject Boundary="{bounds}"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def doc(paragraphs: list[tuple[str, bytes]], *, flags: int = 0x0200) -> bytes:
    """A Word 97 file: (text with its mark, property modifiers) per paragraph, half of it in one-byte pieces."""
    text = "".join(said for said, _ in paragraphs)
    start = 1536
    main = bytearray(start)
    struct.pack_into("<HH", main, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", main, 0x0A, flags)
    struct.pack_into("<I", main, 0x4C, len(text))
    encoded = text.encode("utf-16-le")
    main += encoded
    main += bytes(-len(main) % 512)
    limits, places, page, at = [start], [], bytearray(512), 510
    for said, properties in paragraphs:
        limits.append(limits[-1] + 2 * len(said))
        body = b"\x00\x00" + properties
        body += b"\x00" * (1 - len(body) % 2)  # an odd number: the count byte says 2 n - 1
        at -= len(body) + 1
        at -= at % 2
        page[at] = (len(body) + 1) // 2
        page[at + 1 : at + 1 + len(body)] = body
        places.append(at // 2)
    struct.pack_into(f"<{len(limits)}I", page, 0, *limits)
    for run, place in enumerate(places):
        page[4 * len(limits) + 13 * run] = place
    page[511] = len(paragraphs)
    papx = struct.pack("<III", start, limits[-1], len(main) // 512)
    main += page
    clx = (
        b"\x01\x02\x00\xff\xff\x02"
        + struct.pack("<I", 16)
        + struct.pack("<II", 0, len(text))
        + struct.pack("<HIH", 0, start, 0)
    )
    struct.pack_into("<II", main, 0x0102, 0, len(papx))
    struct.pack_into("<II", main, 0x01A2, len(papx), len(clx))
    return compound({"WordDocument": bytes(main), "1Table": papx + clx})


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file of a few streams, each padded beyond the size of small ones ([MS-CFB])."""
    size, sectors, table, entries = 512, b"", [], []
    root = ("Root Entry", 5, 0xFFFFFFFE, 0)
    for name, short in streams.items():
        content = short.ljust(4096, b"\0")
        count = -(-len(content) // size)
        first = len(table)
        table += [*range(first + 1, first + count), 0xFFFFFFFE]
        sectors += content.ljust(count * size, b"\0")
        entries.append((name, 2, first, len(content)))
    directory = b""
    for at, (name, kind, first, length) in enumerate([root, *entries]):
        raw = (name + "\0").encode("utf-16-le")
        right = at + 1 if 0 < at < len(entries) else 0xFFFFFFFF
        child = 1 if at == 0 else 0xFFFFFFFF
        directory += raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, right, child)
        directory += bytes(36) + struct.pack("<IQ", first, length)
    directory = directory.ljust(-(-len(directory) // size) * size, b"\0")
    begins = len(table)
    count = len(directory) // size
    table += [*range(begins + 1, begins + count), 0xFFFFFFFE]
    fat_at = len(table)
    table.append(0xFFFFFFFD)
    fat = struct.pack(f"<{len(table)}I", *table).ljust(size, b"\xff")
    assert len(fat) == size
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, begins, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<I", fat_at) + b"\xff" * (4 * 108)
    return head + sectors + directory + fat
