#!/usr/bin/env python3
"""Writes week.jsonl: a week of four tenants at one provider, always the same bytes.

Stories are written in the order in which they come to mind; the lines come out in the order of their
instants. `{name}` in a field stands for the id of the request that the story called so.
"""

import json
import random
from datetime import datetime, timedelta

MONDAY = datetime(2026, 11, 2)
chance = random.Random(20261102)
lines = []  # (instant, place among equals, line)

CLINIC, SCHOOL, BAKERY, MUSEUM = "harbour-clinic", "oakwood-school", "corner-bakery", "city-museum"
OLA = "operator:ola@provider.example"
EVE, NOOR, KOFI, LIN = (f"engineer:{n}@provider.example" for n in ("eve", "noor", "kofi", "lin"))
MIA, RAJ = "manager:mia@provider.example", "manager:raj@provider.example"
HOMES = {CLINIC: "198.51.100.", SCHOOL: "203.0.113.", BAKERY: "192.0.2.", MUSEUM: "198.51.100.1"}


def member(name, tenant):
    return f"member:{name}@{tenant}.example"


ADA, BEN, CLARA = (member(n, CLINIC) for n in ("ada", "ben", "clara"))
DAN, EMIL = member("dan", CLINIC), member("emil", CLINIC)
HANA, IVO = member("hana", SCHOOL), member("ivo", SCHOOL)
JO, KIM = member("jo", BAKERY), member("kim", BAKERY)
LEA, MAX = member("lea", MUSEUM), member("max", MUSEUM)


def at(day, clock):
    """`at(1, "09:30")` is Tuesday, half past nine."""
    hours, minutes, *seconds = (int(part) for part in clock.split(":"))
    return MONDAY + timedelta(days=day, hours=hours, minutes=minutes, seconds=sum(seconds))


def say(instant, tenant, who, do, expect=None, note=None, shown_as=None, id=None, **fields):
    line = {"at": (shown_as or instant).strftime("%Y-%m-%dT%H:%M:%SZ")}
    if tenant:
        home = HOMES.get(tenant, "192.0.2.") if who.startswith("member") else "10.20.0."
        line |= {"tenant": tenant, "as": who, "from": home + str(10 + len(who) % 80), "id": id}
    line |= {"do": do, **fields}
    if expect:
        line["expect"] = expect if expect == "done" else "refused:" + expect
    if note:
        line["note"] = note
    lines.append((instant, len(lines), line))


def machine(instant, do, note=None):
    say(instant, None, None, do, note=note)


# --- What happens on cases -----------------------------------------------------------------------

TROUBLE = [
    ("mail", ["Read-Mail"], "/mailboxes/{who}", "messages vanish from {who}'s inbox",
     "the mailbox rules were rebuilt"),
    ("mail", ["Read-Mail", "Search-Mail"], "/mailboxes/{who}/inbox",
     "a search in {who}'s mailbox returns nothing", "the index was restarted"),
    ("files", ["Read-File"], "/shares/{who}/reports", "a report of {who} opens as an empty page",
     "the thumbnails were rebuilt"),
    ("files", ["Read-File", "List-Folder"], "/shares/{who}", "folders of {who} show twice",
     "the sync client was installed anew"),
    ("chat", ["Read-Thread"], "/channels/{who}", "old messages in {who}'s channel are missing",
     "the client's cache was cleared"),
]
WHO = ["gita", "hugo", "ines", "jan", "kaya", "luis", "mona", "nils", "olga", "pavel", "rosa", "sven"]
cases = iter(range(4101, 9999))


def asked(tenant, minutes=120, reporter=None, case=None, who=None, trouble=None, **more):
    who = who or chance.choice(WHO)
    service, operations, path, why, tried = trouble or chance.choice(TROUBLE)
    return {
        "case": case or f"C-{next(cases)}",
        "reporter": reporter or f"{who}@{tenant}.example",
        "escalated": True,
        "tried": tried,
        "service": service,
        "operations": operations,
        "resources": [path.format(who=who)],
        "reason": "customer_initiated_support",
        "justification": why.format(who=who),
        "duration": f"{minutes}m" if minutes % 60 else f"{minutes // 60}h",
    } | more


