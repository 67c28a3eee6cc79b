"""Source: a folder with a `source.toml`, and where its data are; the sources that come with relgraph."""

from __future__ import annotations

from os.path import exists, expanduser, isfile, realpath
from pathlib import Path

from relgraph.errors import DataError, UsageError
from relgraph.ingest.declaration import FILE, SourceFile, TableMapping, read_declaration
from relgraph.model.records import ID
from relgraph.settings import resources

__all__ = ["Source", "TableMapping", "bundled_sources", "chosen_sources", "open_source"]


class Source:
    """A source: its id (the name of its folder), its folder, its declaration, and where its data are."""

    def __init__(self, folder: Path, declared: SourceFile, data: Path | None = None) -> None:
        self.id, self.folder, self.declared, self.data = folder.name, folder, declared, data

    @property
    def bundled(self) -> bool:
        """Whether every table lies beside `source.toml`, so that no `--data` is needed."""
        return all(isfile(self.folder / table.file) for table in self.declared.tables if not table.optional)

    def path(self, name: str) -> Path:
        """Where a file of this source is: in `--data` (a folder, or the file itself), else in the source's folder."""
        if self.data is None:
            return self.folder / name
        if self.data.is_file():
            meant = self.data.name == Path(name).name or self._lacking() == {name}
            return self.data if meant else self.folder / name
        return self.data / name if isfile(self.data / name) else self.folder / name

    def strays(self, path: Path) -> bool:
        """Whether a link leads out of the source's folder: only what `--data` names may lie elsewhere."""
        home, real = self.folder.resolve(), path.resolve()
        if real.is_relative_to(home) or home.is_relative_to(resources("ingest").resolve()):
            return False
        if self.data is None or self.data.resolve().is_relative_to(home):
            return True
        return not path.is_relative_to(self.data)

    def _lacking(self) -> set[str]:
        """The files of its tables that it does not bring."""
        return {table.file for table in self.declared.tables if not isfile(self.folder / table.file)}


def bundled_sources() -> dict[str, Path]:
    """The folders of the sources that come with relgraph, by id."""
    return {file.parent.name: file.parent for file in sorted(resources("ingest").glob(f"*/{FILE}"))}


def chosen_sources(names: tuple[str | Path, ...], data: str | Path | None = None) -> list[Source]:
    """The sources of these names; without a name, every source whose data come with relgraph."""
    if names:
        folders = list(dict.fromkeys(map(_folder, names)))
        _refuse_namesakes(folders)
        return [_opened(folder, data) for folder in folders]
    if data is not None:
        raise UsageError("--data goes with the name of a source; name it")
    return [source for folder in bundled_sources().values() if (source := open_source(folder)).bundled]


def open_source(name: str | Path, data: str | Path | None = None) -> Source:
    """The source of that id, or in the folder of that path; `data` says where files are that it does not bring."""
    return _opened(_folder(name), data)


def _opened(folder: Path, data: str | Path | None) -> Source:
    if not ID.fullmatch(folder.name):
        raise DataError(f"{folder.name}: is no id of a source; name the folder in lower-case letters, digits, hyphens")
    data = Path(expanduser(data)) if data is not None else None
    if data is not None and not exists(data):
        raise UsageError(f"--data {data}: there is no such file or folder")
    return Source(folder, read_declaration(folder / FILE), data)


def _refuse_namesakes(folders: list[Path]) -> None:
    """The name of a folder is the id of its source, and a graph holds each source once."""
    seen: dict[str, Path] = {}
    for folder in folders:
        if (other := seen.setdefault(folder.name, folder)) != folder:
            raise UsageError(f"{folder.name}: is the name of two folders ({other}, {folder}); load one of them")


def _folder(name: str | Path) -> Path:
    known = bundled_sources()
    if str(name) in known:
        return known[str(name)]
    folder = Path(realpath(expanduser(name)))
    if isfile(folder / FILE):
        return folder
    raise UsageError(f"{name}: no such source; known are {', '.join(known) or 'none'}, or give a folder with a {FILE}")
