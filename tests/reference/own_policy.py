"""A tenant's own policy, as data (R4): when a rule applies, what it asks for, what may be set.

"P" stands for the page of policies; letters and numbers are those of reference.py.
"""

from itertools import product

from values import (
    DAY, HOUR, MINUTE, Refusal, good_id, good_identity, good_path, path_covers)

FACTS = ["services", "operations", "resources", "reasons", "requesters", "entitled_to",
         "longer_than", "submitted_in"]
DEMANDS = ["approvals", "roles", "each_of", "customer_gate", "managers", "comment",
           "no_consents", "manager_window", "customer_window", "longest_access", "approval_hours",
           "access_hours", "refuse", "most_live_grants", "pause_after_denial"]
ORDER = {key: at for at, key in enumerate(FACTS + DEMANDS)}
VOTES = {"approvals", "roles", "each_of", "customer_gate"}  # who must be there to open the gate
HIGHER = {"approvals", "managers", "pause_after_denial"}  # of two, the stricter is the higher
BOUNDS = {  # P: the demands
    "approvals": (1, 20), "managers": (1, 20), "most_live_grants": (1, 10000),
    "longest_access": (MINUTE, 24 * HOUR), "manager_window": (MINUTE, 14 * DAY),
    "customer_window": (MINUTE, 14 * DAY), "pause_after_denial": (MINUTE, 31 * DAY),
    "longer_than": (MINUTE, 24 * HOUR),
}
HOURS = {"submitted_in", "approval_hours", "access_hours"}
MOST_RULES, MOST_NAMES, MOST_HOURS, MOST_CLAUSES = 32, 100, 16, 4
REFUSALS = {"closed", "service", "operation", "resource", "reason", "requester", "length", "hours"}
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
ABOUT = {  # the field that a refusal names; where P is silent, as recorded
    "services": "service", "operations": "operation", "resources": "resource",
    "reasons": "reason", "requesters": "actor", "longer_than": "duration", "roles": "role",
    "approvals": "approvers_needed", "managers": "managers_needed",
    "manager_window": "manager_window", "customer_window": "customer_window",
    "longest_access": "longest_access", "pause_after_denial": "case",
    "submitted_in": "hours", "approval_hours": "hours", "access_hours": "hours",
}

# ---------------------------------------------------------------------------- hours


def open_at(hours, at):
    """G3: hours begin on their days, last until `until` and not at it, perhaps the next day."""
    local = at + hours["utc_offset"]
    day, time = divmod(local, DAY)
    begins, ends = hours["from"], hours["until"]
    if ends <= begins:
        ends += DAY  # P: until then on the next day
    for back in (0, 1):
        name = DAYS[(day - back + 3) % 7]  # 1970 began on a Thursday
        if name in hours["days"] and begins <= time + back * DAY < ends:
            return True
    return False


def good_hours(hours):
    days = [DAYS.index(d) for d in hours["days"]]
    return (bool(days) and all(a < b for a, b in zip(days, days[1:]))
            and 0 <= hours["from"] < DAY and 0 <= hours["until"] <= DAY
            and abs(hours["utc_offset"]) <= 15 * HOUR)


def hours_key(hours):
    return (hours["from"], hours["until"], hours["utc_offset"],
            [DAYS.index(d) for d in hours["days"]])


def unite_hours(*lists):
    united = {repr(h): h for hours in lists for h in hours}
    return sorted(united.values(), key=hours_key)


# ---------------------------------------------------------------------------- clauses


def plain_clause(clause):
    quorums = [{"needed": q["needed"], "roles": sorted(set(q["roles"]))} for q in clause["any_of"]]
    return {"any_of": sorted(quorums, key=lambda q: (q["roles"], q["needed"]))}


def choice(clause):
    return [q["roles"] for q in clause["any_of"]]


