"""Looking for what must be gone: through every byte that an installation keeps, in every form."""

import base64
import json
import os
import re
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.db import connection
from redis import Redis

from coproduction.cache import RedisOrMemory, drawn_pages
from coproduction.languages.folding import fold
from coproduction.projects.models import Session

# What begins something compressed: gzip, zlib.
_PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")


def forms_of(mark: str) -> list[bytes]:
    """Return a mark as it may stand somewhere: as written, folded, as JSON, in wide letters."""
    texts = {mark, fold(mark), json.dumps(mark)[1:-1], mark.upper()}
    return sorted(
        {text.encode(code) for text in texts for code in ("utf-8", "utf-16-le", "utf-16-be")}
        | {base64.b64encode(text.encode()).rstrip(b"=")[:-2] for text in texts}
    )


def remains_of(mark: str, *folders: Path) -> list[str]:
    """Return where a mark stands in the database's files, some folders, storage and Redis."""
    close_and_settle()
    forms, found = forms_of(mark), []
    for where, content in _everything(folders):
        if any(form in each for each in _unpacked(content) for form in forms):
            found.append(where)
    return found


def close_and_settle() -> None:
    """Let the database write what it holds in memory, so that its files say all."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")


def _everything(folders: tuple[Path, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield all that is kept, each with where it is."""
    data, storage = Path(settings.DATA_DIR), Path(default_storage.location)
    for folder in {data, storage, *folders, *_folders_of_database()}:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                content = path.read_bytes()
                yield str(path), content
                if content.startswith(b"%PDF"):
                    yield f"{path} as text", _text_of(path)
    for session in Session.objects.all():
        yield "a session", json.dumps(session.get_decoded(), ensure_ascii=False).encode()
    for place, (_mark, page) in list(drawn_pages._at_hand.items()):
        yield f"a page at hand at {place}", page.content
    for cache in caches.all():
        if isinstance(cache, RedisOrMemory):
            yield from _in_redis(str(settings.CACHES["pages"]["LOCATION"]))
        else:
            for key, value in list(cache._cache.items()):
                yield f"kept at {key}", value


def _folders_of_database() -> list[Path]:
    """Return where a database keeps its tables: not its journal, which a page names."""
    if connection.vendor == "sqlite":
        return [Path(str(connection.settings_dict["NAME"])).parent]
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        (home,) = cursor.fetchone()
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        (oid,) = cursor.fetchone()
    folder = Path(home) / "base" / str(oid)
    assert os.access(folder, os.R_OK), folder
    return [folder, Path(home) / "global"]


def _in_redis(url: str) -> Iterator[tuple[str, bytes]]:
    """Yield every value of every database of a Redis."""
    with Redis.from_url(url) as first:
        places = [int(name.removeprefix("db")) for name in first.info("keyspace")]
    for place in places:
        with Redis.from_url(f"{url.rsplit('/', 1)[0]}/{place}") as redis:
            for key in redis.scan_iter():
                yield f"{key!r} in Redis", key + (redis.dump(key) or b"")
                if redis.type(key) == b"string":
                    yield f"{key!r} in Redis", redis.get(key) or b""


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Yield what is kept as it is, and whatever stands in it that was compressed."""
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as packed:
            yield from map(packed.read, packed.namelist())
    for start in _PACKED.finditer(content):
        with suppress(zlib.error):
            wbits = 31 if content[start.start()] == 0x1F else 15
            yield zlib.decompressobj(wbits).decompress(content[start.start() :])


def _text_of(path: Path) -> bytes:
    """Return the words of a PDF as a reader finds them, with each run of blanks as one."""
    told = subprocess.run(
        ["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True, timeout=60
    )
    return b" ".join(told.stdout.split())