def submit(instant, tenant, engineer, name, expect="done", note=None, **fields):
    wish = asked(tenant, **fields)
    say(instant, tenant, engineer, "submit", expect, note, **wish)
    lines[-1][2]["_name"] = name
    return wish


def use(instant, tenant, engineer, wish, expect="done", note=None, under="", **over):
    operation = over.get("operation", wish["operations"][0])
    resource = over.get("resource", wish["resources"][0] + under)
    say(instant, tenant, engineer, "access", expect, note, service=wish["service"],
        operation=operation, resource=resource)


def smooth(instant, tenant, engineer, manager, approver, name, uses=3, end=None, **fields):
    """A request that goes well: both gates, a few accesses, and its end."""
    step = timedelta(minutes=chance.randint(3, 40))
    wish = submit(instant, tenant, engineer, name, **fields)
    instant += step
    say(instant, tenant, manager, "approve", request=f"{{{name}}}")
    if approver:
        instant += timedelta(minutes=chance.randint(5, 90))
        say(instant, tenant, approver, "approve", request=f"{{{name}}}",
            comment=chance.choice(["go ahead", "yes, please", "fine for today", "agreed by phone"]))
    for i in range(uses):
        instant += timedelta(minutes=chance.randint(2, 12))
        use(instant, tenant, engineer, wish, under=f"/{1000 + chance.randint(0, 899)}")
    if end == "finish":
        say(instant + timedelta(minutes=2), tenant, engineer, "finish", request=f"{{{name}}}")
    return wish, instant


# --- Monday: the tenants are set up --------------------------------------------------------------

def open_tenant(clock, tenant, admin):
    say(at(0, clock), tenant, OLA, "tenant open", admin=admin.split(":")[1])


open_tenant("07:00", CLINIC, ADA)
open_tenant("07:05", SCHOOL, HANA)
open_tenant("07:10", BAKERY, JO)
open_tenant("07:15", MUSEUM, LEA)
say(at(0, "07:16"), MUSEUM, OLA, "tenant open", "already_open", admin="lea@city-museum.example")
say(at(0, "07:20"), CLINIC, ADA, "on", "not_entitled", "the plan is not recorded yet")
for clock, tenant in (("07:30", CLINIC), ("07:31", SCHOOL), ("07:32", BAKERY), ("07:33", MUSEUM)):
    say(at(0, clock), tenant, OLA, "entitle", plan=True, support=True)
say(at(0, "07:34"), MUSEUM, OLA, "entitle", "unchanged", plan=True, support=True)

for clock, who, name, role in (("07:40", ADA, BEN, "access_approver"), ("07:41", ADA, CLARA, "access_approver"),
                               ("07:42", ADA, DAN, "compliance_admin"), ("07:43", ADA, EMIL, "audit_reader")):
    say(at(0, clock), CLINIC, who, "role assign", member=name.split(":")[1], role=role)
say(at(0, "07:44"), CLINIC, ADA, "role assign", "unknown_role", member="ben@harbour-clinic.example", role="janitor")
say(at(0, "07:45"), CLINIC, ADA, "role assign", "unchanged", member="ben@harbour-clinic.example", role="access_approver")
say(at(0, "07:46"), CLINIC, ADA, "role assign", "malformed", "no person may be called so",
    member="Anonymous", role="access_approver")
say(at(0, "07:47"), CLINIC, ADA, "role end", "last_administrator", member="ada@harbour-clinic.example", role="global_admin")
say(at(0, "07:48"), CLINIC, BEN, "role assign", "not_allowed", member="ben@harbour-clinic.example", role="global_admin")
say(at(0, "07:50"), CLINIC, ADA, "settings", customer_window="8h",
    recipients=["security@harbour-clinic.example", "privacy@harbour-clinic.example"],
    pending_per_engineer=3, open_requests=9, refusals_per_hour=6)
say(at(0, "07:51"), CLINIC, ADA, "settings", "too_long",
    recipients=[f"desk{i}@harbour-clinic.example" for i in range(11)])
say(at(0, "07:52"), CLINIC, ADA, "settings", "out_of_range", longest_access="2d")
say(at(0, "07:53"), CLINIC, ADA, "settings", "malformed", recipients=["not an address"])
say(at(0, "07:55"), CLINIC, ADA, "audit-log show")
say(at(0, "08:00"), CLINIC, ADA, "on")
say(at(0, "08:01"), CLINIC, DAN, "on", "unchanged")

