#!/usr/bin/env python3
"""Check the register of a trail. Needs Python 3.8 or later, and nothing else.

    python3 check_trail.py REGISTER [--key KEY] [--head NUMBER:DIGEST]

REGISTER is a file downloaded from the page of a trail. It was written by the installation that is
to be checked, so give what reached you another way: the key, and the number and digest of a head,
as an edition of the plan prints them, or a letter about sealed minutes has them. Both may be given
several times. Docs: docs/trail.md in the source of Coproduction.
"""

import argparse
import hashlib
import json
import sys

# Ed25519, as RFC 8032 has it.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(one, other):
    """Add two points of the curve, in extended coordinates."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number, point):
    """Add a point to itself so many times."""
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point = add(point, point)
        number >>= 1
    return total


def x_of(y, sign):
    """Return the x of a point with this y; None where there is no such point."""
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P:
        return None
    return P - x if (x & 1) != sign else x


def point_of(raw):
    """Read a point from 32 bytes; None for what is none."""
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    x = x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = x_of(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def is_signed(key, signature, message):
    """Say whether a signature of a message was made with the private half of a key."""
    try:
        public, given = bytes.fromhex(key), bytes.fromhex(signature)
    except (TypeError, ValueError):
        return False
    if len(public) != 32 or len(given) != 64:
        return False
    at, r, s = point_of(public), point_of(given[:32]), int.from_bytes(given[32:], "little")
    if at is None or r is None or s >= L:
        return False
    hashed = hashlib.sha512(given[:32] + public + message).digest()
    left = times(s, BASE)
    right = add(r, times(int.from_bytes(hashed, "little") % L, at))
    return (
        (left[0] * right[2] - right[0] * left[2]) % P
        == 0
        == (left[1] * right[2] - right[1] * left[2]) % P
    )


def sha256(text):
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def written(content):
    """Write JSON in the one way that is hashed."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def digest_of(entry, chain, holds_all):
    """Compute the hash of an entry: from all it says, where the register holds that."""
    if holds_all and "sealed" in entry:
        return None  # A hash beside what it is of would be believed in place of it.
    if entry.get("form") == 1:
        content = {name: entry[name] for name in entry if name not in ("form", "salt", "digest")}
        return sha256(written(content))
    seal = entry.get("sealed")
    if seal is None:
        apart = ("salt", "previous", "digest")
        content = {name: entry[name] for name in entry if name not in apart}
        seal = sha256(entry["salt"] + "\n" + written(content))
    parts = ("coproduction-trail-2", chain, str(entry["number"]), entry["previous"], seal)
    return sha256("\n".join(parts))


