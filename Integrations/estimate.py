#!/usr/bin/env python3
"""What scanning a whole hub takes, from what one release takes: the arithmetic of README.md.

    estimate.py [--releases 2500000]

Rates are measured (RATES says on what, and with which command); prices and latencies are assumptions, and stand below to be changed.
"""
from __future__ import annotations

import argparse
from typing import NamedTuple


class Rate(NamedTuple):
    """One release, in the mean."""

    name: str
    files: float
    kilobytes_read: float
    milliseconds: float
    json_kilobytes: float
    gzip_kilobytes: float


class Place(NamedTuple):
    """Where it is done, in numbers that are nobody's promise."""

    cores: int = 64
    workers_a_core: int = 4
    # Seconds from a request to its answer, of an object store within its region.
    latency: float = 0.02
    dollars_a_core_hour: float = 0.0363
    dollars_a_thousand_reads: float = 0.0004
    dollars_a_thousand_lists: float = 0.005
    dollars_a_gigabyte_month: float = 0.023


RATES = [
    Rate("mirror of `make mirror`", 5.8, 32, 4.9, 59.4, 10.8),
    Rate("64 whole projects, code included", 149, 5418, 91, 103, 20.3),
]
PARQUET_KILOBYTES, STORE_KILOBYTES = 3.2, 6.4


def lines(rate: Rate, number: int, place: Place) -> list[tuple[str, str, str]]:
    """What, the arithmetic, and what it comes to."""
    core_hours = number * rate.milliseconds / 1000 / 3600
    # A file is opened once and read; of one in ten the end is read as well. One list for a release.
    reads, lists = number * rate.files * 1.1, number
    waiting = (reads + lists) * place.latency / 3600
    workers = place.cores * place.workers_a_core
    hours = max(core_hours / place.cores, (core_hours + waiting) / workers)
    compute, requests = hours * place.cores * place.dollars_a_core_hour, (reads * place.dollars_a_thousand_reads + lists * place.dollars_a_thousand_lists) / 1000
    gigabytes = number * rate.gzip_kilobytes / 1e6
    million = number / 1e6
    return [
        ("files", f"{million:g} M x {rate.files:g}", f"{million * rate.files:,.1f} M"),
        ("bytes read", f"{million:g} M x {rate.kilobytes_read:,g} kB", f"{number * rate.kilobytes_read / 1e6:,.0f} GB"),
        ("core hours", f"{million:g} M x {rate.milliseconds:g} ms / 3600", f"{core_hours:,.1f} h"),
        ("waiting for an object store", f"({reads / 1e6:,.1f} M reads + {lists / 1e6:g} M lists) x {place.latency:g} s", f"{waiting:,.0f} h of a worker"),
        ("hours", f"({core_hours:,.1f} h + {waiting:,.0f} h) / ({place.cores} cores x {place.workers_a_core} workers)", f"{hours:,.1f} h"),
        ("dollars for cores", f"{hours:,.1f} h x {place.cores} x ${place.dollars_a_core_hour:g}", f"${compute:,.2f}"),
        ("dollars for requests", f"{reads / 1e6:,.1f} M x ${place.dollars_a_thousand_reads:g}/1000 + {lists / 1e6:g} M x ${place.dollars_a_thousand_lists:g}/1000", f"${requests:,.2f}"),
        ("lines of JSON", f"{million:g} M x {rate.json_kilobytes:g} kB", f"{number * rate.json_kilobytes / 1e6:,.0f} GB"),
        ("the same, gzipped", f"{million:g} M x {rate.gzip_kilobytes:g} kB", f"{gigabytes:,.0f} GB, ${gigabytes * place.dollars_a_gigabyte_month:,.2f} a month"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--releases", type=int, default=2_500_000)
    number = parser.parse_args().releases
    tables = [lines(rate, number, Place()) for rate in RATES]
    print(f"| {number:,} releases | if all are like those of the {RATES[0].name} | | if all are like {RATES[1].name} | |\n| --- | --- | --- | --- | --- |")
    for first, second in zip(*tables):
        print(f"| {first[0]} | {first[1]} | **{first[2]}** | {second[1]} | **{second[2]}** |")
    print(f"| Parquet, zstd | {number / 1e6:g} M x {PARQUET_KILOBYTES:g} kB | **{number * PARQUET_KILOBYTES / 1e6:,.0f} GB** | | |")
    print(f"| store | {number / 1e6:g} M x {STORE_KILOBYTES:g} kB | **{number * STORE_KILOBYTES / 1e6:,.0f} GB** | | |")


if __name__ == "__main__":
    main()
