"""svar in Python: ctypes over the C interface, no build step.

    import svar

    policy = svar.Policy.builtin()                 # once; any number of threads may use it
    answer = policy.ask("validate", {"case": {"channel": "facebook"}, "reply": "Hi!"})

The library is found by `SVAR_LIBRARY`, else beside this file, else where the system keeps libraries.
Everything is freed with its object, or earlier by `with`.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import os
import threading
from ctypes import POINTER, Structure, byref, c_char_p, c_int32, c_int64, c_size_t, c_uint32, c_uint64, c_void_p, sizeof
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Any, Callable, Iterator, Mapping, Optional, Sequence, TypeVar, Union

__all__ = [
    "Author", "Case", "Diagnostic", "Error", "Event", "Fault", "Finding", "Fix", "Level", "LossKind", "Message", "Money",
    "Policy", "PolicyBuilder", "Report", "Sample", "Severity", "Status", "Visibility", "version",
]

ABI_VERSION = 1


class Status(IntEnum):
    """What became of a call."""

    OK = 0
    NULL_ARGUMENT = 1
    NOT_UTF8 = 2
    BAD_ARGUMENT = 3
    POLICY = 4
    REQUEST = 5
    BUSY = 6
    PANIC = 7


class Severity(IntEnum):
    """How much a finding or a diagnostic weighs."""

    ADVICE = 1
    WARNING = 2
    ERROR = 3


class Visibility(IntEnum):
    """Who can read a text."""

    DEFAULT = 0
    PUBLIC = 1
    PRIVATE = 2


class Author(IntEnum):
    """Who wrote a message."""

    CUSTOMER = 0
    AGENT = 1
    BOT = 2


class Fault(IntEnum):
    """Whose fault it is."""

    UNKNOWN = 0
    OURS = 1
    THEIRS = 2


class Level(IntEnum):
    """How urgent or how serious a case is."""

    NORMAL = 0
    LOW = 1
    HIGH = 2
    CRITICAL = 3


class LossKind(IntEnum):
    """What a customer lost."""

    UNSAID = 0
    MONEY = 1
    GOODS = 2
    SERVICE = 3
    TIME = 4
    TROUBLE = 5


class _Str(Structure):
    # A `c_char_p` field keeps the bytes it was given alive; one that was read stops at NUL, so `data` is read raw.
    _fields_ = [("data", c_void_p), ("len", c_size_t)]


class _Instant(Structure):
    _fields_ = [("unix_seconds", c_int64), ("offset_seconds", c_int32), ("given", c_uint32)]


class _Message(Structure):
    _fields_ = [("text", _Str), ("at", _Instant), ("author", c_uint32), ("visibility", c_uint32)]


class _Event(Structure):
    _fields_ = [("kind", _Str), ("value", _Str), ("at", _Instant)]


class _Sample(Structure):
    _fields_ = [("at", _Instant), ("reactions", c_uint64), ("comments", c_uint64)]


class _Money(Structure):
    _fields_ = [("minor_units", c_int64), ("currency", _Str)]


class _Case(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("channel", _Str),
        ("language", _Str),
        ("messages", POINTER(_Message)),
        ("message_count", c_size_t),
        ("message_size", c_size_t),
        ("intent", _Str),
        ("tags", POINTER(_Str)),
        ("tag_count", c_size_t),
        ("customer_name", _Str),
        ("agent_name", _Str),
        ("agent_role", _Str),
        ("reactions", c_uint64),
        ("comments", c_uint64),
        ("visibility", c_uint32),
        ("fault", c_uint32),
        ("priority", c_uint32),
        ("severity", c_uint32),
        ("flags", c_uint32),
        ("reserved", c_uint32),
        ("id", _Str),
        ("events", POINTER(_Event)),
        ("event_count", c_size_t),
        ("event_size", c_size_t),
        ("loss", _Money),
        ("offer", _Money),
        ("approved_by", _Str),
        ("training", POINTER(_Str)),
        ("training_count", c_size_t),
        ("samples", POINTER(_Sample)),
        ("sample_count", c_size_t),
        ("sample_size", c_size_t),
        ("shares", c_uint64),
        ("followers", c_uint64),
        ("similar_cases", c_uint64),
        ("reach", c_uint64),
        ("population", c_uint64),
        ("usual_reactions", c_uint64),
        ("usual_comments", c_uint64),
        ("loss_kind", c_uint32),
        ("complexity", c_uint32),
        ("agent_level", c_uint32),
        ("given", c_uint32),
    ]


class _Summary(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("findings", c_size_t),
        ("errors", c_size_t),
        ("warnings", c_size_t),
        ("advice", c_size_t),
        ("policy_name", _Str),
        ("policy_version", _Str),
        ("verdict", c_uint32),
        ("reserved", c_uint32),
    ]


class _Finding(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("rule", _Str),
        ("message", _Str),
        ("why", _Str),
        ("evidence", _Str),
        ("start", c_size_t),
        ("end", c_size_t),
        ("fix", _Str),
        ("fix_start", c_size_t),
        ("fix_end", c_size_t),
        ("severity", c_uint32),
        ("guessed", c_uint32),
    ]


class _Diagnostic(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("code", _Str),
        ("message", _Str),
        ("help", _Str),
        ("source", _Str),
        ("line", c_size_t),
        ("column", c_size_t),
        ("start", c_size_t),
        ("end", c_size_t),
        ("severity", c_uint32),
        ("reserved", c_uint32),
    ]


def _load() -> ctypes.CDLL:
    names = [os.environ.get("SVAR_LIBRARY")]
    names += [str(Path(__file__).with_name(name)) for name in ("libsvar.so", "libsvar.dylib", "svar.dll")]
    found = [name for name in names if name and Path(name).exists()]
    name = found[0] if found else ctypes.util.find_library("svar")
    if name is None:
        raise ImportError("libsvar is not found: set SVAR_LIBRARY to its path")
    library = ctypes.CDLL(name)
    handle, out = c_void_p, POINTER(c_void_p)
    signatures: dict[str, tuple[Any, list[Any]]] = {
        "svar_abi_version": (c_uint32, []),
        "svar_version": (_Str, []),
        "svar_text_get": (c_uint32, [handle, POINTER(_Str), out]),
        "svar_error_status": (c_uint32, [handle]),
        "svar_error_count": (c_uint32, [handle, POINTER(c_size_t)]),
        "svar_error_diagnostic": (c_uint32, [handle, c_size_t, POINTER(_Diagnostic)]),
        "svar_error_json": (c_uint32, [handle, POINTER(_Str)]),
        "svar_error_render": (c_uint32, [handle, POINTER(_Str)]),
        "svar_policy_builtin": (c_uint32, [out, out]),
        "svar_policy_load": (c_uint32, [_Str, out, out]),
        "svar_policy_name": (c_uint32, [handle, POINTER(_Str), out]),
        "svar_policy_version": (c_uint32, [handle, POINTER(_Str), out]),
        "svar_policy_warnings": (c_uint32, [handle, out, out]),
        "svar_policy_print": (c_uint32, [handle, out, out]),
        "svar_policy_builder_new": (c_uint32, [out, out]),
        "svar_policy_builder_layer": (c_uint32, [handle, _Str, _Str, out]),
        "svar_policy_builder_pack": (c_uint32, [handle, _Str, _Str, out]),
        "svar_policy_builder_build": (c_uint32, [handle, out, out]),
        "svar_policy_builder_check": (c_uint32, [handle, out, out]),
        "svar_scratch_new": (c_uint32, [out, out]),
        "svar_ask": (c_uint32, [handle, handle, _Str, _Str, out, out]),
        "svar_validate": (c_uint32, [handle, handle, POINTER(_Case), _Str, _Instant, out, out]),
        "svar_report_summary": (c_uint32, [handle, POINTER(_Summary), out]),
        "svar_report_finding": (c_uint32, [handle, c_size_t, POINTER(_Finding), out]),
        "svar_report_json": (c_uint32, [handle, out, out]),
        "svar_report_masked": (c_uint32, [handle, out, out]),
    }
    for kind in ("text", "error", "policy", "policy_builder", "scratch", "report"):
        signatures[f"svar_{kind}_free"] = (None, [handle])
    for function, (result, arguments) in signatures.items():
        getattr(library, function).restype = result
        getattr(library, function).argtypes = arguments
    if library.svar_abi_version() != ABI_VERSION:
        raise ImportError(f"{name} has ABI version {library.svar_abi_version()}, this module knows {ABI_VERSION}")
    return library


_library = _load()


class _Texts:
    """Keeps the bytes of texts alive during a call."""

    def __init__(self) -> None:
        self._kept: list[Any] = []

    def __call__(self, text: Optional[str]) -> _Str:
        if text is None:
            return _Str(None, 0)
        # What came out of JSON may hold half a pair; it is refused by the library, as UTF-8 has none.
        data = text.encode("utf-8", "surrogatepass")
        kept = c_char_p(data)
        self._kept.append(kept)
        return _Str(ctypes.cast(kept, c_void_p), len(data))


def _text(text: _Str) -> str:
    return ctypes.string_at(text.data, text.len).decode() if text.data else ""


@dataclass(frozen=True)
class Diagnostic:
    """One thing that is wrong, and where."""

    code: str
    message: str
    help: Optional[str]
    source: Optional[str]
    line: int
    column: int
    start: int
    end: int
    severity: Severity


class Error(Exception):
    """A call that failed; `str()` is the whole of it for people."""

    def __init__(self, status: int, handle: Optional[int]) -> None:
        self.status = Status(status)
        self.diagnostics: list[Diagnostic] = []
        self.json = ""
        rendered, said, count = _Str(), _Str(), c_size_t()
        try:
            if _library.svar_error_render(handle, byref(rendered)) == Status.OK:
                super().__init__(_text(rendered))
            if _library.svar_error_json(handle, byref(said)) == Status.OK:
                self.json = _text(said)
            _library.svar_error_count(handle, byref(count))
            for index in range(count.value):
                one = _Diagnostic(size=sizeof(_Diagnostic))
                if _library.svar_error_diagnostic(handle, index, byref(one)) == Status.OK:
                    self.diagnostics.append(
                        Diagnostic(
                            _text(one.code), _text(one.message), _text(one.help) if one.help.data else None,
                            _text(one.source) if one.source.data else None, one.line, one.column, one.start, one.end,
                            Severity(one.severity),
                        )
                    )
        finally:
            _library.svar_error_free(handle)


def _call(function: Callable[..., int], *arguments: Any) -> None:
    error = c_void_p()
    status = function(*arguments, byref(error))
    if status != Status.OK:
        raise Error(status, error.value)


_Self = TypeVar("_Self", bound="_Handle")


class _Handle:
    """Something of the library that is freed once."""

    _free: Callable[[Optional[int]], None]

    def __init__(self, handle: Optional[int]) -> None:
        self._handle = handle

    def close(self) -> None:
        """Frees it now. Nothing can be asked of it afterwards; every call says so."""
        handle, self._handle = self._handle, None
        self._free(handle)

    def __enter__(self: _Self) -> _Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_handle", None):
            self.close()


class _Text(_Handle):
    _free = _library.svar_text_free


class _Scratch(_Handle):
    _free = _library.svar_scratch_free


def _make(function: Callable[..., int], *arguments: Any) -> Optional[int]:
    out = c_void_p()
    _call(function, *arguments, byref(out))
    return out.value


def _answer(function: Callable[..., int], *arguments: Any) -> str:
    with _Text(_make(function, *arguments)) as made:
        text = _Str()
        _call(_library.svar_text_get, made._handle, byref(text))
        return _text(text)


_local = threading.local()


def _scratch() -> Optional[int]:
    """Each thread has its own, which is freed with the thread."""
    scratch = getattr(_local, "scratch", None)
    if scratch is None:
        scratch = _local.scratch = _Scratch(_make(_library.svar_scratch_new))
    return scratch._handle


@dataclass(frozen=True)
class Message:
    """One message of a conversation."""

    text: str
    author: Author = Author.CUSTOMER
    at: Optional[datetime] = None
    visibility: Visibility = Visibility.DEFAULT


@dataclass(frozen=True)
class Event:
    """Something that happened to a case beside its messages."""

    kind: str
    at: datetime
    value: Optional[str] = None


@dataclass(frozen=True)
class Sample:
    """What was counted at an instant."""

    at: datetime
    reactions: int = 0
    comments: int = 0


@dataclass(frozen=True)
class Money:
    """An amount in the currency's smallest units: `Money(24950, "NOK")` is 249.50 NOK."""

    minor_units: int
    currency: str


