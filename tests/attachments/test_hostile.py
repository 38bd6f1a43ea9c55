"""Files that would hurt: bombs, lies, locks and rubbish end in one kind of error and cost little."""

import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.attachments import CODES, AttachmentError, FileView, Limits, process, read_file
from crawlers.attachments.limits import MB
from schema.language import say
from tests.attachments import samples

URL = "https://kjt.hubei.gov.cn/files/a.pdf"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><l>&c;</l>'
)


def code(content: bytes, name: str = "", limits: Limits | None = None) -> str:
    with pytest.raises(AttachmentError) as caught:
        read_file(content, URL if not name else "https://x.cn/", name=name, limits=limits)
    assert caught.value.code in CODES
    assert say(caught.value.what, "zh") != caught.value.what, caught.value.what
    assert not caught.value.remedy or say(caught.value.remedy, "zh") != caught.value.remedy, caught.value.remedy
    return caught.value.code


def attempt(content: bytes, limits: Limits | None = None) -> tuple[FileView | None, str]:
    try:
        return read_file(content, URL, limits=limits), ""
    except AttachmentError as error:
        return None, error.code


def flat(size: int) -> bytes:
    return samples.zipped({"a.txt": b"0" * size})


def test_a_zip_that_unpacks_to_a_thousand_times_its_size_is_a_bomb() -> None:
    assert code(flat(40 * MB)) == "bomb"


def test_zips_nested_like_42_zip_are_a_bomb() -> None:
    content = samples.zipped({"a.txt": "甲"})
    for _ in range(4):
        content = samples.zipped({f"{at}.zip": content for at in range(4)})
    assert code(content) == "bomb"


def test_a_zip_of_too_many_members_is_a_bomb() -> None:
    assert code(samples.zipped({f"{at}.txt": "" for at in range(200)}), limits=Limits(members=100)) == "bomb"


def test_many_small_members_are_a_bomb_together() -> None:
    assert code(samples.zipped({f"{at}.txt": b"0" * MB for at in range(9)}), limits=Limits(expanded=8 * MB)) == "bomb"


def test_an_xlsx_whose_sheet_is_a_bomb_is_one() -> None:
    content = samples.repacked(samples.excel(), "xl/worksheets/sheet1.xml", lambda sheet: sheet + b" " * 40 * MB)
    assert code(content) == "bomb"


@pytest.mark.parametrize(
    ("content", "member"),
    [
        (samples.word(), "word/document.xml"),
        (samples.excel(), "xl/styles.xml"),
        (samples.excel(), "xl/worksheets/sheet1.xml"),
        (samples.ofd([""]), "Doc_0/Document.xml"),
    ],
    ids=["docx", "xlsx", "sheet", "ofd"],
)
def test_xml_that_declares_entities_is_a_bomb(content: bytes, member: str) -> None:
    assert code(samples.repacked(content, member, lambda _: LAUGHS)) == "bomb"
    utf16 = LAUGHS.decode().replace('version="1.0"', 'version="1.0" encoding="utf-16"').encode("utf-16")
    assert code(samples.repacked(content, member, lambda _: utf16)) == "bomb"


