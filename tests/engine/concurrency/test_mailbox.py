"""A mailbox hands over the newest item only."""

import threading

from custom_components.frigate_native.engine.concurrency import Mailbox


def test_newest_item_replaces_the_one_before() -> None:
    mailbox: Mailbox[int] = Mailbox()
    for item in (1, 2, 3):
        mailbox.put(item)

    assert mailbox.take(0) == 3
    assert mailbox.dropped == 2
    assert mailbox.take(0) is None


def test_item_that_was_taken_is_not_dropped() -> None:
    mailbox: Mailbox[int] = Mailbox()
    mailbox.put(1)
    mailbox.take(0)
    mailbox.put(2)

    assert mailbox.take(0) == 2
    assert mailbox.dropped == 0


def test_put_wakes_a_waiting_thread() -> None:
    mailbox: Mailbox[str] = Mailbox()
    taken: list[str | None] = []
    thread = threading.Thread(target=lambda: taken.append(mailbox.take(60)))
    thread.start()
    mailbox.put("frame")
    thread.join(10)

    assert taken == ["frame"]


def test_close_wakes_a_waiting_thread() -> None:
    mailbox: Mailbox[str] = Mailbox()
    taken: list[str | None] = []
    thread = threading.Thread(target=lambda: taken.append(mailbox.take(60)))
    thread.start()
    mailbox.close()
    thread.join(10)

    assert taken == [None]
    assert mailbox.take(60) is None
