# SPDX-License-Identifier: Apache-2.0
"""Tables of patients: the same patients as in JSON, and what people get wrong."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import json
from fractions import Fraction
from typing import IO, TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lutalogic import InputError, rule_base
from lutalogic.patient_files import Patient, read_patients
from tests.strategies import POLICIES, Coverage, facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lutalogic.patient_files import Form

ON = "2026-06-01"


def read(text: str | bytes, form: Form = "csv") -> list[Patient | InputError]:
    """Return what a file of this text holds."""
    data = text if isinstance(text, bytes) else text.encode()
    return list(read_patients(io.BytesIO(data), "f", form=form))


def one(text: str | bytes, form: Form = "csv") -> Patient:
    """Return the only patient of a file."""
    [patient] = read(text, form)
    assert isinstance(patient, Patient), patient
    return patient


def error(text: str | bytes) -> InputError:
    """Return the only thing in a file, which is an error."""
    [told] = read(text)
    assert isinstance(told, InputError), told
    return told


def cell(value: Any) -> str:
    """Return a fact as a person writes it in a cell."""
    if isinstance(value, bool):
        return "Yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(value) or "none"
    return str(value)


def table(*rows: dict[str, str], delimiter: str = ",") -> str:
    """Return rows as a table, with the quotes that they need."""
    out = io.StringIO()
    names = list(dict.fromkeys(itertools.chain.from_iterable(rows)))
    writer = csv.DictWriter(out, names, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


COVERED = Coverage("tables and JSON")


@given(st.sampled_from(POLICIES).flatmap(facts), st.sampled_from([",", ";", "\t"]))
def test_a_table_and_json_make_equal_cases(stated: dict[str, Any], delimiter: str) -> None:
    """The same facts in cells and in JSON are the same case, whatever separates the columns."""
    if len(stated) < 2:
        return
    text = table({name: cell(value) for name, value in stated.items()}, delimiter=delimiter)
    patient = one(text, "tsv" if delimiter == "\t" else "csv")
    again = one(json.dumps({"facts": stated}), "json")
    assert patient.case(on=ON) == again.case(on=ON)
    COVERED.note(
        *{rule_base().attributes[name].type for name in stated},
        *("interval" for v in stated.values() if isinstance(v, str) and v[:1] in "<>"),
    )


def test_every_type_of_cell_was_read() -> None:
    """The search above reached each type of fact, and intervals."""
    if COVERED.counts:
        COVERED.demand(0.1, "boolean", "enum", "set", "integer", "number", "elapsed")


ENTRIES: dict[str, tuple[str, Any]] = {
    "birth_date": ("1965-03-01", "1965-03-01"),
    "sex": ("female", "female"),
    "weight": (
        "2026-01-01 70 kg; 2026-05-01 150 lb",
        [{"date": "2026-01-01", "value": "70 kg"}, {"date": "2026-05-01", "value": "150 lb"}],
    ),
    "creatinine": (
        "2026-01-05 0.9 mg/dL baseline; 2026-05-28 09:00 88 umol/L",
        [
            {"date": "2026-01-05", "value": "0.9 mg/dL", "baseline": True},
            {"date": "2026-05-28T09:00", "value": "88 umol/L"},
        ],
    ),
    "albumin": ("4.2 g/dL", "4.2 g/dL"),
    "prothrombin_ratio": ("95", 95),
    "bilirubin": (
        "2026-05-28 12 umol/L limit 21 umol/L",
        {"date": "2026-05-28", "value": "12 umol/L", "upper_limit": "21 umol/L"},
    ),
    "alt": ("50 limit 40", {"value": 50, "upper_limit": 40}),
    "doses:lutathera": (
        "2026-01-05 7.4 GBq current; 2026-04-06 200 mCi current",
        [
            {"date": "2026-01-05", "activity": "7.4 GBq", "course": "current"},
            {"date": "2026-04-06", "activity": "200 mCi", "course": "current"},
        ],
    ),
    "doses:pluvicto": ("none", []),
    "doses:xofigo": (
        "2020-01-05; 2020-02-05 earlier",
        [{"date": "2020-01-05"}, {"date": "2020-02-05", "course": "earlier"}],
    ),
    "analogues:long_acting": ("2026-04-27;2026-03-30", ["2026-04-27", "2026-03-30"]),
    "analogues:short_acting": ("2026-05-31 08:00; 2026-05-30", ["2026-05-31T08:00", "2026-05-30"]),
}


def test_a_record_in_a_row_is_the_record_in_json() -> None:
    """Every form of an entry, alone and together: equal cases with equal derivations."""
    for name, (written, value) in [*ENTRIES.items(), ("all", ("", None))]:
        chosen = ENTRIES if name == "all" else {name: (written, value)}
        row = {"name": "A"} | {n: w for n, (w, _) in chosen.items()}
        record = {n: v for n, (_, v) in chosen.items()}
        mine = one(table(row)).case(on=ON)
        again = one(json.dumps({"name": "A", "record": record}), "json").case(on=ON)
        assert mine == again, name
        assert mine.derivations == again.derivations
    assert len(mine.derivations) >= 12


def test_a_row_is_a_whole_patient() -> None:
    """Name, story, policies, date and readings stand in columns of their own."""
    text = table(
        {
            "name": "Ms A", "story": "two\nlines", "policy": "premera_xofigo; premera_pluvicto",
            "on": ON, "reading:w_item1": "literal_list", "age_years": "58", "ecog": "",
        }
    )  # fmt: skip
    assert one(text) == Patient(
        "Ms A", {"age_years": 58}, "two\nlines", ("premera_xofigo", "premera_pluvicto"), ON,
        {"w_item1": "literal_list"},
    )  # fmt: skip
    assert one("age_years\n58\n").name == "f: row 2"
    assert one("id,age_years\n7,58\n").name == "7"


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffage_years,ecog\n58,1\n",
        "age_years;ecog\n58;1\n",
        "age_years,ecog\r\n58,1\r\n",
        "age_years,ecog\r58,1\r",
        " age_years , ecog \n 58 ,\u00a01\n",
        "age_years,ecog\n\n58,1\n,\n\n",
        "age_years,ecog\n58,1,,\n",
        '"age_years","ecog"\n"58","1"',
    ],
)
def test_what_programs_make_of_a_table_is_read(text: str) -> None:
    """A byte order mark, semicolons, line ends, spaces, empty rows, trailing commas, quotes."""
    assert one(text).facts == {"age_years": 58, "ecog": 1}


@pytest.mark.parametrize("written", ["yes", "YES", "Yes", "true", "TRUE"])
def test_yes_and_no_in_any_case(written: str) -> None:
    """Yes and true; no and false; an empty cell is neither."""
    assert one(f"name,unresectable\nA,{written}\n").facts == {"unresectable": True}
    assert one("name,unresectable\nA,False\n").facts == {"unresectable": False}
    assert one("name,unresectable\nA,\n").facts == {}


def test_a_documented_none_is_no_empty_cell() -> None:
    """`none` is the empty set where the fact is a set, and a value where it is one."""
    text = "disease_progression_on,metastases\nnone,none\n"
    assert one(text).facts == {"disease_progression_on": [], "metastases": "none"}
    assert one("name,disease_progression_on\nA,\n").facts == {}


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("name,ki67", "there is no column 'ki67'; did you mean ki67_percent?"),
        ("name,reading:w_item", "did you mean reading:w_item1"),
        ("name,doses:lutatera", "did you mean doses:lutathera"),
        ("name,,ecog", "a column has no name"),
        ("ecog,name,ecog", "'ecog' stands twice"),
        ("sep=;", "remove the line"),
        ("{}", "there is no column"),
        ("", "there is no header"),
        (",".join(f"c{i}" for i in range(20_000)), "there is no column 'c0'"),
        ("x" * 200_000, "the header cannot be read"),
        ("\x00", "there is no column"),
        ('name,"ecog', "the header cannot be read"),
    ],
)
def test_a_wrong_header_is_told_once(header: str, words: str) -> None:
    """However many rows follow, and however long it is."""
    told = error(header + "\n" + "1,2\n" * 50)
    assert words in told.message
    assert told.at == "f: row 1"
    assert len(told.message) < 300


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("maybe,,", "row 2, column unresectable: 'maybe' is neither yes nor no"),
        ("1,,", "neither yes nor no"),
        ("yes", "row 2: has 1 cells under 3 columns"),
        ("yes,1,2,3", "has 4 cells under 3 columns"),
        (',"12,5",', "column ki67_percent: '12,5' is no value with a unit; a comma"),
        (",12 000,", "write the number without spaces"),
        (",12.5 mg,", "'mg' is no unit known here"),
        (',"a"b,', "cannot be read"),
        (",,2026-05-28 88 umol", None),
        (",=1+1,", None),
        (",NaN,", None),
        (",-,", None),
        (",12\x00,", "no unit known"),
        (",\u0665,", None),
        (",1e2,", "no unit known"),
        (",,one", None),
        (",,2026-05-28", "a value is missing"),
        (",,2026-02-30 1 mg/dL", None),
        (",,2026-05-28T08:00+01:00 1 mg/dL", None),
        (",,2026-05-28 1", None),
    ],
)
def test_a_wrong_cell_is_told_with_its_row(row: str, words: str | None) -> None:
    """Told at once or, where only a case can tell, when the case is made; other rows are read."""
    text = f"unresectable,ki67_percent,creatinine\n{row}\nno,5,1 mg/dL\n"
    first, second = read(text)
    assert isinstance(second, Patient)
    assert second.case(on=ON).facts == {"unresectable": False, "ki67_percent": 5}
    if words is not None:
        assert isinstance(first, InputError)
        assert words in str(first)
    else:
        assert isinstance(first, Patient)
        assert first.label == "f: row 2"
        with pytest.raises(InputError):
            first.case(on=ON)


def test_bytes_that_are_no_text_are_told_with_their_row() -> None:
    """A table saved in another encoding loses the rows that need it, and no other."""
    first, second = read("name,ecog\nJosé,1\nB,2\n".encode("latin-1"))
    assert isinstance(first, InputError)
    assert "row 2, column name: is not UTF-8" in str(first)
    assert isinstance(second, Patient)
    utf16 = read("name,ecog\nA,1\n".encode("utf-16"))
    assert len(utf16) == 1
    assert isinstance(utf16[0], InputError)


def test_a_quote_that_is_never_closed_is_told_with_the_rows_it_takes() -> None:
    """It takes the rows after it, and the error says which."""
    first, last = read('name,ecog\nA,1\n"B,2\nC,3\nD,4\n')
    assert isinstance(first, Patient)
    assert isinstance(last, InputError)
    assert "rows 3 to" in str(last)
    assert "check the quotes" in last.message


def test_a_steering_character_does_not_reach_a_terminal() -> None:
    """Names are shown without them."""
    assert one("name,ecog\n\x1b[31mA,1\n").name == "\N{REPLACEMENT CHARACTER}[31mA"


class Endless(io.RawIOBase):
    """A table without end, which counts what was read of it."""

    def __init__(self) -> None:
        self.lines: Iterator[bytes] = itertools.chain([b"name,ecog\n"], itertools.repeat(b"A,1\n"))
        self.taken = 0

    def readable(self) -> bool:
        """Return that it is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the beginning of a buffer with the next lines."""
        data = b"".join(itertools.islice(self.lines, 50))
        buffer[: len(data)] = data
        self.taken += len(data)
        return len(data)


@pytest.mark.parametrize("form", ["csv", "lines"])
def test_a_file_is_read_as_it_comes(form: Form) -> None:
    """The first patients are there before the file ends."""
    endless = Endless()
    if form == "lines":
        endless.lines = itertools.repeat(b'{"ecog": 1}\n')
    stream: IO[bytes] = io.BufferedReader(endless)
    patients = list(itertools.islice(read_patients(stream, "f", form=form), 1000))
    assert all(isinstance(p, Patient) for p in patients)
    assert endless.taken < 200_000
    assert not stream.closed


def test_facts_of_json_may_have_units() -> None:
    """In an object of facts, beside a record, and one a line; errors name the fact."""
    text = '{"albumin_g_l": "4.2 g/dL", "ki67_percent": "2-10 %", "necrosis": "none"}'
    assert one(text, "json").case(on=ON).facts == {
        "albumin_g_l": Fraction(42), "ki67_percent": "2-10", "necrosis": "none",
    }  # fmt: skip
    assert one(text, "lines").case(on=ON) == one(f'{{"facts": {text}}}', "json").case(on=ON)
    with pytest.raises(InputError, match="without quotes"):
        one('{"albumin_g_l": "42"}', "json").case(on=ON)
    assert one('{"record": {"birth_date": "1965-03-01"}}', "json").case(on=ON).facts == {
        "age_years": 61
    }
    [told] = read('{"record": []}', "json")
    assert isinstance(told, InputError)
    assert told.at == "f: record"


@given(
    st.lists(st.sampled_from(sorted([*ENTRIES, "ecog", "name", "on", "story"])), unique=True),
    st.lists(
        st.binary(max_size=60)
        | st.lists(st.sampled_from([*(w for w, _ in ENTRIES.values()), "5", "", '"']))
        .map(",".join).map(str.encode),
        max_size=4,
    ),
)  # fmt: skip
def test_whatever_a_table_holds_it_is_read_or_refused(names: list[str], rows: list[bytes]) -> None:
    """Arbitrary bytes under a header: patients and errors of input, and nothing else."""
    for patient in read(b"\n".join([",".join(names).encode(), *rows])):
        if isinstance(patient, Patient):
            with contextlib.suppress(InputError):
                patient.case(on=ON)