say(at(0, "08:05"), SCHOOL, HANA, "role assign", member="ivo@oakwood-school.example", role="access_approver")
say(at(0, "08:06"), SCHOOL, HANA, "audit-log show")
say(at(0, "08:10"), BAKERY, JO, "role define", note="whoever administers shall not decide",
    role="global_admin", permits=["switch", "settings", "view", "audit", "assign_roles"])
say(at(0, "08:11"), BAKERY, JO, "role assign", note="a temp, until Wednesday noon",
    member="kim@corner-bakery.example", role="access_approver", until="2026-11-04T12:00:00Z")
say(at(0, "08:12"), BAKERY, JO, "on")
say(at(0, "08:13"), BAKERY, JO, "audit-log show")
say(at(0, "08:15"), MUSEUM, LEA, "role assign", member="max@city-museum.example", role="access_approver")
say(at(0, "08:16"), MUSEUM, LEA, "settings", note="whoever forgets is told again, and then the director",
    manager_window="6h", customer_window="4h", reminders=["3h"], escalation_before="2h",
    escalation_recipients=["director@city-museum.example"])
say(at(0, "08:17"), MUSEUM, LEA, "on")

# The clinic tries its set-up before anybody needs it.
say(at(0, "08:30"), CLINIC, DAN, "drill", "done", "a trial of both gates and all mails",
    **asked(CLINIC, 30, case="DRILL-1", who="gita"))
lines[-1][2]["_name"] = "drill"
say(at(0, "08:35"), CLINIC, RAJ, "approve", request="{drill}")
say(at(0, "08:50"), CLINIC, CLARA, "approve", request="{drill}", comment="we are awake")

# --- The clinic: on, and busy --------------------------------------------------------------------

# The request that the demo follows.
wish = submit(at(0, "09:00"), CLINIC, EVE, "lost", note="the demo follows this request", minutes=180,
              who="mona", trouble=TROUBLE[1])
say(at(0, "09:02"), CLINIC, "manager:eve@provider.example", "approve", "same_person",
    "who asks does not agree", request="{lost}")
say(at(0, "09:03"), CLINIC, BEN, "approve", "not_allowed", "not yet the customer's turn", request="{lost}")
say(at(0, "09:20"), CLINIC, MIA, "approve", request="{lost}", comment="mail team, on call")
say(at(0, "09:25"), CLINIC, MIA, "approve", "not_allowed", "managers have had their say", request="{lost}")
say(at(0, "09:40"), CLINIC, BEN, "ask", request="{lost}", question="Which folders do you need to see?")
say(at(0, "09:41"), CLINIC, CLARA, "ask", "question_open", request="{lost}", question="And for how long?")
say(at(0, "09:42"), CLINIC, NOOR, "answer", "not_allowed", request="{lost}", answer="All of them")
say(at(0, "09:50"), CLINIC, EVE, "answer", request="{lost}", answer="Only the inbox; two hours are enough.")
say(at(0, "09:51"), CLINIC, EVE, "answer", "no_question", request="{lost}", answer="Anything else?")
say(at(0, "09:55"), CLINIC, EVE, "ask", "not_allowed", request="{lost}", question="May I?")
use(at(0, "09:58"), CLINIC, EVE, wish, "no_grant", "nobody has opened the gate yet")
say(at(0, "10:00"), CLINIC, BEN, "approve", "widens", request="{lost}", narrow_duration="5h")
say(at(0, "10:01"), CLINIC, BEN, "approve", "narrows_to_nothing", request="{lost}", narrow_duration="0s")
say(at(0, "10:02"), CLINIC, BEN, "approve", "widens", request="{lost}", narrow_resources=["/mailboxes"])
say(at(0, "10:05"), CLINIC, BEN, "approve", request="{lost}", comment="inbox only, two hours",
    narrow_duration="2h", narrow_operations=["Read-Mail"])