@dataclass
class Case:
    """A conversation and what is known of it; None is what is not known."""

    channel: str
    language: Optional[str] = None
    messages: Sequence[Message] = ()
    visibility: Visibility = Visibility.DEFAULT
    id: Optional[str] = None
    events: Sequence[Event] = ()
    intent: Optional[str] = None
    fault: Fault = Fault.UNKNOWN
    priority: Level = Level.NORMAL
    severity: Level = Level.NORMAL
    loss: Optional[Money] = None
    loss_kind: LossKind = LossKind.UNSAID
    offer: Optional[Money] = None
    approved_by: Optional[str] = None
    reactions: int = 0
    comments: int = 0
    shares: int = 0
    followers: int = 0
    similar_cases: int = 0
    reach: Optional[int] = None
    population: Optional[int] = None
    usual_reactions: Optional[int] = None
    """In thousandths an hour."""
    usual_comments: Optional[int] = None
    """In thousandths an hour."""
    samples: Sequence[Sample] = ()
    media: bool = False
    consent: bool = False
    fixed: bool = False
    identified: bool = False
    investigated: bool = False
    offered: bool = False
    deadline_passed: bool = False
    told: bool = False
    complexity: Optional[Level] = None
    tags: Sequence[str] = ()
    customer_name: Optional[str] = None
    agent_name: Optional[str] = None
    agent_role: Optional[str] = None
    agent_level: Optional[Level] = None
    training: Optional[Sequence[str]] = None

    def _flags(self) -> int:
        # In the order of the bits of `SVAR_FACT_…`.
        flags = (
            self.media, self.consent, self.fixed, self.identified, self.investigated, self.offered,
            self.deadline_passed, self.told,
        )
        return sum(on << bit for bit, on in enumerate(flags))

    def _given(self) -> int:
        # In the order of the bits of `SVAR_GIVEN_…`.
        fields = (
            self.reach, self.population, self.usual_reactions, self.usual_comments, self.complexity, self.agent_level,
            self.training,
        )
        return sum((value is not None) << bit for bit, value in enumerate(fields))


