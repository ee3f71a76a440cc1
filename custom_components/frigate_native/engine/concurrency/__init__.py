"""Threads, mailboxes and clocks that can be stopped."""

from .backoff import Backoff
from .clock import Clock, SystemClock
from .mailbox import Mailbox
from .worker import Worker

__all__ = ["Backoff", "Clock", "Mailbox", "SystemClock", "Worker"]