use(at(0, "10:10"), CLINIC, EVE, wish, under="/2041")
use(at(0, "10:12"), CLINIC, EVE, wish, under="/2042")
use(at(0, "10:14"), CLINIC, EVE, wish, "not_covered", "Ben narrowed it away", operation="Search-Mail")
use(at(0, "10:15"), CLINIC, EVE, wish, "not_covered", resource="/mailboxes/hugo/inbox/7")
use(at(0, "10:16"), CLINIC, NOOR, wish, "no_grant", "another engineer", under="/2041")
use(at(0, "10:17"), CLINIC, EVE, wish, "done", "metadata needs no grant", operation="Get-MailboxSize")
say(at(0, "10:20"), CLINIC, EVE, "access", "done", "this id is used again below", id="eve-once",
    service="mail", operation="Read-Mail", resource="/mailboxes/mona/inbox/2043")
say(at(0, "10:21"), CLINIC, EVE, "access", "already_used", "the same id, sent again", id="eve-once",
    service="mail", operation="Read-Mail", resource="/mailboxes/mona/inbox/2043")
say(at(0, "10:22"), CLINIC, EVE, "access", "id_reused", "the same id for something else", id="eve-once",
    service="mail", operation="Read-Mail", resource="/mailboxes/mona/inbox/2044")
say(at(0, "10:40"), CLINIC, EVE, "finish", request="{lost}", note="handed back early")
use(at(0, "10:45"), CLINIC, EVE, wish, "no_grant", "it is handed back", under="/2041")
say(at(0, "10:46"), CLINIC, EVE, "finish", "not_open", request="{lost}")

# Submissions that cannot be.
bad = lambda clock, expect, note=None, engineer=NOOR, **f: submit(at(0, clock), CLINIC, engineer, None, expect, note, **f)
bad("11:00", "not_escalated", escalated=False)
bad("11:01", "missing", "blank, with a zero-width space", justification=" \u200b ")
bad("11:02", "missing", tried="")
bad("11:03", "missing", operations=[])
bad("11:04", "out_of_range", minutes=600)
bad("11:05", "out_of_range", duration="0s")
bad("11:06", "out_of_range", duration="-1h")
bad("11:07", "malformed", "no path leads up", resources=["/mailboxes/../admin"])
bad("11:08", "malformed", reporter="unknown")
bad("11:09", "no_request_needed", "metadata needs no request", service="mail", operations=["Get-MailboxSize"])
bad("11:10", "too_long", justification="it is slow " * 400)
bad("11:11", "out_of_range", "more than a week ahead", start="2026-11-20T08:00:00Z")
bad("11:12", "not_allowed", "a manager does not ask", engineer=RAJ)
say(at(0, "11:13"), "harbour-klinik", NOOR, "submit", "not_allowed", "there is no such tenant",
    **asked(CLINIC))
say(at(0, "11:14"), CLINIC, BEN, "approve", "not_open", "there is no such request", request="R-999999")
say(at(0, "11:15"), CLINIC, OLA, "off", "not_allowed", "the provider does not turn it off")
say(at(0, "11:16"), CLINIC, ADA, "settings", "unchanged", customer_window="8h")

# A later start, and the earliest instant of access.
start = at(0, "15:00")
wish = submit(at(0, "12:00"), CLINIC, KOFI, "later", note="begins at three", minutes=60,
              start=start.strftime("%Y-%m-%dT%H:%M:%SZ"))
say(at(0, "12:10"), CLINIC, RAJ, "approve", request="{later}")
say(at(0, "12:40"), CLINIC, CLARA, "approve", request="{later}")
use(at(0, "13:00"), CLINIC, KOFI, wish, "not_yet", under="/1")
use(at(0, "15:00"), CLINIC, KOFI, wish, under="/1")
use(at(0, "15:59:59"), CLINIC, KOFI, wish, "done", "the last second", under="/2")
use(at(0, "16:00"), CLINIC, KOFI, wish, "no_grant", "the time is over", under="/2")

# Two denials on one case, and the hour to wait after them.
for name, clock, who in (("no1", "13:05", MIA), ("no2", "13:30", RAJ)):
    submit(at(0, clock), CLINIC, LIN, name, case="C-4000", reporter="frontdesk", who="hugo", trouble=TROUBLE[2])
    say(at(0, clock) + timedelta(minutes=10), CLINIC, who, "deny" if name == "no1" else "approve",
        request=f"{{{name}}}", comment="use the metadata first" if name == "no1" else "tried, go on")
