"""Threads, mailboxes and clocks that can be stopped."""

from .backoff import Backoff
from .clock import Clock, SystemClock
from .deadline import Deadline
from .mailbox import Mailbox
from .worker import Worker

__all__ = ["Backoff", "Clock", "Deadline", "Mailbox", "SystemClock", "Worker"]
