"""Runs the reference on recorded courses and compares. Reads JSON Lines from stdin."""

import argparse
import gc
import json
import sys
from collections import Counter, defaultdict
from functools import partial
from multiprocessing import Pool

from coverage import REACHED, count
from reference import Tenant
from values import parse_instant, plain_scope


def told_of(event):
    """Whom an event was told to, without an order. N1 gives none."""
    return sorted((t["as"], t["person"] or "", t["address"]) for t in event["told"])


def line_of(step):
    """One step in one readable line."""
    command = step["command"]
    kind, body = next(iter(command["body"].items()))
    refused = step["refused"]
    what = ("refused %(why)s/%(about)s/%(limit)s" % refused) if refused else "ok"
    kinds = ",".join(next(iter(e["body"])) for e in step["events"])
    return "%s %s/%s %s %s %s -> %s [%s]" % (
        step["clock"][5:23], command["actor"]["acting"], command["actor"]["person"],
        command["id"], kind, json.dumps(body), what, kinds)


def alike(field, mine, other):
    """Equal but for an order or a spelling that the contract leaves open."""
    if field == "told":
        return told_of(mine) == told_of(other)
    if field == "body" and "granted" in mine["body"] and "granted" in other["body"]:
        ours, theirs = mine["body"]["granted"], other["body"]["granted"]
        return (dict(ours, scope=plain_scope(ours["scope"]))
                == dict(theirs, scope=plain_scope(theirs["scope"])))
    return False


def difference(tenant, ours, reply, step):
    """None where both agree; else what the reference says and what was recorded."""
    if reply != step["refused"]:
        return "refused", reply, step["refused"]
    if tenant.where != step["where"]:
        return "place", tenant.where, step["where"]
    allowed = reply is None and "access" in step["command"]["body"]
    if allowed != step["allowed"]:
        return "allowed", allowed, step["allowed"]
    theirs = step["events"]
    if len(ours) != len(theirs):
        return "events", [e["body"] for e in ours], [e["body"] for e in theirs]
    for mine, other in zip(ours, theirs):
        for field, value in mine.items():
            if value == other[field] or alike(field, mine, other):
                continue
            return ("%s of %s" % (field, next(iter(mine["body"]))), value, other[field])
    return None


def show(course, steps, found, longest):
    what, ours, theirs = found
    print("course %s differs in: %s" % (course, what))
    shown = steps[-longest:]
    if len(shown) < len(steps):
        print("  ... %d earlier steps" % (len(steps) - len(shown)))
    for line in shown:
        print("  " + line_of(json.loads(line))[:400])
    print("reference: " + json.dumps(ours))
    print("recorded:  " + json.dumps(theirs))


def check(lines, survey):
    """Whole courses: steps, courses, the differences found, and what was met."""
    steps, courses, differences, met = 0, 0, [], Counter()
    course, tenants, so_far, skip = None, {}, [], False
    for line in lines:
        step = json.loads(line)
        if "course" in step:
            course, so_far, skip = step["course"], [], False
            tenants = defaultdict(partial(Tenant, met))
            courses += 1
            continue
        if skip:
            continue
        so_far.append(line)
        steps += 1
        tenant = tenants[step["command"]["tenant"]]  # V6
        last = tenant.sequence
        ours, reply = tenant.decide(step["command"], parse_instant(step["clock"]))
        count(met, step, repeated=bool(ours) and tenant.sequence == last)
        found = difference(tenant, ours, reply, step)
        if found is not None:
            differences.append((course, so_far, found))
            if not survey:
                break
            skip = True
    return steps, courses, differences, met


def batches(lines):
    """The input in batches of whole courses, each with the same flag."""
    batch = []
    for line in lines:
        if line.startswith('{"course"') and len(batch) > 5000:
            yield batch
            batch = []
        batch.append(line)
    yield batch


def kind_of(line, found):
    """What a survey counts as one kind of difference."""
    kind = next(iter(json.loads(line)["command"]["body"]))
    if found[0] == "refused":
        return "%s: %s" % (kind, json.dumps(found[1:]))
    return "%s: %s" % (kind, found[0])


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lines", type=int, default=25, help="steps to show at a difference")
    options.add_argument("--jobs", type=int, default=1, help="processes")
    options.add_argument("--survey", action="store_true",
                         help="go on after a difference with the next course, count kinds, and "
                              "tell how often everything was met")
    options.add_argument("--complete", action="store_true",
                         help="fail when something that can be met never was")
    options = options.parse_args()
    gc.disable()  # nothing here is cyclic
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # ids that are no UTF-8
    work = partial(check, survey=options.survey)
    pool = Pool(options.jobs) if options.jobs > 1 else None
    results = pool.imap(work, batches(sys.stdin)) if pool else map(work, batches(sys.stdin))
    steps, courses, kinds, met = 0, 0, Counter(), Counter()
    for some_steps, some_courses, differences, some_met in results:
        steps += some_steps
        courses += some_courses
        met.update(some_met)
        for course, so_far, found in differences:
            kind = kind_of(so_far[-1], found)
            if kind not in kinds and len(kinds) < 12:
                show(course, so_far, found, options.lines)
            kinds[kind] += 1
        if kinds and not options.survey:
            break
    if pool:
        pool.terminate()
    return report(options, steps, courses, kinds, met)


def report(options, steps, courses, kinds, met):
    if options.survey:
        for name in sorted(met):
            print("%9d %s" % (met[name], name))
    for kind, times in kinds.most_common():
        print("%d times %s" % (times, kind))
    if kinds:
        return 1
    print("%d steps of %d courses agree" % (steps, courses))
    never = [name for name in REACHED if not met[name]] if options.complete else []
    for name in never:
        print("never met: %s" % name)
    return 1 if never else 0


if __name__ == "__main__":
    sys.exit(main())