def unite_clauses(*lists):
    """D: both demands; of two clauses that offer the same choice of roles, the higher numbers."""
    united = []
    for clause in (plain_clause(c) for clauses in lists for c in clauses):
        same = next((c for c in united if choice(c) == choice(clause)), None)
        if same is None:
            united.append(clause)
            continue
        for mine, other in zip(same["any_of"], clause["any_of"]):
            mine["needed"] = max(mine["needed"], other["needed"])
    return sorted(united, key=choice)


def can_fill(clauses, people):
    """G3: whether people, each given as the roles that count, can be dealt to the clauses."""
    for quorums in product(*(c["any_of"] for c in clauses)):
        slots = [q["roles"] for q in quorums for _ in range(q["needed"])]
        if len(slots) <= len(people) and deal(slots, people):
            return True
    return False


def deal(slots, people):
    """One person for each slot, nobody twice: augmenting paths."""
    at = {}  # person -> slot

    def place(slot, tried):
        for person, roles in enumerate(people):
            if person in tried or not any(r in roles for r in slots[slot]):
                continue
            tried.add(person)
            if person not in at or place(at[person], tried):
                at[person] = slot
                return True
        return False
    return all(place(slot, set()) for slot in range(len(slots)))


# ---------------------------------------------------------------------------- the one form


def statement_order(s):
    return (ORDER.get(s["key"], -1), s["number"], s["names"], [hours_key(h) for h in s["hours"]])


def plain(s):
    return {"key": s["key"], "number": s["number"], "names": sorted(set(s["names"])),
            "clauses": unite_clauses(s["clauses"]), "hours": unite_hours(s["hours"])}


def stricter_demand(a, b):
    key = a["key"]
    pick = max if key in HIGHER else min
    names = set(a["names"]) & set(b["names"]) if key == "roles" else set(a["names"] + b["names"])
    return {"key": key, "number": pick(a["number"], b["number"]), "names": sorted(names),
            "clauses": unite_clauses(a["clauses"], b["clauses"]),
            "hours": unite_hours(a["hours"], b["hours"])}


def in_order(policy):
    """P: two rules with the same facts are one, with the stricter of each demand."""
    rules = []
    for rule in policy["rules"]:
        when = sorted(map(plain, rule["when"]), key=statement_order)
        unless = sorted(map(plain, rule["unless"]), key=statement_order)
        same = next((r for r in rules if r["when"] == when and r["unless"] == unless), None)
        if same is None:
            same = {"when": when, "unless": unless, "ask": []}
            rules.append(same)
        for demand in map(plain, rule["ask"]):
            at = next((i for i, s in enumerate(same["ask"]) if s["key"] == demand["key"]), None)
            if at is None:
                same["ask"].append(demand)
            else:
                same["ask"][at] = stricter_demand(same["ask"][at], demand)
        same["ask"].sort(key=statement_order)
    rules.sort(key=lambda r: ([statement_order(s) for s in r["when"]],
                              [statement_order(s) for s in r["unless"]]))
    return {"rules": rules}


# ---------------------------------------------------------------------------- when a rule applies


def holds(s, asked, at, bought, by_all):
    """P: a fact of `when` is met by some of what is asked for, one of `unless` only by all."""
    key, names, scope = s["key"], s["names"], asked["scope"]
    quantify = all if by_all else any
    if key == "services":
        return scope["service"] in names
    if key == "operations":
        return quantify(o in names for o in scope["operations"])
    if key == "resources":
        if by_all:
            return all(any(path_covers(n, r) for n in names) for r in scope["resources"])
        return any(path_covers(n, r) or path_covers(r, n)
                   for r in scope["resources"] for n in names)
    if key == "reasons":
        return asked["reason"] in names
    if key == "requesters":
        return asked["requester"] in names
    if key == "entitled_to":
        return all(n in bought for n in names)
    if key == "longer_than":
        return asked["duration"] > s["number"]
    return any(open_at(h, at) for h in s["hours"])