say(at(0, "13:50"), CLINIC, CLARA, "deny", request="{no2}", comment="not on a share with patient data")
submit(at(0, "14:00"), CLINIC, LIN, None, "too_soon", case="C-4000", reporter="frontdesk", who="hugo", trouble=TROUBLE[2])
wish = submit(at(0, "15:30"), CLINIC, LIN, "again", note="the third try shows both denials", minutes=45,
              case="C-4000", reporter="frontdesk", who="hugo", trouble=TROUBLE[2])
say(at(0, "15:40"), CLINIC, MIA, "approve", request="{again}")
say(at(0, "15:55"), CLINIC, BEN, "approve", request="{again}", narrow_resources=["/shares/hugo/reports/2026"])
use(at(0, "16:05"), CLINIC, LIN, wish, under="/2026/q3")
use(at(0, "16:06"), CLINIC, LIN, wish, "not_covered", under="/2025/q3")

# A lost reply: the same command is sent again, and answered as before.
again = asked(CLINIC, 60, who="kaya")
for clock in ("16:30", "16:31"):
    say(at(0, clock), CLINIC, EVE, "submit", "done", "the reply was lost, so it is sent again"
        if clock == "16:31" else None, id="eve-retry", **again)
lines[-2][2]["_name"] = "retry"
say(at(0, "16:32"), CLINIC, EVE, "submit", "id_reused", id="eve-retry", **asked(CLINIC, 30))
say(at(0, "16:40"), CLINIC, EVE, "withdraw", request="{retry}")
say(at(0, "16:41"), CLINIC, MIA, "approve", "not_open", "it was withdrawn", request="{retry}")

# Tuesday: two people must agree, and say why.
say(at(1, "07:30"), CLINIC, ADA, "settings", approvers_needed=2, comment_required=True)
say(at(1, "07:35"), CLINIC, ADA, "audit-log hide", note="now what loosens takes two members")
say(at(1, "07:40"), CLINIC, DAN, "decline", proposal=1)
wish = submit(at(1, "08:00"), CLINIC, NOOR, "two", minutes=90)
say(at(1, "08:05"), CLINIC, MIA, "approve", "comment_required", request="{two}")
say(at(1, "08:06"), CLINIC, MIA, "approve", request="{two}", comment="checked with the mail team")
say(at(1, "08:20"), CLINIC, BEN, "approve", request="{two}", comment="first of two")
say(at(1, "08:21"), CLINIC, BEN, "approve", "already_voted", request="{two}", comment="and again")
use(at(1, "08:22"), CLINIC, NOOR, wish, "no_grant", "one of two is not enough")
say(at(1, "08:40"), CLINIC, CLARA, "approve", request="{two}", comment="second of two")
use(at(1, "08:45"), CLINIC, NOOR, wish, under="/9")
say(at(1, "09:00"), CLINIC, BEN, "revoke", request="{two}", comment="the ward needs the share now")
use(at(1, "09:01"), CLINIC, NOOR, wish, "no_grant", "it was cut off", under="/9")
say(at(1, "09:10"), CLINIC, ADA, "settings", note="where two must approve, what loosens takes two members",
    approvers_needed=1, comment_required=False)
say(at(1, "09:11"), CLINIC, ADA, "agree", "same_person", "and not twice the same", proposal=2)
say(at(1, "09:12"), CLINIC, BEN, "agree", "not_allowed", "he may not change settings", proposal=2)
say(at(1, "09:14"), CLINIC, DAN, "agree", proposal=2)

# A clock that is behind: what opens waits for it, what protects does not.
say(at(1, "09:20"), CLINIC, KOFI, "submit", "clock_behind", "a server with a slow clock",
    shown_as=at(1, "09:05"), **asked(CLINIC))

# An engineer who tries doors: his refusals are recorded, up to a limit.
for i in range(7):
    say(at(1, f"09:{30 + i}"), CLINIC, LIN, "approve" if i % 2 else "revoke", "not_allowed",
        "tries doors" if i == 0 else None, request="{two}")

# Too many at once.
for i in range(3):
    submit(at(1, f"10:0{i}"), CLINIC, KOFI, f"many{i}", case="C-4400", who="olga", trouble=TROUBLE[i])
submit(at(1, "10:03"), CLINIC, KOFI, None, "too_many_pending", case="C-4400", who="olga", trouble=TROUBLE[3])
for i, who in enumerate((EVE, EVE, EVE, NOOR, NOOR, NOOR)):
    submit(at(1, f"10:1{i}"), CLINIC, who, f"open{i}", case="C-4500", who="rosa", trouble=TROUBLE[i % 5])
