"""A mail server of the tests' own, and people to write to.

Models are imported within the fixtures: this file is read before Django is set up.
"""

import asyncio
import logging
import socket
from email import message_from_bytes, policy

import pytest


class Mailbox:
    """What an SMTP server took, and how it answers: `answers` gives the reply to each next letter."""

    def __init__(self):
        self.letters, self.answers, self.before_answer = [], [], None
        self.takes_from_us, self.seconds_of_thought = True, 0

    async def handle_MAIL(self, _server, _session, envelope, address, _options):  # noqa: N802
        if not self.takes_from_us:
            return "553 Sender address rejected"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if address.startswith("nobody"):
            return "550 No such person here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.before_answer:
            self.before_answer()
        await asyncio.sleep(self.seconds_of_thought)
        return answer


@pytest.fixture
def mailbox(settings):
    """A real SMTP server on a free port, to which the portal's letters go."""
    from aiosmtpd.controller import Controller

    box = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        box.port = probe.getsockname()[1]
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": box.port, "timeout": 5},
        }
    }
    yield box
    controller.stop()


@pytest.fixture
def aigul(db):
    from tests.factories.people import UserFactory

    return UserFactory(email="aigul@example.kz", language="kk")


@pytest.fixture
def dmitri(db):
    from tests.factories.people import UserFactory

    return UserFactory(email="dmitri@example.kz", language="ru")