@dataclass(frozen=True)
class Fix:
    """What would pass: `text` in place of the bytes from `start` to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Finding:
    """One rule not kept. Places are bytes of the reply in UTF-8."""

    rule: str
    severity: Severity
    message: str
    why: str
    evidence: str
    start: int
    end: int
    guessed: bool
    fix: Optional[Fix]


class Report(_Handle):
    """What was found in one reply: a sequence of findings."""

    _free = _library.svar_report_free

    def _summary(self) -> _Summary:
        summary = _Summary(size=sizeof(_Summary))
        _call(_library.svar_report_summary, self._handle, byref(summary))
        return summary

    @property
    def passes(self) -> bool:
        """Whether the reply may be published."""
        return bool(self._summary().verdict == 0)

    @property
    def policy(self) -> tuple[str, str]:
        """Name and version of the policy that judged."""
        summary = self._summary()
        return _text(summary.policy_name), _text(summary.policy_version)

    def count(self, severity: Severity) -> int:
        """How many findings weigh so much."""
        summary = self._summary()
        return int({1: summary.advice, 2: summary.warnings, 3: summary.errors}[severity])

    def __len__(self) -> int:
        return int(self._summary().findings)

    def __getitem__(self, index: int) -> Finding:
        if not 0 <= index < len(self):
            raise IndexError(index)
        one = _Finding(size=sizeof(_Finding))
        _call(_library.svar_report_finding, self._handle, index, byref(one))
        fix = Fix(one.fix_start, one.fix_end, _text(one.fix)) if one.fix.data else None
        return Finding(
            _text(one.rule), Severity(one.severity), _text(one.message), _text(one.why), _text(one.evidence),
            one.start, one.end, bool(one.guessed), fix,
        )

    def __iter__(self) -> Iterator[Finding]:
        return (self[index] for index in range(len(self)))

    def json(self) -> str:
        """The report as JSON, as `Policy.ask_json` gives it."""
        return _answer(_library.svar_report_json, self._handle)

    def masked(self) -> Report:
        """The same with nothing in it that could identify somebody."""
        return Report(_make(_library.svar_report_masked, self._handle))


class Policy(_Handle):
    """A compiled policy. Any number of threads may use one."""

    _free = _library.svar_policy_free

    @classmethod
    def builtin(cls) -> Policy:
        """The policy that ships with svar."""
        return cls(_make(_library.svar_policy_builtin))

    @classmethod
    def load(cls, document: str) -> Policy:
        """From one TOML or JSON document."""
        texts = _Texts()
        return cls(_make(_library.svar_policy_load, texts(document)))

    def _borrowed(self, getter: Callable[..., int]) -> str:
        text = _Str()
        _call(getter, self._handle, byref(text))
        return _text(text)

    @property
    def name(self) -> str:
        """The policy's name."""
        return self._borrowed(_library.svar_policy_name)

    @property
    def version(self) -> str:
        """The policy's version; empty where it gives none."""
        return self._borrowed(_library.svar_policy_version)

    def print(self) -> str:
        """The whole policy as one JSON document."""
        return _answer(_library.svar_policy_print, self._handle)

    def warnings(self) -> list[dict[str, Any]]:
        """What is doubtful in its documents."""
        warnings: list[dict[str, Any]] = json.loads(_answer(_library.svar_policy_warnings, self._handle))
        return warnings

    def ask_json(self, verb: str, request: str) -> str:
        """A request in JSON, an answer in JSON: the verbs and the bytes of the command line."""
        texts = _Texts()
        return _answer(_library.svar_ask, self._handle, _scratch(), texts(verb), texts(request))

    def ask(self, verb: str, request: Union[Mapping[str, Any], Sequence[Any]]) -> Any:
        """The same with Python's values."""
        return json.loads(self.ask_json(verb, json.dumps(request, ensure_ascii=False)))

    def validate(self, case: Case, reply: str, now: Optional[datetime] = None) -> Report:
        """May this reply be published? By plain structs, without JSON."""
        texts = _Texts()
        messages = (_Message * len(case.messages))(
            *(_Message(texts(one.text), _instant(one.at), one.author, one.visibility) for one in case.messages)
        )
        events = (_Event * len(case.events))(
            *(_Event(texts(one.kind), texts(one.value), _instant(one.at)) for one in case.events)
        )
        samples = (_Sample * len(case.samples))(
            *(_Sample(_instant(one.at), _count(one.reactions), _count(one.comments)) for one in case.samples)
        )
        tags = (_Str * len(case.tags))(*map(texts, case.tags))
        training = (_Str * len(case.training or ()))(*map(texts, case.training or ()))
        plain = _Case(
            size=sizeof(_Case),
            channel=texts(case.channel),
            language=texts(case.language),
            messages=messages,
            message_count=len(messages),
            message_size=sizeof(_Message),
            intent=texts(case.intent),
            tags=tags,
            tag_count=len(tags),
            customer_name=texts(case.customer_name),
            agent_name=texts(case.agent_name),
            agent_role=texts(case.agent_role),
            reactions=_count(case.reactions),
            comments=_count(case.comments),
            visibility=case.visibility,
            fault=case.fault,
            priority=case.priority,
            severity=case.severity,
            flags=case._flags(),
            id=texts(case.id),
            events=events,
            event_count=len(events),
            event_size=sizeof(_Event),
            loss=_money(texts, case.loss),
            offer=_money(texts, case.offer),
            approved_by=texts(case.approved_by),
            training=training,
            training_count=len(training),
            samples=samples,
            sample_count=len(samples),
            sample_size=sizeof(_Sample),
            shares=_count(case.shares),
            followers=_count(case.followers),
            similar_cases=_count(case.similar_cases),
            reach=_count(case.reach or 0),
            population=_count(case.population or 0),
            usual_reactions=_count(case.usual_reactions or 0),
            usual_comments=_count(case.usual_comments or 0),
            loss_kind=case.loss_kind,
            complexity=case.complexity or 0,
            agent_level=case.agent_level or 0,
            given=case._given(),
        )
        arguments = (self._handle, _scratch(), byref(plain), texts(reply), _instant(now))
        return Report(_make(_library.svar_validate, *arguments))


