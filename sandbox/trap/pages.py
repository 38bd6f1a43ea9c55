"""What a sound site of the traps answers, and the parts that faulty ones are made of."""

import gzip
import io
import zipfile
import zlib

LIST = "/zc/index.html"
PHRASES = {200: "OK", 302: "Found", 403: "Forbidden", 404: "Not Found", 412: "Precondition Failed"}


def http(body: bytes | str, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> bytes:
    """Return a whole answer; header names are written with underscores."""
    data = body.encode() if isinstance(body, str) else body
    lines = {"Content-Type": kind, "Content-Length": str(len(data))}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return f"HTTP/1.1 {status} {PHRASES.get(status, 'Status')}\r\n{head}\r\n".encode("latin-1") + data


def policy(number: int, more: str = "") -> str:
    """Return a policy page with a table of its data."""
    title = f"关于支持人工智能发展的若干措施（第{number}件）"
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body><div class="nav"><a href="/">首页</a></div>'
        f"<table><tr><td>文号：</td><td>某政发〔2023〕{number}号</td><td>发布日期：</td><td>2023年10月{number}日</td></tr>"
        f"<tr><td>发文机关：</td><td>某市人民政府</td><td>成文日期：</td><td>2023年9月{number}日</td></tr></table>"
        f'<div class="TRS_Editor"><h1>{title}</h1><p>各区人民政府，市政府各部门：为加快人工智能与实体经济深度融合，'
        f"现提出第{number}组措施，请认真贯彻执行，确保各项任务按期完成，并于年底前报送进展情况。</p>{more}</div></body></html>"
    )


def listing(paths: list[str], more: str = "") -> str:
    """Return a list page."""
    rows = "".join(
        f'<li><a href="{path}">关于第{path}件的通知</a><span>2023-10-2{n % 9}</span></li>'
        for n, path in enumerate(paths)
    )
    return f"<html><head><title>政策文件</title></head><body><ul>{rows}</ul>{more}</body></html>"


def bomb(megabytes: int) -> bytes:
    """Return gzip that expands to that many megabytes of spaces."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * 1_000_000
    return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()


def packed(text: str) -> bytes:
    """Return text, gzipped."""
    return gzip.compress(text.encode())


def zip_bomb() -> bytes:
    """Return a ZIP of one text that expands a thousandfold."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("名单.txt", b"0" * 300_000_000)
    return out.getvalue()


def pdf_bomb() -> bytes:
    """Return a PDF whose one page is a stream that expands a thousandfold, twice over."""
    inner = zlib.compress(zlib.compress(b" " * 200_000_000, 9), 9)
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n4 0 obj<</Length "
        + str(len(inner)).encode()
        + b"/Filter[/FlateDecode/FlateDecode]>>stream\n"
        + inner
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n"
    )