def applies(rule, asked, at, bought, met):
    """P: every fact of `when` holds, and not every fact of `unless`."""
    def judge(part, by_all):
        held = []
        for s in rule[part]:
            held.append(holds(s, asked, at, bought, by_all))
            met["%s %s: %s" % (part, s["key"], "holds" if held[-1] else "does not hold")] += 1
        return held
    when, unless = judge("when", False), judge("unless", True)
    return all(when) and not (unless and all(unless))


# ---------------------------------------------------------------------------- what it asks for


def gate_of(terms, side):
    return next((g for g in terms["gates"] if g["side"] == side), None)


def tighten(terms, s):
    """P: each demand as the ready policy of its name. What concerns the customer's gate applies
    where there is one."""
    key, number = s["key"], s["number"]
    manager, customer = gate_of(terms, "provider"), gate_of(terms, "tenant")
    if key == "managers":
        manager["needed"] = max(manager["needed"], number)
    elif key == "manager_window":
        manager["window"] = min(manager["window"], number)
    elif key == "longest_access":
        terms["longest_access"] = min(terms["longest_access"], number)
    elif key == "comment":
        terms["comment_required"] = True
    elif key == "no_consents":
        terms["no_consents"] = True
    elif key == "access_hours":
        terms["access_hours"] = unite_hours(terms["access_hours"], s["hours"])
    elif customer is None:
        return
    elif key == "approvals":
        customer["needed"] = max(customer["needed"], number)
    elif key == "roles":
        customer["roles"] = [r for r in customer["roles"] if r in s["names"]]
    elif key == "each_of":
        customer["clauses"] = unite_clauses(customer["clauses"], s["clauses"])
    elif key == "customer_window":
        customer["window"] = min(customer["window"], number)
    elif key == "approval_hours":
        customer["hours"] = unite_hours(customer["hours"], s["hours"])


# ---------------------------------------------------------------------------- terms


def stricter_gate(a, b):
    """R4, M: the higher threshold, the shorter window, the roles that both ask for."""
    return {"side": a["side"], "needed": max(a["needed"], b["needed"]),
            "window": min(a["window"], b["window"]),
            "roles": [r for r in a["roles"] if r in b["roles"]],
            "clauses": unite_clauses(a["clauses"], b["clauses"]),
            "hours": unite_hours(a["hours"], b["hours"])}


def stricter_terms(old, new):
    """S5: a missing customer gate comes after the request's own gates."""
    gates = [stricter_gate(a, b) for a, b in zip(old["gates"], new["gates"])]
    gates += old["gates"][len(gates):] + new["gates"][len(gates):]
    return {"gates": gates,
            "longest_access": min(old["longest_access"], new["longest_access"]),
            "comment_required": old["comment_required"] or new["comment_required"],
            "access_hours": unite_hours(old["access_hours"], new["access_hours"]),
            "no_consents": old["no_consents"] or new["no_consents"]}


def check_terms(terms, where=""):
    """P: policies that leave nobody to ask, or together ask for more than terms may have."""
    for gate in terms["gates"]:
        if gate["side"] == "tenant" and not gate["roles"]:
            raise Refusal("no_terms", "gates", 0, where)
    for gate in terms["gates"]:
        if len(gate["clauses"]) > MOST_CLAUSES:
            raise Refusal("bad_terms", "gates", 0, where)
    for hours in [terms["access_hours"]] + [gate["hours"] for gate in terms["gates"]]:
        if len(hours) > MOST_HOURS:
            raise Refusal("bad_terms", "hours", 0, where)


# ---------------------------------------------------------------------------- what may be set


def fault(why, about, where, limit=0):
    return Refusal(why, about, limit, where)


