"""Why the system refused a file, a folder or a disk, in words of our own: the system's are in its own language."""

from __future__ import annotations

import errno

from screener.language import WINDOW, Voice, kept

_WHY = {
    errno.ENOENT: kept("there is no such file or folder"),
    errno.EACCES: kept("this user is not allowed to"),
    errno.EPERM: kept("this user is not allowed to"),
    errno.EROFS: kept("nothing can be written on that disk"),
    errno.ENOSPC: kept("the disk is full"),
    errno.EFBIG: kept("the file is too large for that disk"),
    errno.EIO: kept("the disk could not be read or written"),
    errno.EISDIR: kept("it is a folder"),
    errno.ENOTDIR: kept("it is no folder"),
    errno.EEXIST: kept("it is there already"),
    errno.ENOTEMPTY: kept("the folder is not empty"),
    errno.EBUSY: kept("something else is using it"),
    errno.EMFILE: kept("too many files are open"),
    errno.ENFILE: kept("too many files are open"),
    errno.ENAMETOOLONG: kept("the name is too long"),
    errno.ELOOP: kept("its links lead back to themselves"),
    errno.EXDEV: kept("it lies on another disk"),
    errno.ENODEV: kept("the disk is not there"),
    errno.ENXIO: kept("the disk is not there"),
    errno.ETIMEDOUT: kept("the disk does not answer"),
    errno.ESTALE: kept("the disk on the network does not answer"),
    errno.ENOMEM: kept("there is no memory left"),
    errno.EINVAL: kept("the system does not take such a name or place"),
}
_QUOTA = getattr(errno, "EDQUOT", None)
if _QUOTA is not None:
    _WHY[_QUOTA] = kept("the room that this user has on that disk is used up")


def why(refused: OSError, say: Voice = WINDOW) -> str:
    """In a few words that end a sentence; by its number where nothing better is known."""
    if refused.errno is None:
        return say.tr("no reason was given")
    known = _WHY.get(refused.errno)
    return say.word(known) if known else say.tr("the system’s error {number}").format(number=refused.errno)
