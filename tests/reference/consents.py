"""Consents: a rule that a tenant writes ahead, and that opens the customer's gate by itself (G8).

Letters and numbers are those of reference.py, which this is a part of.
"""

from values import DAY, HOUR, MINUTE, Refusal, parse_instant, scope_covers

LONGEST_CONSENT = 90 * DAY  # G8
LONGEST = (MINUTE, 24 * HOUR)  # M: what an access may be long
MOST_CONSENTS, MOST_REASONS = 20, 20  # M


class Consent:
    """One consent that was given, and not withdrawn."""

    def __init__(self, number, rule, authors):
        self.number, self.rule, self.authors = number, rule, authors
        self.until = parse_instant(rule["until"])
        self.ended = False  # before its time, and for good (D)

    def lacks(self, asked, begins):
        """G8, D: what it has no room for of what was asked, or of the whole time of the access."""
        rule = self.rule
        if not scope_covers(rule["scope"], asked["scope"]):
            return "scope"
        if asked["reason"] not in rule["reasons"]:
            return "reason"
        if asked["duration"] > rule["longest"]:
            return "longest"
        return "until" if begins + asked["duration"] > self.until else None


class Consents:
    """What a tenant does with its consents."""

    def standing_consents(self):
        """D: an ended one stays on the list until its time is over."""
        return [c for c in self.consents.values() if self.at < c.until]

    def end_consents(self, lost):
        """D: ended is ended, also when the author gets it back."""
        for consent in self.consents.values():
            consent.ended = consent.ended or lost(consent)

    def lacks_decide(self, consent):
        return not all(self.permits(author, "decide") for author in consent.authors)

    def do_consent(self, body):
        rule = body["rule"]
        if not self.settings["consents"]:
            raise Refusal("no_consents")
        self.check_scope(rule["scope"])
        if not rule["reasons"]:
            raise Refusal("missing", "reason")
        if len(rule["reasons"]) > MOST_REASONS:
            raise Refusal("too_long", "reason", MOST_REASONS)
        least, most = LONGEST
        if not least <= rule["longest"] <= most:
            raise Refusal("out_of_range", "duration", least if rule["longest"] < least else most)
        if not self.at < parse_instant(rule["until"]) <= self.at + LONGEST_CONSENT:
            raise Refusal("out_of_range", "until", LONGEST_CONSENT)
        if len(self.standing_consents()) >= MOST_CONSENTS:
            raise Refusal("too_long", "consent", MOST_CONSENTS)
        if self.is_proposed("consent", body, loosens=True):
            return
        self.consents_given += 1
        authors = [self.person]
        if self.agreed is not None:  # D: both members are its authors
            authors = [self.agreed.proposer, self.person]
        self.consents[self.consents_given] = Consent(self.consents_given, rule, authors)
        self.emit("consent_given",
                  {"number": self.consents_given, "rule": rule, "authors": authors},
                  told=self.tell_consent())

    def do_withdraw_consent(self, body):
        """D: also an ended one, while its time lasts."""
        if body["number"] not in [c.number for c in self.standing_consents()]:
            raise Refusal("not_open", "consent")
        del self.consents[body["number"]]
        self.emit("consent_withdrawn", {"number": body["number"]}, told=self.tell_consent())
        self.revoke_consented(lambda number: number == body["number"])

    def revoke_consented(self, withdrawn):
        """G8: the live grants that consents opened."""
        for request in self.open_requests():
            if request.consent is not None and withdrawn(request.consent):
                self.revoke(request, "consent_withdrawn")

    def tell_consent(self):
        """N1: everyone who may decide, but for who did it, and the extra recipients."""
        told = [("approver", m, "") for m in self.holds
                if m != self.person and self.permits(m, "decide")]
        return told + [("recipient", None, a) for a in self.settings["recipients"]]

    def consent_for(self, request, begins):
        """G8: the consent that opens the customer's gate, as the gate opens."""
        for consent in self.standing_consents():
            bar = consent.lacks(request.asked, begins) or self.bar_to(consent, request)
            self.met["consent: %s" % (bar or "used")] += 1
            if bar is None:
                return consent
        return None

    def bar_to(self, consent, request):
        """G8, D: why a consent that covers what was asked does not open the gate, or None."""
        gate = request.terms["gates"][request.gate]
        if request.drill:
            return "drill"
        if request.terms["no_consents"]:
            return "terms"
        if consent.ended or self.lacks_decide(consent):
            return "ended"
        if request.requester in consent.authors:
            return "requester"  # V5
        if any(voter in consent.authors for _, voter in request.votes):
            return "manager"  # V5
        if not all(self.may_decide(author, gate) for author in consent.authors):
            return "roles"  # M: the authors hold its roles, each of them
        if len(consent.authors) < gate["needed"]:
            return "needed"
        if not self.fill(gate, consent.authors):
            return "clauses"
        return None if self.within(gate["hours"]) else "hours"

    def use_consent(self, request, consent):
        """M: those who would have been asked are told."""
        request.consent = consent.number
        self.emit("consent_used", {"gate": request.gate, "number": consent.number}, request,
                  self.tell_gate(request))
