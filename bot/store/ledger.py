"""What stands in one chat, and what of it has to go when: a value, sealed as a whole."""

import msgspec

from bot.store.batch import HOUR, TRACE_DUE, TRACE_LIFE, Due, Trace, Traced

MOST = 1000
"""Messages noted of one chat; with one more, the oldest hundred have to go at once."""

_SPARE = 100
_OLD = 45 * HOUR
"""Seconds from which a message goes along with one that has reached `TRACE_DUE`."""

_Noted = dict[int, tuple[int, bool]]
"""By number of a message: when it appeared, in epoch seconds, and whether it is ours."""


class Ledger(msgspec.Struct, array_like=True):
    """The messages of one chat.

    A chat is cleared in the same way whether she left it or left it alone: what stands in it is
    going, until the last of it is known to be gone. Whatever she does meanwhile begins anew.
    """

    user_id: int
    chat_id: int
    active: int
    """Her last doing, in epoch seconds."""
    idle: int = 0
    """Seconds without a doing after which she wants the chat cleared; 0 for the usual."""
    face: str = ""
    language: str = ""
    leaving: bool = False
    """Whether she has done nothing since the chat began to be cleared: what is noted goes too."""
    standing: _Noted = msgspec.field(default_factory=dict)
    going: _Noted = msgspec.field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing is known to be in the chat."""
        return not (self.standing or self.going)

    def note(self, traced: Traced, now: int) -> None:
        """Take in what has happened by `now`; no message is younger than that."""
        if traced.active:
            self.active, self.leaving = now, False
        if traced.idle is not None:
            self.idle = traced.idle
        self.face, self.language = traced.face or self.face, traced.language or self.language
        for one in traced.traces:
            # She may have gone back to a message that was to go: it is her screen again.
            known = self.going.pop(one.message_id, None) or self.standing.get(one.message_id)
            at = min(one.at, now, known[0] if known else now)
            self.standing[one.message_id] = max(at, 0), one.ours
        if traced.leave or self.leaving:
            self._leave()
            self.leaving = not traced.active

    def clear(self, message_ids: frozenset[int]) -> None:
        """Let go of messages that are gone from the chat, or stay for good."""
        for noted in (self.standing, self.going):
            for message_id in message_ids & noted.keys():
                del noted[message_id]

    def due(self, usual: int, now: int) -> int:
        """When something has to go, in epoch seconds; `usual` is the idle time nobody chose."""
        if self.going or len(self.standing) > MOST:
            return now
        oldest = min(at for at, _ in self.standing.values())
        return min(self._idle_at(usual, now), oldest + TRACE_DUE)

    def expires(self, now: int) -> int:
        """When nothing of it can be removed any more, in epoch seconds."""
        newest = max(at for at, _ in (*self.standing.values(), *self.going.values()))
        return min(newest, now) + TRACE_LIFE

    def owed(self, usual: int, now: int) -> Due:
        """What has to go, once its time has come."""
        if not self.going:
            if part := self._part(usual, now):
                return self._due(part, "")
            self._leave()
            self.leaving = True
        return self._due(self.going, self.face)

    def known(self) -> Due:
        """What is going, or else everything."""
        return self._due(self.going or self.standing, self.face)

    def _part(self, usual: int, now: int) -> _Noted:
        """The messages that go though the conversation goes on."""
        ordered = sorted(self.standing.items())
        if len(ordered) > MOST:
            return dict(ordered[: len(ordered) - MOST + _SPARE])
        if now >= self._idle_at(usual, now):
            return {}
        return {which: one for which, one in ordered if one[0] <= now - _OLD}

    def _idle_at(self, usual: int, now: int) -> int:
        return min(self.active, now) + (self.idle or usual)  # a clock that was ahead delays nothing

    def _leave(self) -> None:
        self.going, self.standing = self.going | self.standing, {}

    def _due(self, noted: _Noted, face: str) -> Due:
        traces = tuple(Trace(which, at, ours) for which, (at, ours) in sorted(noted.items()))
        return Due(self.user_id, self.chat_id, traces, face, self.language)