submit(at(1, "10:16"), CLINIC, LIN, None, "too_many_open", who="jan")
say(at(1, "10:20"), CLINIC, MIA, "approve", request="{open0}")
say(at(1, "10:25"), CLINIC, DAN, "approve", request="{open0}")
say(at(1, "10:30"), CLINIC, EVE, "close-case", case="C-4500", note="the cause was found elsewhere")
say(at(1, "10:31"), CLINIC, EVE, "close-case", "unchanged", case="C-4500")
say(at(1, "10:35"), CLINIC, KOFI, "withdraw", request="{many0}")
say(at(1, "10:36"), CLINIC, EVE, "withdraw", "not_allowed", request="{many1}")

# Wednesday: a phone call from somebody who says he is the vendor. The clinic freezes first, asks later.
wish, when = smooth(at(2, "08:00"), CLINIC, EVE, MIA, BEN, "before", uses=2, minutes=240)
submit(at(2, "11:00"), CLINIC, NOOR, "caught", minutes=60)
say(at(2, "11:05"), CLINIC, BEN, "freeze", comment="a caller asked Ben for an approval; we check")
say(at(2, "11:06"), CLINIC, CLARA, "freeze", "unchanged")
use(at(2, "11:07"), CLINIC, EVE, wish, "no_grant", "frozen")
submit(at(2, "11:08"), CLINIC, KOFI, None, "frozen")
say(at(2, "11:09"), CLINIC, BEN, "lift", "not_allowed", "an administrator lifts it")
say(at(2, "13:00"), CLINIC, ADA, "lift", note="the caller was a colleague on a new phone")
say(at(2, "13:01"), CLINIC, ADA, "lift", "unchanged")

# Delegation: Dan administers for three days, and gives nothing that outlasts him.
say(at(2, "14:00"), CLINIC, ADA, "role assign", note="Ada is away for three days",
    member="dan@harbour-clinic.example", role="global_admin", until="2026-11-07T18:00:00Z")
say(at(2, "14:10"), CLINIC, DAN, "role assign", "beyond_own", member="fay@harbour-clinic.example", role="access_approver")
say(at(2, "14:11"), CLINIC, DAN, "role assign", "out_of_range", "it would be over already",
    member="fay@harbour-clinic.example", role="access_approver", until="2026-11-04T14:00:00Z")
say(at(2, "14:12"), CLINIC, DAN, "role assign", member="fay@harbour-clinic.example", role="access_approver",
    until="2026-11-07T12:00:00Z")
say(at(2, "14:13"), CLINIC, ADA, "role define", role="night_watch", permits=["decide", "view"])
say(at(2, "14:14"), CLINIC, ADA, "role assign", member="gus@harbour-clinic.example", role="night_watch")
say(at(2, "14:15"), CLINIC, ADA, "role end", member="clara@harbour-clinic.example", role="access_approver",
    note="Clara moves to another ward")

# The clinic's ordinary days.
engineers, managers = [EVE, NOOR, KOFI, LIN], [MIA, RAJ]
FAY, GUS = member("fay", CLINIC), member("gus", CLINIC)
ordinary = [(1, "12:00"), (1, "14:30"), (1, "17:00"), (2, "15:00"), (2, "17:30"), (3, "08:00"), (3, "10:30"),
            (3, "13:00"), (3, "15:30"), (3, "19:00"), (4, "08:30"), (4, "11:00"), (4, "13:30"), (4, "16:00"),
            (5, "09:00"), (6, "10:00")]
for i, (day, clock) in enumerate(ordinary):
    approver = [BEN, DAN, FAY, GUS][i % 4] if day >= 3 else BEN
    if approver == FAY and day >= 5:
        approver = BEN
    smooth(at(day, clock), CLINIC, engineers[i % 4], managers[i % 2], approver, f"day{i}",
           uses=chance.randint(2, 4), end="finish" if i % 3 else None, minutes=chance.choice([45, 60, 90, 120]))
