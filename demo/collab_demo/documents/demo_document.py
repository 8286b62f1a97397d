"""A document of the demonstration: who deposits what, for whom, and how many days ago."""

from typing import NamedTuple


class DemoDocument(NamedTuple):
    author: str
    folder: str
    networks: tuple[str, ...]
    territories: tuple[str, ...]
    days_ago: int
    name: str
    title: str
    parts: list[tuple[str, list[str]]]
