"""Archives: members one after another, names in GBK and UTF-8, nothing ever written to a path."""

import io
import shutil
from pathlib import Path

import pytest

from crawlers.attachments import AttachmentError, read_file
from tests.attachments import samples

URL = "https://kjt.hubei.gov.cn/files/附件.zip"


def test_a_zip_gives_the_text_and_tables_of_all_its_members() -> None:
    view = read_file(samples.zipped({"附件1.xlsx": samples.excel(), "通知/正文.txt": "各有关单位："}), URL)
    assert view.media == "zip"
    assert view.members == ["附件1.xlsx", "通知/正文.txt"]
    assert [grid.name for grid in view.grids] == ["附件1.xlsx/名单"]
    assert view.text.endswith("\n各有关单位：")
    assert view.text_layer == "full"
    assert all(view.text[slice(*c.span)] == c.text for row in view.grids[0].rows for c in row if c)


def test_a_zip_in_a_zip_is_read_and_a_member_that_cannot_be_is_named() -> None:
    inner = samples.zipped({"b.csv": "序号,名称\n1,甲", "c.png": b"\x89PNG\r\n"})
    view = read_file(samples.zipped({"a.zip": inner}), URL)
    assert view.members == ["a.zip", "a.zip/b.csv", "a.zip/c.png"]
    assert view.warnings == [("unsupported", "a.zip/c.png/files of the format png are not read")]


def test_names_in_gbk_are_read_as_windows_writes_them() -> None:
    content = samples.zipped({"XXXX.txt": "甲"}).replace(b"XXXX", "名单".encode("gbk"))
    assert read_file(content, URL).members == ["名单.txt"]


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "/etc/passwd.txt", "C:\\Windows\\a.txt", "a/../../b.txt"])
def test_a_name_that_climbs_out_is_only_a_name(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    view = read_file(samples.zipped({name: "甲"}), URL)
    assert view.text == "甲"
    assert not list(tmp_path.iterdir())


def test_an_archive_of_which_nothing_can_be_read_says_why() -> None:
    with pytest.raises(AttachmentError) as caught:
        read_file(samples.zipped({"a.png": b"\x89PNG\r\n"}), URL)
    assert caught.value.code == "unsupported"


def test_a_member_under_a_password_is_said_to_be() -> None:
    import pyzipper  # noqa: PLC0415

    found = io.BytesIO()
    with pyzipper.AESZipFile(found, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"secret")
        archive.writestr("a.txt", "甲")
    with pytest.raises(AttachmentError) as caught:
        read_file(found.getvalue(), URL)
    assert caught.value.code == "encrypted"


# A RAR 3 archive of one stored file, a.txt, that says 甲: made by hand, since no free program writes RAR.
def rar() -> bytes:
    import struct  # noqa: PLC0415
    import zlib  # noqa: PLC0415

    def block(body: bytes) -> bytes:
        return struct.pack("<H", zlib.crc32(body) & 0xFFFF) + body

    said, name = "甲".encode(), b"a.txt"
    head = struct.pack(
        "<BHHIIBIIBBHI",
        0x74,
        0x8000,
        32 + len(name),
        len(said),
        len(said),
        3,
        zlib.crc32(said),
        0x5A000000,
        29,
        0x30,
        len(name),
        0x20,
    )
    main = block(struct.pack("<BHH", 0x73, 0, 13) + bytes(6))
    return b"Rar!\x1a\x07\x00" + main + block(head + name) + said + block(struct.pack("<BHH", 0x7B, 0x4000, 7))


def test_a_rar_is_read_where_a_program_for_it_is_installed_and_else_says_which_to_install() -> None:
    has_tool = any(shutil.which(tool) for tool in ("unrar", "unar", "7z", "7zz", "bsdtar"))
    if has_tool:
        view = read_file(rar(), URL)
        assert (view.media, view.members, view.text) == ("rar", ["a.txt"], "甲")
        return
    with pytest.raises(AttachmentError) as caught:
        read_file(rar(), URL)
    assert caught.value.code == "unsupported"
    assert "libarchive-tools" in caught.value.remedy
