"""Plain values: instants, the form of ids, texts and paths, scopes, terms.

Letters and numbers name the rules, as in reference.py.
"""

from datetime import date
from functools import lru_cache

SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000
ID_BYTES = 256     # R9
TEXT_BYTES = 4096  # R9, D: the same for all, whatever a tenant's own limit
EPOCH = date(1970, 1, 1).toordinal()
PLACEHOLDERS = {  # V5, and the aliases of L4
    "unknown", "anonymous", "null", "nil", "none", "undefined", "n/a", "microsoft operator",
    "customer lockbox service",
}
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"  # R2


class Refusal(Exception):
    def __init__(self, why, about="none", limit=0, where=""):
        self.why, self.about, self.limit = why, about, limit
        self.where = where  # the place in a tenant's own policy

    def reply(self):
        return {"why": self.why, "about": self.about, "limit": self.limit}


# ---------------------------------------------------------------------------- instants

_days, _texts = {}, {}


def parse_instant(text):
    day = _days.get(text[:10])
    if day is None:
        day = _days[text[:10]] = (date.fromisoformat(text[:10]).toordinal() - EPOCH) * DAY
    return (day + int(text[11:13]) * HOUR + int(text[14:16]) * MINUTE
            + int(text[17:19]) * SECOND + int(text[20:23]))


def show_instant(ms):
    text = _texts.get(ms)
    if text is None:
        days, rest = divmod(ms, DAY)
        hours, rest = divmod(rest, HOUR)
        minutes, rest = divmod(rest, MINUTE)
        text = _texts[ms] = "%sT%02d:%02d:%02d.%03dZ" % (
            date.fromordinal(days + EPOCH).isoformat(), hours, minutes, *divmod(rest, SECOND))
    return text


# ---------------------------------------------------------------------------- form


def size(text):
    """Bytes of UTF-8, or -1 where the text is none (R9)."""
    if text.isascii():
        return len(text)
    try:
        return len(text.encode())
    except UnicodeEncodeError:
        return -1


def blank(text):
    """R2: nothing but white space or invisible characters."""
    for c in text:
        if not (c.isspace() or c in INVISIBLE):
            return False
    return True


@lru_cache(maxsize=4096)
def good_id(text):
    """R9: 1 to 256 bytes; D: a blank id is malformed."""
    return 1 <= size(text) <= ID_BYTES and not blank(text)


@lru_cache(maxsize=4096)
def good_identity(text):
    """V5: no control characters, no placeholder."""
    if not good_id(text) or text.lower() in PLACEHOLDERS:
        return False
    return text.isprintable() or not any(
        ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 for c in text)


@lru_cache(maxsize=4096)
def good_path(path):
    """A1: whole segments; no empty one, no "." and no ".."."""
    if path == "/":
        return True
    if not path.startswith("/") or size(path) < 0:
        return False
    return all(s not in ("", ".", "..") for s in path[1:].split("/"))


def good_scope(scope):
    return (good_id(scope["service"]) and all(map(good_id, scope["operations"]))
            and all(map(good_path, scope["resources"])))


def good_address(text):
    """S4: one "@" with something on both sides; printable ASCII, nothing that ends a header."""
    name, at, host = text.partition("@")
    return bool(at and name and host and "@" not in host and len(text) <= 254
                and all("!" <= c <= "~" and c not in "()<>[]:;,\\\"" for c in text))


def need(good, about):
    if not good:
        raise Refusal("malformed", about)


def need_text(text, about):
    length = size(text)
    need(length >= 0, about)
    if length > TEXT_BYTES:
        raise Refusal("too_long", about, TEXT_BYTES)


# ---------------------------------------------------------------------------- scopes


def path_covers(over, under):
    return over == "/" or over == under or under.startswith(over + "/")


def scope_covers(over, under):
    """A1: one service, operations compared bytewise, resources by whole segments."""
    return (over["service"] == under["service"]
            and all(o in over["operations"] for o in under["operations"])
            and all(any(path_covers(a, b) for a in over["resources"])
                    for b in under["resources"]))


def scope_meet(a, b):
    """G7: what both allow."""
    resources = set()
    for p in a["resources"]:
        for q in b["resources"]:
            if path_covers(p, q):
                resources.add(q)
            elif path_covers(q, p):
                resources.add(p)
    return {"service": a["service"],
            "operations": sorted(set(a["operations"]) & set(b["operations"])),
            "resources": sorted(resources)}


def plain_scope(scope):
    """One spelling of each scope: in order, without what another resource covers."""
    resources = set(scope["resources"])
    return {"service": scope["service"], "operations": sorted(set(scope["operations"])),
            "resources": sorted(p for p in resources
                                if not any(p != q and path_covers(q, p) for q in resources))}


# ---------------------------------------------------------------------------- form by command


def form_submission(body):
    case = body["support_case"]
    need(good_id(case["number"]), "case")
    need(good_identity(case["reporter"]), "reporter")
    need_text(case["tried"], "tried")
    need(good_scope(body["scope"]), "scope")
    need(good_id(body["reason"]), "reason")
    need_text(body["justification"], "justification")


def form_request(body):
    need(good_id(body["request"]), "request")
    for field, about in (("comment", "comment"), ("question", "question"), ("text", "answer")):
        if field in body:
            need_text(body[field], about)
    narrowed = body.get("narrowed")
    if narrowed and narrowed["scope"] is not None:
        need(good_scope(narrowed["scope"]), "scope")


def form_settings(body):
    change = body["change"]
    for service in change["exempted"] or ():
        need(good_id(service), "exempted")


def form_member_role(body):
    need(good_identity(body["member"]), "member")
    need(good_id(body["role"]), "role")


def form_consent(body):
    need(good_scope(body["rule"]["scope"]), "scope")
    for reason in body["rule"]["reasons"]:
        need(good_id(reason), "reason")


def form_access(body):
    to = body["to"]
    need(good_id(to["service"]) and good_id(to["operation"]) and good_path(to["resource"]),
         "access")


FORMS = {
    "open_tenant": lambda b: need(good_identity(b["first_administrator"]),
                                  "first_administrator"),
    "change_settings": form_settings,
    "define_role": lambda b: need(good_id(b["role"]), "role"),
    "assign_role": form_member_role,
    "end_role": form_member_role,
    "freeze": lambda b: need_text(b["comment"], "comment"),
    "consent": form_consent,
    "submit": form_submission,
    "drill": lambda b: form_submission(b["trial"]),
    "access": form_access,
    "close_case": lambda b: need(good_id(b["case"]), "case"),
}
for _kind in ("approve", "deny", "ask", "answer", "withdraw", "finish", "revoke"):
    FORMS[_kind] = form_request