class PolicyBuilder(_Handle):
    """Collects the documents of a policy, in layers."""

    _free = _library.svar_policy_builder_free

    def __init__(self) -> None:
        super().__init__(_make(_library.svar_policy_builder_new))

    def layer(self, name: str, document: str) -> PolicyBuilder:
        """A layer on top of those before; `name` is what diagnostics call it."""
        texts = _Texts()
        _call(_library.svar_policy_builder_layer, self._handle, texts(name), texts(document))
        return self

    def pack(self, name: str, document: str) -> PolicyBuilder:
        """A document that others can extend by its name."""
        texts = _Texts()
        _call(_library.svar_policy_builder_pack, self._handle, texts(name), texts(document))
        return self

    def build(self) -> Policy:
        """Reads, merges, checks and compiles everything."""
        return Policy(_make(_library.svar_policy_builder_build, self._handle))

    def check(self) -> list[dict[str, Any]]:
        """Everything there is to say about the documents."""
        found: list[dict[str, Any]] = json.loads(_answer(_library.svar_policy_builder_check, self._handle))
        return found


def _money(texts: _Texts, money: Optional[Money]) -> _Money:
    if money is None:
        return _Money(0, texts(None))
    # ctypes would let it wrap.
    if not -1 << 63 <= money.minor_units < 1 << 63:
        raise ValueError(f"{money.minor_units} is no amount")
    return _Money(money.minor_units, texts(money.currency))


def _count(number: int) -> int:
    # ctypes would let it wrap.
    if not 0 <= number < 1 << 64:
        raise ValueError(f"{number} is no count")
    return number


def _instant(at: Optional[datetime]) -> _Instant:
    if at is None:
        return _Instant(0, 0, 0)
    offset = at.utcoffset()
    if offset is None:
        raise ValueError("an instant needs a time zone")
    return _Instant(int(at.timestamp()), int(offset.total_seconds()), 1)


def version() -> str:
    """The version of the library."""
    return _text(_library.svar_version())
