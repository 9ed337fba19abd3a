# SPDX-License-Identifier: Apache-2.0
"""Decide the patients of long files: in batches, and in several processes where that pays."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from lutalogic.decide import decide_many, policies_for
from lutalogic.errors import InputError, WorkerLost
from lutalogic.output import FORMS
from lutalogic.patient_files import patients_of
from lutalogic.plausible import plausibility_remarks
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from lutalogic.case import Case
    from lutalogic.decision import Decision
    from lutalogic.patient_files import Patient, RawPatient

#: Patients decided at a time: enough to hide the cost of a call, few enough for Ctrl-C.
BATCH: Final = 500
#: Fewer batches than this are decided sooner than other processes are ready.
WORTH_SHARING: Final = 4
#: How often a worker looks whether its parent still lives.
WATCH_SECONDS: Final = 2
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says of policy, date, readings and engine, before what files say."""

    policy: str | None = None
    on: str | None = None
    readings: dict[str, str] = field(default_factory=dict)
    engine: str | None = None

    def day(self, patient: Patient) -> str:
        """Return the date of service: the command line's, the file's, or today."""
        stated = self.on if self.on is not None else patient.on
        return date.today().isoformat() if stated is None else stated

    def policies(self, patient: Patient) -> tuple[str, ...]:
        """Return the policies named on the command line or in the file; none if neither does."""
        if self.policy == "all":
            return tuple(rule_base().policies)
        return (self.policy,) if self.policy is not None else patient.policies

    def taken(self, patient: Patient) -> dict[str, Any]:
        """Return the readings to take."""
        return dict(patient.readings or {}) | self.readings


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a batch of patients makes of the output.

    Attributes:
        items: The texts to write.
        messages: What to say on standard error.
        judged: Whether every patient could be judged.
        count: How many patients there were.
    """

    items: list[str]
    messages: list[str]
    judged: bool
    count: int


def answered(
    given: Iterator[RawPatient], question: Asked
) -> Iterator[tuple[Patient | None, Sequence[Decision] | InputError]]:
    """Yield each patient with the decisions, or with what is wrong, in order."""
    while batch := list(islice(given, BATCH)):
        yield from _answered_batch(batch, question)


def rendered(
    given: Iterator[RawPatient], question: Asked, form: str, *, jobs: int
) -> Iterator[Rendered]:
    """Yield what batches of patients make of the output, in order, by `jobs` processes."""
    batches = iter(lambda: list(islice(given, BATCH)), [])
    first = list(islice(batches, WORTH_SHARING))
    if jobs < 2 or len(first) < WORTH_SHARING:
        for batch in chain(first, batches):
            yield _rendered_batch(batch, question, form)
        return
    pool = ProcessPoolExecutor(jobs, initializer=_serve, initargs=(os.getpid(),))
    waiting: deque[Future[Rendered]] = deque()
    try:
        for batch in chain(first, batches):
            waiting.append(pool.submit(_rendered_batch, batch, question, form))
            if len(waiting) > 2 * jobs:
                yield awaited(waiting.popleft(), pool)
        while waiting:
            yield awaited(waiting.popleft(), pool)
        pool.shutdown()
    except BrokenProcessPool as error:
        raise WorkerLost(
            "a process that decided patients was ended from outside, perhaps for want of memory; "
            "what was decided before is kept: run the rest again, or all with --jobs 1"
        ) from error
    finally:  # on an interrupt, nothing that the workers do is wanted any more
        workers = list((pool._processes or {}).values())  # shutdown alone would wait for their work
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.terminate()


def awaited(result: Future[_T], pool: ProcessPoolExecutor) -> _T:
    """Return a result of a worker, as long as no worker was ended.

    A pool notices by itself that a worker was ended, but not where that happened while it sent a
    result: then the pool waits for the rest of it, and the other workers for their turn.

    Raises:
        BrokenProcessPool: A worker was ended.
    """
    while True:
        try:
            return result.result(timeout=WATCH_SECONDS)
        except TimeoutError:
            workers = list((pool._processes or {}).values())
            if not result.done() and any(worker.exitcode is not None for worker in workers):
                raise BrokenProcessPool from None


def _serve(parent: int) -> None:
    """Make a worker that leaves interrupts to its parent, and ends when the parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what was loaded stays; a batch makes many objects and no circles of them
    gc.set_threshold(200_000, 50, 50)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(WATCH_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _rendered_batch(batch: Sequence[RawPatient], question: Asked, form: str) -> Rendered:
    made = FORMS[form]
    items: list[str] = []
    messages: list[str] = []
    judged, count = True, 0
    for patient, answer in _answered_batch(batch, question):
        count += 1
        if isinstance(answer, InputError):
            name = patient.name if patient else answer.patient or answer.at
            items.extend(made.refusal(name, patient.place if patient else answer.at, answer))
            messages.append(complaint(patient, answer))
            messages.extend(unread(patient))
            judged = False
        else:
            assert patient is not None  # only what could not be read has no patient
            items.extend(made.answer(patient.name, patient.place, answer))
            messages.extend(notes(patient, answer))
    return Rendered(items, messages, judged, count)


def complaint(patient: Patient | None, error: InputError) -> str:
    """Return what to say of a patient who cannot be judged."""
    return f"error: {patient.label}: {error}" if patient else f"error: {error}"


def notes(patient: Patient, decisions: Sequence[Decision]) -> tuple[str, ...]:
    """Return what to say of fields that were not read, and of what a record leaves open."""
    if patient.record is None or not decisions:
        return unread(patient)
    remarks = patient.derived(on=decisions[0].on).remarks
    return (*unread(patient), *(f"note: {patient.label}: {remark}" for remark in remarks))


def unread(patient: Patient | None) -> tuple[str, ...]:
    """Return what to say of the fields of a patient that were not read."""
    if patient is None:
        return ()
    return tuple(
        f"note: {patient.label}: the field {name!r} is no part of a patient and was not read"
        for name in patient.unread
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """Cases that share policy, day and readings, each with its patient's place and its rank."""

    policy: str
    day: str
    readings: dict[str, Any]
    members: list[tuple[int, int, Case]] = field(default_factory=list)


def _answered_batch(
    raw: Sequence[RawPatient], question: Asked
) -> Iterator[tuple[Patient | None, Sequence[Decision] | InputError]]:
    batch = [patient for each in raw for patient in patients_of(each)]
    answers: list[list[Decision] | InputError] = []
    groups: dict[tuple[str, str, str], _Group] = {}
    for place, patient in enumerate(batch):
        if isinstance(patient, InputError):
            answers.append(patient)
            continue
        try:
            day, taken = question.day(patient), question.taken(patient)
            case = patient.case(on=day)
            names = question.policies(patient) or [
                policy.name for policy in policies_for(case, readings=taken, engine=question.engine)
            ]
            answers.append([])
        except InputError as error:
            answers.append(error)
            continue
        told = repr(taken) if taken else ""
        for rank, name in enumerate(names):
            key = name, day, told
            if key not in groups:
                groups[key] = _Group(name, day, taken)
            groups[key].members.append((place, rank, case))
    _decide_groups(groups.values(), answers, question.engine)
    _warn_of_all(each for answer in answers if isinstance(answer, list) for each in answer)
    for patient, answer in zip(batch, answers, strict=True):
        yield (None if isinstance(patient, InputError) else patient), answer


def _warn_of_all(decisions: Iterable[Decision]) -> None:
    """Work out the warnings of many decisions in one call of their engine, a case once."""
    waiting = list(decisions)
    if waiting:
        asked = [(decision.case, decision.policy.name) for decision in waiting]
        remarks = plausibility_remarks(waiting[0].engine, asked)
        for decision, told in zip(waiting, remarks, strict=True):
            decision.__dict__["warnings"] = told  # where the cached property keeps it


def _decide_groups(
    groups: Iterable[_Group], answers: list[list[Decision] | InputError], engine: str | None
) -> None:
    """Decide each group in one call, and put the decisions into their places."""
    found: list[tuple[int, int, Decision]] = []
    for group in groups:
        cases = [case for _, _, case in group.members]
        try:
            decisions = decide_many(
                cases, group.policy, on=group.day, readings=group.readings, engine=engine
            )
        except InputError as error:
            for place, _, _ in group.members:
                answers[place] = error
        else:
            pairs = zip(group.members, decisions, strict=True)
            found += [(place, rank, decision) for (place, rank, _), decision in pairs]
    for place, _, decision in sorted(found, key=lambda entry: entry[:2]):
        answer = answers[place]
        if isinstance(answer, list):
            answer.append(decision)
