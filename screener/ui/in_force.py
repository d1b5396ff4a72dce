"""A choice of this computer that the whole window reads, wherever it stands in it."""

from __future__ import annotations

from typing import ClassVar, Self

from PySide6.QtCore import QSettings


class InForce:
    """One of each kind is in force: what the running program keeps, or, without one, what the program comes with."""

    _one: ClassVar[Self | None] = None

    def __init__(self, settings: QSettings | None = None) -> None:
        """`settings`: where it is kept between starts, if anywhere."""
        self._settings = settings

    @classmethod
    def keep_in(cls, settings: QSettings) -> Self:
        """From here on, and until it is released, this is the one in force."""
        cls._one = cls(settings)
        return cls._one

    @classmethod
    def current(cls) -> Self:
        """The one in force."""
        if cls._one is None:
            cls._one = cls()
        return cls._one

    def release(self) -> None:
        """The program ends: what was kept holds for the next one."""
        if type(self)._one is self:
            type(self)._one = None
