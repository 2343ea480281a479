"""A stream that reads no more than it was allowed to, and fails in one sentence."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

from core.errors import VitalfewError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_DAMAGED: Final = (zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError)


class Packing(Protocol):
    """The part of the limits that tells a bomb from a text."""

    @property
    def ratio(self) -> int:
        """Unpacked to packed bytes."""
        ...

    @property
    def ratio_from(self) -> int:
        """Bytes below which the ratio does not matter."""
        ...


class Bounded(io.RawIOBase):
    """Another stream, watched.

    Args:
        stream: closed together with this one.
        name: for the sentence.
        most: bytes that may be read.
        packed: bytes it takes on disk.
        packing: how tightly it may be packed; None if it is not packed.
    """

    def __init__(
        self,
        stream: BinaryIO | gzip.GzipFile,
        name: str,
        most: int,
        packed: int = 0,
        packing: Packing | None = None,
    ) -> None:
        super().__init__()
        self._stream = stream
        self._name = name
        self._most = most
        self._ratio = packing.ratio if packing else 0
        self._bomb = max(packing.ratio_from, packed * packing.ratio) if packing else most
        self._place = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """As the stream below."""
        return self._stream.seekable()

    def tell(self) -> int:
        """Bytes from the beginning."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, but not further than what may be read."""
        try:
            self._place = self._stream.seek(offset, whence)
        except (*_DAMAGED, OSError) as error:
            raise self._failed(error) from error
        self._check()
        return self._place

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer; 0 at the end.

        Raises:
            VitalfewError: over a limit, or damaged.
        """
        view = memoryview(buffer).cast("B")
        try:
            data = self._stream.read(len(view))
        except (*_DAMAGED, OSError, RuntimeError) as error:
            raise self._failed(error) from error
        view[: len(data)] = data
        self._place += len(data)
        self._check()
        return len(data)

    def close(self) -> None:
        """Close both."""
        if not self.closed:
            self._stream.close()
        super().close()

    def _failed(self, error: BaseException) -> VitalfewError:
        return VitalfewError(f"{self._name} is damaged or cut off: {error}.")

    def _check(self) -> None:
        if self._place > self._most:
            raise VitalfewError(f"{self._name} is longer than the limit of {self._most:,} bytes.")
        if self._place > self._bomb:
            raise VitalfewError(
                f"{self._name} unpacks to more than {self._ratio} times its size, the limit."
            )
