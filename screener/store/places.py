"""What lies in the folder of a vault."""

from __future__ import annotations

from screener.store import head, keyring, tries

DATABASE = "vault.db"
LOCK = "vault.lock"
LOG = "vault.db-wal"
SHARED = "vault.db-shm"
RESTORED, PLACING = "vault.restored", "vault.placing"
"""A restored vault, whole and checked, that waits for its place: what is there is moved away; then it is moved in."""
OF_A_VAULT = (DATABASE, LOG, SHARED, head.FILE, tries.FILE, keyring.FILE)
"""The files that are one vault, the keys file last: while it is there, so is a vault."""