submit(at(3, "09:00"), CLINIC, LIN, "late", note="Clara is an approver no longer")
say(at(3, "09:10"), CLINIC, RAJ, "approve", request="{late}")
say(at(3, "09:30"), CLINIC, CLARA, "approve", "not_allowed", request="{late}")
say(at(3, "09:40"), CLINIC, MIA, "revoke", "not_open", "nothing to cut off yet", request="{late}")
say(at(3, "20:00"), CLINIC, BEN, "approve", "not_open", "the window closed at 17:10", request="{late}")
wish, when = smooth(at(4, "18:00"), CLINIC, KOFI, RAJ, GUS, "night", uses=1, minutes=60)
say(when + timedelta(minutes=5), CLINIC, RAJ, "revoke", request="{night}", comment="the engineer's shift is over")
submit(at(4, "20:00"), CLINIC, NOOR, "nomanager", note="no manager looks at it")
say(at(5, "07:00"), CLINIC, ADA, "audit-log hide", note="an auditor asked who may see it")
say(at(5, "07:30"), CLINIC, ADA, "audit-log show")
say(at(5, "07:31"), CLINIC, ADA, "audit-log show", "unchanged")

# --- The school: off, so that the manager's gate stands alone ---------------------------------------

for i, (day, clock) in enumerate([(0, "10:00"), (0, "14:00"), (1, "09:00"), (1, "15:00"), (2, "10:00"), (3, "11:00")]):
    smooth(at(day, clock), SCHOOL, engineers[(i + 1) % 4], managers[i % 2], None, f"school{i}", uses=3,
           end="finish" if i % 2 else None, minutes=60)
submit(at(2, "13:00"), SCHOOL, EVE, "schoolno")
say(at(2, "13:20"), SCHOOL, MIA, "deny", request="{schoolno}", comment="the case is a how-to question")
say(at(2, "13:21"), SCHOOL, IVO, "approve", "not_open", request="{schoolno}")

# Thursday: a parents' evening. The school turns lockbox on for a day; what waits gets a second gate,
# what nobody of the school approved is cut off.
wish, when = smooth(at(3, "15:00"), SCHOOL, NOOR, MIA, None, "cut", uses=2, minutes=240)
submit(at(3, "15:50"), SCHOOL, KOFI, "waits", minutes=60)
say(at(3, "16:30"), SCHOOL, HANA, "on", note="a parents' evening: nobody looks without us")
use(at(3, "16:31"), SCHOOL, NOOR, wish, "no_grant", "cut off by turning it on")
say(at(3, "16:40"), SCHOOL, RAJ, "approve", request="{waits}")
say(at(3, "17:00"), SCHOOL, IVO, "approve", request="{waits}", comment="until the evening begins")
say(at(3, "17:30"), SCHOOL, KOFI, "finish", request="{waits}")
say(at(3, "17:40"), SCHOOL, HANA, "settings", exempted=["chat"], note="chat holds nothing of the pupils")
smooth(at(3, "17:45"), SCHOOL, LIN, RAJ, None, "exempt", uses=2, end="finish", trouble=TROUBLE[4], who="school")
say(at(4, "08:00"), SCHOOL, HANA, "off")
say(at(4, "08:01"), SCHOOL, HANA, "off", "unchanged")
smooth(at(4, "09:00"), SCHOOL, EVE, MIA, None, "friday", uses=3, end="finish", minutes=60)

# --- The bakery: its only approver was a temp -------------------------------------------------------

smooth(at(0, "11:30"), BAKERY, NOOR, RAJ, KIM, "oven", uses=3, end="finish", minutes=60)
smooth(at(1, "13:00"), BAKERY, KOFI, MIA, KIM, "till", uses=2, minutes=60)
submit(at(2, "10:00"), BAKERY, LIN, "noon", note="waits when the temp's time is over")
say(at(2, "10:30"), BAKERY, MIA, "approve", request="{noon}")
say(at(2, "11:59:59"), BAKERY, KIM, "ask", request="{noon}", question="Is this about the invoices?")
say(at(2, "12:00"), BAKERY, KIM, "approve", "not_allowed", "the role ended at noon", request="{noon}")
for day, clock, engineer in ((2, "14:00", NOOR), (3, "09:15", KOFI), (4, "10:15", EVE)):
    submit(at(day, clock), BAKERY, engineer, None, "no_approver", "nobody could open the gate")