def check_names(s, where, roles):
    key, about = s["key"], ABOUT.get(s["key"], "policy")
    good = {"services": good_id, "operations": good_id, "reasons": good_id,
            "requesters": good_identity, "resources": good_path,
            "entitled_to": {"plan", "support"}.__contains__,
            "refuse": REFUSALS.__contains__}.get(key)
    if not s["names"]:
        raise fault("missing", about, where)
    if len(s["names"]) > MOST_NAMES:
        raise fault("too_long", about, where, MOST_NAMES)
    for at, name in enumerate(s["names"]):
        place = "%s[%d]" % (where, at)
        if good and not good(name):
            raise fault("malformed", about, place)
        if key == "roles" and name not in roles:
            raise fault("unknown_role", "role", place)


def check_clauses(s, where, roles):
    if not s["clauses"]:
        raise fault("missing", "policy", where)
    if len(s["clauses"]) > MOST_CLAUSES:
        raise fault("too_long", "policy", where, MOST_CLAUSES)
    for c, clause in enumerate(s["clauses"]):
        place = "%s[%d].any_of" % (where, c)
        if not clause["any_of"]:
            raise fault("missing", "gates", place)
        if len(clause["any_of"]) > MOST_CLAUSES:
            raise fault("too_long", "gates", place, MOST_CLAUSES)
        for q, quorum in enumerate(clause["any_of"]):
            here = "%s[%d]" % (place, q)
            if not quorum["roles"]:
                raise fault("missing", "role", here + ".roles")
            check_number(quorum["needed"], (1, 20), "approvers_needed", here + ".needed")
            for r, role in enumerate(quorum["roles"]):
                if role not in roles:
                    raise fault("unknown_role", "role", "%s.roles[%d]" % (here, r))


def check_number(number, bounds, about, where):
    least, most = bounds
    if not least <= number <= most:
        raise fault("out_of_range", about, where, least if number < least else most)


def check_statement(s, where, roles, settings):
    key = s["key"]
    if key == "each_of":
        check_clauses(s, where, roles)
    elif key in HOURS:
        if not s["hours"]:
            raise fault("missing", "hours", where)
        if len(s["hours"]) > MOST_HOURS:
            raise fault("too_long", "hours", where, MOST_HOURS)
        for at, hours in enumerate(s["hours"]):
            if not good_hours(hours):
                raise fault("malformed", "hours", "%s[%d]" % (where, at))
    elif key in BOUNDS:
        check_number(s["number"], BOUNDS[key], ABOUT.get(key, "policy"), where)
        check_window(s, where, settings)
    elif key not in ("customer_gate", "comment", "no_consents"):
        check_names(s, where, roles)


def check_window(s, where, settings):
    """P: no window that no reminder fits in."""
    befores = list(settings["reminders"])
    if s["key"] == "customer_window" and settings["escalation"]["recipients"]:
        befores.append(settings["escalation"]["before"])
    if s["key"].endswith("_window") and befores and s["number"] <= max(befores):
        raise fault("out_of_range", s["key"], where, max(befores))


def check_form(policy, roles, settings):
    """P: what is refused when it is set, and the place."""
    if len(policy["rules"]) > MOST_RULES:
        raise fault("too_long", "policy", "rules", MOST_RULES)
    for at, rule in enumerate(policy["rules"]):
        for part in ("when", "unless", "ask"):
            seen = set()
            for s in rule[part]:
                key = s["key"]
                where = "rules[%d].%s" % (at, part)
                if key not in (DEMANDS if part == "ask" else FACTS) or key in seen:
                    raise fault("malformed", "policy", place_of(where, key))
                seen.add(key)
                check_statement(s, place_of(where, key), roles, settings)
        if not rule["ask"]:
            raise fault("missing", "policy", "rules[%d].ask" % at)


def place_of(where, key):
    """P: the demands on the customer's gate stand in one object, `approvals`."""
    if key == "none":
        return where
    if where.endswith("ask") and key == "approvals":
        return where + ".approvals.needed"
    if where.endswith("ask") and key == "roles":
        return where + ".approvals.roles"
    return "%s.%s" % (where, key)


def same_facts(a, b):
    return all(sorted(map(plain, a[part]), key=statement_order)
               == sorted(map(plain, b[part]), key=statement_order) for part in ("when", "unless"))
