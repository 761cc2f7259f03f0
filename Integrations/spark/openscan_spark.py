#!/usr/bin/env python3
"""Scans many releases on a Spark cluster, through `openscan batch --stdin` as a pipe, into Parquet.

    spark-submit --py-files schema.py openscan_spark.py --locations paths.txt --out results
    spark-submit --py-files schema.py openscan_spark.py --listing inventory.csv.gz --mount /mnt/hub --out results
    spark-submit --py-files schema.py openscan_spark.py --out results --export lines      (then: openscan batch --store S --import lines/*.gz)

Locations are spread over partitions by a hash of their own. A partition is there when its files have the digest of the locations that are
listed for it and of the program's rules; a run does what is not there, some partitions at a time, so that whatever ends it costs those at most.
"""
from __future__ import annotations

import argparse
import csv
import hashlib
import os
import shlex
import sys
from typing import Iterable, Iterator

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as sql

from schema import SCHEMA, row

# What a shell makes of an exit: 3 says that some releases could not be read, and their lines say which.
PIPE = '{command}; code=$?; [ $code -eq 3 ] && exit 0; exit $code'


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--locations", help="text files with the path of a release on each line")
    source.add_argument("--listing", help="a listing of an object store: keys, `aws s3 ls --recursive`, or an inventory as CSV")
    parser.add_argument("--mount", default="", help="where the object store is mounted on every machine")
    parser.add_argument("--depth", type=int, default=2, help="folders of a key that name the release: 2 for org/name/file (2)")
    parser.add_argument("--out", required=True, help="folder of the Parquet files")
    parser.add_argument("--partitions", type=int, default=256, help="some 2,000 to 10,000 releases each are a good size; the same in every run (256)")
    parser.add_argument("--wave", type=int, help="partitions that are written at a time (four a core of the cluster)")
    parser.add_argument("--openscan", default="openscan", help="the program on every machine (openscan)")
    parser.add_argument("--options", default="", help='further options of `openscan batch`, such as "--timeout 120 --max-memory 2000000000"')
    parser.add_argument("--export", help="write the reports as lines of JSON for `openscan batch --import`, gzipped, into this folder")
    wanted = parser.parse_args()
    if not wanted.locations and not wanted.listing and not wanted.export:
        parser.error("name what to scan with --locations or --listing, or what to write with --export")
    if wanted.listing and not wanted.mount:
        parser.error("--listing needs --mount: openscan reads files, so the store has to be mounted on every machine")
    if wanted.partitions < 1 or wanted.depth < 1 or (wanted.wave is not None and wanted.wave < 1):
        parser.error("--partitions, --depth and --wave take numbers from 1 up")
    return wanted


def key_of(line: str) -> str | None:
    """The key in a line of a listing."""
    line = line.strip()
    if line.startswith('"'):
        fields = next(csv.reader([line]))
        return fields[1] if len(fields) > 1 else fields[0]
    parts = line.split(None, 3)
    is_listed = len(parts) == 4 and parts[0].count("-") == 2 and parts[1].count(":") == 2 and parts[2].isdigit()
    return (parts[3] if is_listed else line) or None


def release_of(line: str, mount: str, depth: int) -> str | None:
    """The folder of a release, for any of its files; files further up belong to none."""
    parts = [part for part in (key_of(line) or "").split("/") if part]
    if len(parts) <= depth or ".." in parts:
        return None
    return "/".join([mount.rstrip("/")] + parts[:depth])


def locations(spark: SparkSession, wanted: argparse.Namespace) -> DataFrame:
    """Every release once, with its partition."""
    if wanted.locations:
        found = spark.read.text(wanted.locations).select(sql.col("value").alias("location"))
    else:
        mount, depth = wanted.mount, wanted.depth
        named = spark.sparkContext.textFile(wanted.listing).map(lambda line: release_of(line, mount, depth))
        found = named.filter(lambda name: name is not None).map(lambda name: (name,)).toDF("location string")
    return found.where(sql.trim("location") != "").distinct().withColumn("part", hashed(wanted.partitions)).persist()


def hashed(partitions: int) -> Column:
    """The same on every machine and in every run: the first 32 bits of SHA-256."""
    head = sql.conv(sql.substring(sql.sha2("location", 256), 1, 8), 16, 10).cast("long")
    return (head % partitions).cast("int")


def command(wanted: argparse.Namespace) -> str:
    words = [wanted.openscan, "batch", "--stdin", "--format", "jsonl", "--jobs", "1"] + shlex.split(wanted.options)
    return f"sh -c {shlex.quote(PIPE.format(command=shlex.join(words)))}"