say(at(4, "10:30"), BAKERY, JO, "role assign", None,
    member="pia@corner-bakery.example", role="access_approver", note="a successor")
smooth(at(4, "11:30"), BAKERY, EVE, RAJ, member("pia", BAKERY), "pia", uses=2, end="finish", minutes=60)
say(at(4, "14:00"), BAKERY, JO, "role end", member="pia@corner-bakery.example", role="access_approver",
    note="Pia changes her mind")
submit(at(5, "09:30"), BAKERY, EVE, None, "no_approver")

# --- The museum: on, and nobody answers --------------------------------------------------------------

for i, (day, clock) in enumerate([(0, "09:30"), (1, "10:00"), (2, "09:00"), (3, "14:00"), (4, "15:00"), (5, "11:00")]):
    wish = submit(at(day, clock), MUSEUM, engineers[i % 4], f"museum{i}", minutes=120)
    say(at(day, clock) + timedelta(minutes=30), MUSEUM, managers[i % 2], "approve", request=f"{{museum{i}}}")
    use(at(day, clock) + timedelta(hours=2), MUSEUM, engineers[i % 4], wish, "no_grant", "still waiting" if i == 0 else None)
    if i == 0:
        say(at(day, clock) + timedelta(hours=4, minutes=30), MUSEUM, MAX, "approve", "not_open",
            "at the deadline it is too late", request="{museum0}")

say(at(5, "13:00"), MUSEUM, LEA, "settings", note="nobody shall turn it off alone", two_person_changes=True)
say(at(5, "13:05"), MUSEUM, LEA, "off", note="Max does not answer, so it lapses")

# --- Sunday evening: something still waits, something is still open ----------------------------------

wish, when = smooth(at(6, "19:00"), CLINIC, EVE, MIA, BEN, "open-end", uses=1, minutes=240)
submit(at(6, "20:30"), CLINIC, NOOR, "waiting-end", minutes=60)
submit(at(6, "20:40"), SCHOOL, KOFI, "waiting-school", minutes=60)

# Sunday evening: the clinic agrees ahead to what it is always asked for, and takes that back.
agreed = {"service": "mail", "operations": ["Read-Mail"], "resources": ["/mailboxes"],
          "reasons": ["customer_initiated_support"], "duration": "2h", "until": "2026-11-30T00:00:00Z"}
say(at(6, "19:00"), CLINIC, ADA, "consent give", "no_consents", **agreed)
say(at(6, "19:01"), CLINIC, ADA, "settings", consents=True)
say(at(6, "19:02"), CLINIC, BEN, "consent give", "not_allowed", "it takes settings, too", **agreed)
say(at(6, "19:03"), CLINIC, ADA, "consent give", **agreed)
wish = submit(at(6, "19:10"), CLINIC, NOOR, "ahead", minutes=90, who="ines", trouble=TROUBLE[0])
say(at(6, "19:12"), CLINIC, MIA, "approve", note="and nobody else is asked", request="{ahead}")
use(at(6, "19:13"), CLINIC, NOOR, wish, under="/1")
say(at(6, "19:20"), CLINIC, ADA, "consent withdraw", number=1)
use(at(6, "19:21"), CLINIC, NOOR, wish, "no_grant", "with the consent its access is gone", under="/2")

# --- The machine: a sweep every two hours of the day, the mail at noon and in the evening ------------

for day in range(7):
    for hour in range(6, 22, 3):
        machine(at(day, f"{hour:02}:00:30"), "tick")
    machine(at(day, "12:01"), "deliver")
    machine(at(day, "21:01"), "deliver")


def write():
    lines.sort(key=lambda entry: entry[:2])
    numbers, names, out = {}, {}, []
    for count, (_, _, line) in enumerate(lines, 1):
        name = line.pop("_name", None)
        if line["do"] in ("submit", "drill") and name:
            tenant = line["tenant"]
            numbers[tenant] = numbers.get(tenant, 0) + 1
            names[name] = f"R-{numbers[tenant]:06}"
        if "request" in line:
            line["request"] = line["request"].format_map(names)
        if line.get("id", "") is None:
            line["id"] = f"w-{count:04}"
        out.append(json.dumps(line, ensure_ascii=False, separators=(",", ":")))
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    import pathlib

    pathlib.Path(__file__).with_name("week.jsonl").write_text(write(), encoding="utf-8")