class Check:
    """One check of one register."""

    def __init__(self, keys, heads):
        """Know the keys and heads that came another way."""
        self.keys, self.known = keys, heads
        self.faults, self.entries, self.signed = [], 0, 0
        self.first = self.last = None

    def read(self, lines):
        """Check a register line by line."""
        try:
            top = json.loads(next(lines))
            if top["register"] != "coproduction-trail":
                raise ValueError
            self.chain = top["chain"]
            self.published = [each["key"] for each in top["keys"]]
            self.holds_all = top["holds"] == "entries"
            heads = top["heads"]
            self.heads = {}
            for head in heads:
                self.heads.setdefault(head["number"], []).append(head)
        except (StopIteration, ValueError, KeyError, TypeError):
            self.faults.append("This is not the register of a trail.")
            return
        for line in lines:
            try:
                self.check_entry(json.loads(line))
            except (ValueError, KeyError, TypeError):
                after = self.last["number"] if self.last else 0
                self.faults.append("What follows entry %d can't be read." % after)
                return
        for head in heads:
            self.check_head(head)
        self.check_ends(heads)

    def check_entry(self, entry):
        """Check one entry, and that it follows the one before."""
        number, last = entry["number"], self.last
        if self.first is None:
            self.first = entry
            if self.holds_all and number != 1:
                self.faults.append("The entries before %d are missing." % number)
            if number == 1 and entry["previous"]:
                self.faults.append("Entry 1 follows another one.")
        elif number <= last["number"]:
            self.faults.append("Entry %d stands after entry %d." % (number, last["number"]))
        elif number != last["number"] + 1:
            gap = (last["number"] + 1, number - 1)
            self.faults.append("Entries %d to %d are missing." % gap)
        elif entry["previous"] != last["digest"]:
            self.faults.append("Entry %d does not follow entry %d." % (number, last["number"]))
        if digest_of(entry, self.chain, self.holds_all) != entry["digest"]:
            self.faults.append("Entry %d was changed." % number)
        if self.holds_all and entry.get("form", 1) < (last or {}).get("form", 1):
            self.faults.append("Entry %d is of an older form than the one before." % number)
        for head in self.heads.get(number, []):
            if head["digest"] != entry["digest"]:
                self.faults.append("The head at entry %d is not that of the entries." % number)
        if self.known.get(number, entry["digest"]) != entry["digest"]:
            self.faults.append(
                "Entry %d does not have the digest that you gave: the trail was written anew, or "
                "you gave that of another project." % number
            )
        self.known.pop(number, None)
        self.entries += 1
        form = entry.get("form", 1)
        self.last = {"number": number, "digest": entry["digest"], "form": form}

    def check_head(self, head):
        """Check the signature of a head, and whose it is."""
        number = head["number"]
        if not head["signature"]:
            self.faults.append("The head at entry %d is not signed." % number)
            return
        text = "coproduction-head-1\n%s\n%d\n%s" % (self.chain, number, head["digest"])
        if not is_signed(head["key"], head["signature"], text.encode()):
            self.faults.append("The head at entry %d does not bear its signature." % number)
        elif head["key"] not in (self.keys or self.published):
            whose = "that you gave" if self.keys else "that the register names"
            self.faults.append("The head at entry %d is signed with no key %s." % (number, whose))
        else:
            self.signed += 1

    def check_ends(self, heads):
        """Check that the register goes as far as its heads and yours do."""
        end = self.last["number"] if self.last else 0
        for number in [each["number"] for each in heads if each["number"] > end]:
            self.faults.append("The register ends at entry %d, before head %d." % (end, number))
        if self.holds_all and heads and not any(each["number"] == end for each in heads):
            self.faults.append("No head is at the end of the register, entry %d." % end)
        for number in sorted(self.known):
            if number > end:
                self.faults.append("It ends at entry %d, before yours, %d." % (end, number))
            else:
                self.faults.append("It begins after your head, entry %d." % number)
        if self.keys and not self.signed:
            self.faults.append("No head is signed with a key that you gave.")


def head_given(text):
    """Read NUMBER:DIGEST."""
    number, _colon, digest = text.partition(":")
    number = "".join(sign for sign in number if sign not in ",. ")  # As a number may be printed.
    if not number.isdigit() or len(digest) != 64:
        raise argparse.ArgumentTypeError("give it as NUMBER:DIGEST, the digest of 64 signs")
    return int(number), digest.lower()


def main():
    """Check what the command line names; return 0 when nothing is wrong."""
    parser = argparse.ArgumentParser(description="Check the register of a trail.")
    parser.add_argument("register", help="the file that was downloaded")
    parser.add_argument("--key", action="append", default=[], help="a public key that you know")
    parser.add_argument("--head", action="append", default=[], type=head_given, help="one you know")
    given = parser.parse_args()
    check = Check([key.lower() for key in given.key], dict(given.head))
    with open(given.register, encoding="utf-8") as lines:
        check.read(lines)
    for fault in check.faults:
        print(fault)
    if check.faults:
        return 1
    print("%d entries, unbroken; %d heads signed." % (check.entries, check.signed))
    if not given.key and not given.head:
        print(
            "The file itself names the keys. Give --key and --head, as an edition or a letter has "
            "them: only then do you know that it was not all written anew."
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
