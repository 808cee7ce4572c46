"""Trust T19: a database on the disk of another computer is refused; two programs at one file here are not."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from tests.store.logbook import bytes_of, fresh_folder, now, partner
from tracker import store as stores
from tracker.records import Partner
from tracker.store import StoreError, places

HERE = """\
sysfs /sys sysfs rw,nosuid 0 0
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /dev/shm tmpfs rw 0 0
"""
SHARES = (
    HERE
    + """\
server:/export /mnt/share nfs4 rw,vers=4.2 0 0
//server/data /mnt/met\\040spatie cifs rw 0 0
anna@server: /home/anna/ver fuse.sshfs rw 0 0
/dev/sdb1 /mnt/share/local ext4 rw 0 0
"""
)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/tracker.db", "ext4"),
        ("/dev/shm/x/tracker.db", "tmpfs"),
        ("/mnt/share/tracker.db", "nfs4"),
        ("/mnt/share/deep/down/tracker.db", "nfs4"),
        ("/mnt/shared/tracker.db", "ext4"),  # the same letters, another folder
        ("/mnt/share/local/tracker.db", "ext4"),  # a disk of this computer below a share
        ("/mnt/met spatie/tracker.db", "cifs"),
        ("/home/anna/ver/tracker.db", "fuse.sshfs"),
    ],
)
def test_the_deepest_folder_that_is_mounted_says_which_disk_it_is(path: str, kind: str):
    assert places.file_system(PurePosixPath(path), SHARES) == kind


def test_of_two_disks_at_one_folder_the_later_one_counts():
    over = SHARES + "/dev/sdc1 /mnt/share ext4 rw 0 0\n"
    assert places.file_system(PurePosixPath("/mnt/share/tracker.db"), over) == "ext4"


@pytest.fixture
def mounted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Says that the folder of the test is a disk of this kind."""

    def as_kind(kind: str) -> None:
        text = f"{HERE}server:/x {tmp_path} {kind} rw 0 0\n"
        monkeypatch.setattr(places, "MOUNTS", tmp_path.with_name("mounts.txt"))
        places.MOUNTS.write_text(text)

    return as_kind


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "davfs", "afs"])
def test_on_another_computer_nothing_is_made_opened_or_put_back(mounted, tmp_path: Path, kind: str):
    path = tmp_path / "tracker.db"
    with fresh_folder() as elsewhere:
        backup = elsewhere / "copy.db"
        stores.create(backup, now=now)
        mounted(kind)
        for attempt in (
            lambda: stores.create(path, now=now),
            lambda: stores.open(path, now=now),
            lambda: stores.restore(backup, path, now=now),
        ):
            with pytest.raises(StoreError) as refused:
                attempt()
            assert (refused.value.code, refused.value.path) == ("network_disk", path)
    assert bytes_of(tmp_path) == {}


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "tmpfs", "overlay", "9p", "fuse.lxcfs", "virtiofs"])
def test_a_disk_of_this_computer_or_of_its_container_is_used(mounted, tmp_path: Path, kind: str):
    """The control: the same folder, another word."""
    mounted(kind)
    assert stores.create(tmp_path / "tracker.db", now=now).verify() == []


def test_a_link_to_a_share_is_a_share(mounted, tmp_path: Path):
    mounted("nfs4")
    with fresh_folder() as elsewhere:
        (elsewhere / "data").symlink_to(tmp_path)
        with pytest.raises(StoreError) as refused:
            stores.create(elsewhere / "data" / "tracker.db", now=now)
    assert refused.value.code == "network_disk"


def test_where_the_system_says_nothing_of_disks_nothing_is_refused(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(places, "MOUNTS", tmp_path / "none")
    assert stores.create(tmp_path / "tracker.db", now=now).verify() == []


def test_a_backup_may_go_to_a_share(mounted, tmp_path: Path):
    """One program makes it, under a name of its own, and reads it back before it counts."""
    mounted("nfs4")
    with fresh_folder() as elsewhere:
        store = stores.create(elsewhere / "tracker.db", now=now)
        store.backup(tmp_path / "copy.db")
    assert (tmp_path / "copy.db").stat().st_size > 0


def test_two_programs_at_one_file_see_what_the_other_stored(tmp_path: Path):
    one = stores.create(tmp_path / "tracker.db", now=now)
    other = stores.open(tmp_path / "tracker.db", now=now)
    one.add(partner("Politie"), by="anna")
    other.add(partner("GGD"), by="bert")
    assert one.records(Partner) == other.records(Partner)
    assert len(one.records(Partner)) == 2
    assert one.verify() == []