def pdf_of(stream: bytes, how: str = "/Filter /FlateDecode") -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(stream), how.encode(), stream),
    ]
    found, places = b"%PDF-1.4\n", []
    for at, body in enumerate(objects, 1):
        places.append(len(found))
        found += b"%d 0 obj\n%s\nendobj\n" % (at, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Root 1 0 R /Size 5 >>\nstartxref\n%d\n%%%%EOF" % len(found)
    return found + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def test_a_pdf_that_unpacks_without_end_is_stopped() -> None:
    bomb = zlib.compress(zlib.compress(b" " * 300 * MB, 9), 9)
    content = pdf_of(bomb, "/Filter [/FlateDecode /FlateDecode]")
    _, code = attempt(content, Limits(seconds=10, memory=256 * MB))
    assert code in {"", "memory", "timeout", "damaged", "bomb"}


def test_a_file_that_makes_the_parser_spin_is_stopped() -> None:
    drawn = zlib.compress(b"0 0 m 1 1 l S\n" * 4_000_000, 9)
    assert code(pdf_of(drawn), limits=Limits(seconds=1)) == "timeout"


def test_a_parser_that_swells_is_stopped() -> None:
    drawn = zlib.compress(b"0 0 m 1 1 l S\n" * 4_000_000, 9)
    assert code(pdf_of(drawn), limits=Limits(memory=200 * MB)) == "memory"


def test_no_child_outlives_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    real = process.subprocess.Popen

    def noted(*given, **named):  # type: ignore[no-untyped-def]
        child = real(*given, **named)
        started.append(child.pid)
        return child

    monkeypatch.setattr(process.subprocess, "Popen", noted)
    assert code(pdf_of(zlib.compress(b"0 0 m 1 1 l S\n" * 4_000_000)), limits=Limits(seconds=0.5)) == "timeout"
    assert not Path(f"/proc/{started[0]}").exists()


def test_a_file_that_is_too_large_is_not_even_handed_on() -> None:
    assert code(b"%PDF-1.4" + bytes(100), limits=Limits(size=50)) == "too_large"
    assert code(samples.excel(), limits=Limits(cells=10)) == "too_large"
    assert code(samples.pdf(60), limits=Limits(pages=1)) == "too_large"
    assert code(samples.word(), limits=Limits(text=20)) == "too_large"


def test_a_merged_range_over_the_whole_sheet_costs_nothing() -> None:
    book = samples.workbook()
    book.active["XFD1048576"] = "远"
    merged = b"".join(b'<mergeCell ref="A%d:XFD1048576"/>' % at for at in range(20, 2000))
    content = samples.repacked(
        samples.saved(book),
        "xl/worksheets/sheet1.xml",
        lambda x: x.replace(b"</mergeCells>", merged + b"</mergeCells>"),
    )
    view = read_file(content, URL)
    assert (len(view.grids[0].rows), len(view.grids[0].rows[0])) == (9, 5)


def test_locked_files_are_said_to_be() -> None:
    assert code(samples.pdf(password="secret")) == "encrypted"
    assert code(samples.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})) == "encrypted"
    assert code(samples.doc([("甲\r", b"")], flags=0x0300)) == "encrypted"


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"", "not_a_file"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html><title>404</title>", "not_a_file"),
        (b"<script>location.href='/login'</script>", "not_a_file"),
        (b'{"code":403,"msg":"denied"}', "not_a_file"),
        ("文件不存在".encode(), "not_a_file"),
        (b"7z\xbc\xaf\x27\x1c\0\0", "unsupported"),
        (b"{\\rtf1 }", "unsupported"),
        (b"\x00\x01\x02\x03" * 9, "unsupported"),
        (samples.zipped({"[Content_Types].xml": "<a/>", "ppt/presentation.xml": "<a/>"}), "unsupported"),
        (samples.compound({"PowerPoint Document": b"x"}), "unsupported"),
    ],
)
def test_what_is_no_such_file_is_said(content: bytes, wanted: str) -> None:
    assert code(content) == wanted


WHOLE = {
    "pdf": samples.pdf(),
    "docx": samples.word(),
    "xlsx": samples.excel(),
    "xls": samples.old_excel(),
    "doc": samples.doc([("甲公司\r", b"")]),
    "ofd": samples.ofd([samples.ofd_text(30, 30, "甲公司")]),
}


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_file_that_ends_too_early_is_damaged_or_says_what_is_left(name: str, share: float) -> None:
    content = WHOLE[name]
    _, code = attempt(content[: int(len(content) * share)])
    assert code in {"", "damaged", "unsupported"}


@settings(max_examples=12)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"Rar!\x1a\x07\x00", b"\t\x08\x10\0\0\x06\x05\0"]),
)
def test_any_bytes_end_in_a_view_or_in_one_kind_of_error(body: bytes, head: bytes) -> None:
    _, code = attempt(head + body)
    assert code in CODES | {""}


@settings(max_examples=18)
@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_a_file_with_broken_bytes_ends_so_too_and_its_spans_hold(name: str, data: st.DataObject) -> None:
    content = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    view, code = attempt(bytes(content))
    assert code in CODES | {""}
    for grid in view.grids if view else ():
        assert all(view.text[slice(*cell.span)] == cell.text for row in grid.rows for cell in row if cell)


def test_reading_leaves_no_file_and_no_open_descriptor() -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    read_file(samples.excel(), URL)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