def rules_of(spark: SparkSession, wanted: argparse.Namespace) -> str:
    """Digests of the program, asked where the work is done: there it has to be."""
    try:
        line = spark.sparkContext.parallelize(["/no/such/release"], 1).pipe(command(wanted), checkCode=True).first()
    except Exception as error:
        raise SystemExit(f"openscan_spark: `{wanted.openscan} batch --stdin` does not run on the workers; install it there or name it with --openscan\n{error}") from None
    _, _, _, *rest = row(line, "")
    version, rules, texts = rest[-4:-1]
    return f"{version} {rules} {texts}"


def listed(found: DataFrame, rules: str) -> dict[int, tuple[int, str]]:
    """For each partition the number of its releases, and the digest of what it is made from."""
    grouped = found.groupBy("part").agg(sql.count("*").alias("number"), sql.sha2(sql.concat_ws("\n", sql.sort_array(sql.collect_list("location"))), 256).alias("digest"))
    return {r["part"]: (r["number"], hashlib.sha256(f"{rules}\n{r['digest']}".encode()).hexdigest()) for r in grouped.collect()}


def there(spark: SparkSession, out: str) -> dict[int, tuple[int, str]]:
    """The same of what was written before."""
    if not exists(spark, out):
        return {}
    written = spark.read.parquet(out).groupBy("part").agg(sql.count("*").alias("number"), sql.collect_set("partition_digest").alias("digests"))
    return {r["part"]: (r["number"], r["digests"][0]) for r in written.collect() if len(r["digests"]) == 1}


def exists(spark: SparkSession, out: str) -> bool:
    """Whether there are partitions, on whatever file system."""
    jvm = spark.sparkContext._jvm
    path = jvm.org.apache.hadoop.fs.Path(f"{out}/part=*")
    return len(path.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration()).globStatus(path) or []) > 0


def checked(lines: Iterable[str], part: int, number: int, digest: str) -> Iterator[tuple[object, ...]]:
    """Rows of a partition; an answer for each release, or the task fails and is done again."""
    count = 0
    for line in lines:
        count += 1
        yield (*row(line, digest), part)
    if count != number:
        raise RuntimeError(f"partition {part}: {count} lines came for {number} releases; the worker ended early")


def write_wave(spark: SparkSession, found: DataFrame, wave: list[int], known: dict[int, tuple[int, str]], wanted: argparse.Namespace) -> None:
    """Scans some partitions, each in one task, and writes them together."""
    place = {part: number for number, part in enumerate(wave)}
    mine = found.where(sql.col("part").isin(wave)).rdd.map(lambda r: (r["part"], r["location"]))
    spread = mine.partitionBy(len(wave), lambda part: place[part]).values()
    lines = spread.pipe(command(wanted), checkCode=True)
    rows = lines.mapPartitionsWithIndex(lambda index, part: checked(part, wave[index], *known[wave[index]]))
    frame = spark.createDataFrame(rows, SCHEMA + ", part int", verifySchema=False)
    frame.write.mode("overwrite").option("compression", "zstd").partitionBy("part").parquet(wanted.out)


def scan(spark: SparkSession, wanted: argparse.Namespace) -> None:
    found = locations(spark, wanted)
    known = listed(found, rules_of(spark, wanted))
    if not known:
        raise SystemExit("openscan_spark: no release is listed; look at the first line of the list and at --depth")
    before = there(spark, wanted.out)
    missing = sorted(part for part, want in known.items() if before.get(part) != want)
    print(f"openscan_spark: {sum(n for n, _ in known.values())} releases in {len(known)} partitions, {len(missing)} of them to do", flush=True)
    size = wanted.wave or 4 * max(1, spark.sparkContext.defaultParallelism)
    for start in range(0, len(missing), size):
        write_wave(spark, found, missing[start:start + size], known, wanted)
        print(f"openscan_spark: {min(start + size, len(missing))} of {len(missing)} partitions written", flush=True)
    gone = sorted(set(before) - set(known))
    if gone:
        print(f"openscan_spark: partitions {gone} hold releases that are no longer listed; remove them when they are not wanted", file=sys.stderr)


def summary(spark: SparkSession, out: str) -> None:
    rows = spark.read.parquet(out)
    total, unread = rows.count(), rows.where("error IS NOT NULL").count()
    print(f"openscan_spark: {total} releases under {out}, {unread} of which could not be read")


def main() -> None:
    wanted = arguments()
    spark = SparkSession.builder.appName("openscan").config("spark.sql.sources.partitionOverwriteMode", "dynamic").getOrCreate()
    spark.sparkContext.setLogLevel(os.environ.get("OPENSCAN_SPARK_LOG", "ERROR"))
    if wanted.locations or wanted.listing:
        scan(spark, wanted)
        summary(spark, wanted.out)
    if wanted.export:
        spark.read.parquet(wanted.out).select("report").write.mode("overwrite").option("compression", "gzip").text(wanted.export)
        print(f"openscan_spark: lines are in {wanted.export}; openscan batch --store FILE.sqlite --import {wanted.export}/*.gz")
    spark.stop()


if __name__ == "__main__":
    main()
