#!/usr/bin/env python3
"""Checks an export of the care brokerage's log, its signed checkpoints and proofs of single events.

This file is all there is: Python 3.8 or later, its standard library, and no code of the product.
Read it before you trust it. It opens the files that you name, writes nothing and needs no network.

What it computes:

  chain        each event's hash is SHA-256 over the hash before it, the event's id, revision and
               version, the lengths of what follows, its stream, type, data and metadata as stored
  tree         RFC 6962 over those hashes: a leaf is SHA-256(00 || hash), a node SHA-256(01 || l || r)
  checkpoint   a signed note (C2SP tlog-checkpoint): log, number of events, root of the tree, time;
               Ed25519 by the arithmetic of RFC 8032
  proof        an event and the hashes that lead from it to the root of a checkpoint; or two
               checkpoints and the hashes that show that the later log begins with the earlier one
"""

import argparse
import base64
import binascii
import hashlib
import json
import re
import sys

OK, FAULT, UNUSABLE = 0, 1, 2

EPILOG = """\
exit codes:
  0  all that was asked is proven
  1  a fault was found: the log, a checkpoint or a proof is not what was signed or appended
  2  it could not be checked: a file cannot be read, or something is missing

examples:
  verify.py --export log.ndjson --public-key key.txt --checkpoint monday.txt --checkpoint tuesday.txt
  verify.py --public-key key.txt --proof event.json --proof growth.json
  verify.py --self-test

Where the files come from: `brokerage export-log --out log.ndjson`, `brokerage prove EVENT --out
event.json`, `brokerage prove-growth OLD NEW --out growth.json`, and the checkpoints that you were given when they were signed. Take the public key from
your own records, not together with the files: whoever forged them would give you a key that fits.
"""


class Fault(Exception):
    """Something is not what was appended or signed."""


class Unusable(Exception):
    """It could not be checked."""


# --- Ed25519, RFC 8032, section 5.1 -------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


def point_add(p, q):
    """Adds two points in extended coordinates (X, Y, Z, T)."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def point_mul(scalar, p):
    result = (0, 1, 1, 0)
    while scalar > 0:
        if scalar & 1:
            result = point_add(result, p)
        p = point_add(p, p)
        scalar >>= 1
    return result


def recover_x(y, sign):
    """The x that belongs to a y, or None where there is none."""
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if x2 == 0:
        return None if sign else 0
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P != 0:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - x2) % P != 0:
        return None
    return P - x if (x & 1) != sign else x


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def point_decode(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def point_encode(p):
    inverse = pow(p[2], P - 2, P)
    x, y = p[0] * inverse % P, p[1] * inverse % P
    return (y | ((x & 1) << 255)).to_bytes(32, "little")


def ed25519_verifies(public_key, message, signature):
    """Whether a signature of 64 bytes is that of the key of 32 bytes on the message."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    a = point_decode(public_key)
    s = int.from_bytes(signature[32:], "little")
    if a is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % L
    minus_a = (P - a[0], a[1], a[2], P - a[3])
    return point_encode(point_add(point_mul(s, BASE), point_mul(k, minus_a))) == signature[:32]


# --- The tree of RFC 6962 -----------------------------------------------------------------------


def sha256(data):
    return hashlib.sha256(data).digest()


def leaf_hash(data):
    return sha256(b"\x00" + data)


def node_hash(left, right):
    return sha256(b"\x01" + left + right)


class Tree:
    """Grows by leaves and remembers only the complete subtrees that the next leaf may join."""

    def __init__(self):
        self.size, self.subtrees = 0, []

    def add(self, leaf):
        rest = self.size
        while rest & 1:
            leaf = node_hash(self.subtrees.pop(), leaf)
            rest >>= 1
        self.subtrees.append(leaf)
        self.size += 1

    def root(self):
        if not self.subtrees:
            return sha256(b"")
        root = self.subtrees[-1]
        for left in reversed(self.subtrees[:-1]):
            root = node_hash(left, root)
        return root


def root_by_path(leaf, index, size, path):
    """The root to which an audit path leads (RFC 9162, 2.1.3.2), or None where it fits no tree."""
    at, last, found = index, size - 1, leaf
    if not 0 <= index < size:
        return None
    for beside in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            found = node_hash(beside, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        at, last = at >> 1, last >> 1
    return found if last == 0 else None


def begins_with(old_size, old_root, size, root, path):
    """Whether a consistency proof leads to both roots (RFC 9162, 2.1.4.2)."""
    if not 1 <= old_size <= size:
        return False
    if old_size == size:
        return not path and old_root == root
    path = list(path)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    at, last = old_size - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old_found = found = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old_found, found = node_hash(beside, old_found), node_hash(beside, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and old_found == old_root and found == root


# --- Public keys and checkpoints ----------------------------------------------------------------

PEM = re.compile(r"-----BEGIN PUBLIC KEY-----([^-]+)-----END PUBLIC KEY-----")
VERIFIER = re.compile(r"^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$", re.M)
DER_PREFIX = bytes.fromhex("302a300506032b6570032100")
NOTE = re.compile(
    r"care-brokerage/([0-9a-f-]{36})\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n"
    r"time ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z)\n"
)
SIGNATURE = re.compile("\u2014 ([^\\s+]+) ([A-Za-z0-9+/]+=*)")


def unbase64(text):
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def key_id(name, key):
    return sha256(name.encode() + b"\n\x01" + key)[:4]


def read_public_key(file):
    """The 32 bytes of a key, and the name of its log where the file tells it."""
    text = read_text(file)
    verifier, pem = VERIFIER.search(text), PEM.search(text)
    name = key = None
    if verifier:
        name, told, raw = verifier.group(1), verifier.group(2), unbase64(verifier.group(3))
        key = raw[1:]
        if len(raw) != 33 or raw[0] != 1 or key_id(name, key).hex() != told:
            raise Unusable(f"{file} has a verifier key whose id is not that of its name and key.")
    if pem:
        der = unbase64("".join(pem.group(1).split()))
        if len(der) != 44 or not der.startswith(DER_PREFIX):
            raise Unusable(f"{file} has no Ed25519 key.")
        if key is not None and key != der[12:]:
            raise Unusable(f"{file} has two keys that are not the same.")
        key = der[12:]
    if key is None:
        raise Unusable(f"{file} has no public key: neither PEM nor name+id+key.")
    return key, name


class Checkpoint:
    """What was signed: a log's number of events and the root of their tree, and when."""

    def __init__(self, what, note, key):
        end = note.find("\n\n")
        text, lines = note[: end + 1], note[end + 2 :].split("\n")
        found = NOTE.fullmatch(text) if end >= 0 else None
        if not found:
            raise Fault(f"{what} is no checkpoint of a log of this product.")
        signatures = [SIGNATURE.fullmatch(line) for line in lines[:-1]]
        if lines[-1] != "" or not signatures or None in signatures:
            raise Fault(f"{what} has signatures that are not as a signed note has them.")
        self.what, self.log_id, self.size = what, found.group(1), int(found.group(2))
        self.root, self.time = unbase64(found.group(3)), found.group(4)
        raw, name = key
        origin = f"care-brokerage/{self.log_id}"
        if name not in (None, origin):
            raise Fault(f"{what} is of {origin}, but the public key is that of {name}.")
        wanted = key_id(origin, raw)
        # Others, such as witnesses, may have signed too; their signatures prove nothing here.
        own = [unbase64(s.group(2)) for s in signatures if s.group(1) == origin]
        own = [signature[4:] for signature in own if signature[:4] == wanted]
        if not own:
            raise Fault(f"{what} is not signed with this public key.")
        if not all(ed25519_verifies(raw, text.encode(), signature) for signature in own):
            raise Fault(f"{what} was changed after it was signed: its signature does not fit.")


# --- Events and their chain ---------------------------------------------------------------------

START = "0" * 64
HEX64 = re.compile(r"[0-9a-f]{64}")
KEPT = re.compile(r"[0-9a-f]{64}|[0-9a-f]{8}")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def no_doubles(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is there twice")
    return found


def read_json(text):
    return json.loads(text, object_pairs_hook=no_doubles)


def stored_bytes(part):
    """Data or metadata as stored: text, or base64 where the bytes are no text."""
    if isinstance(part, str):
        return part.encode("utf-8")
    if isinstance(part, dict) and list(part) == ["base64"] and isinstance(part["base64"], str):
        return base64.b64decode(part["base64"], validate=True)
    raise ValueError("data and metadata are text")


def is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def chain_hash(previous, event):
    """The hash of an event behind the one with the previous hash, 64 hex digits."""
    texts = [event["stream"].encode("utf-8"), event["type"].encode("utf-8")]
    parts = texts + [stored_bytes(event["data"]), stored_bytes(event["metadata"])]
    for name in ("revision", "version"):
        if not is_count(event[name]):
            raise ValueError(f"{name} is no number")
    if not UUID.fullmatch(event["id"]):
        raise ValueError("its id is none")
    lengths = " ".join(str(len(part)) for part in parts)
    head = f"{previous} {event['id']} {event['revision']} {event['version']} {lengths}\n"
    return hashlib.sha256(head.encode() + b"".join(parts)).hexdigest()


class Export:
    """The export of a log, read line by line from its first event to its last."""

    def __init__(self, file):
        self.file = file
        try:
            self.lines = open(file, "rb")
        except OSError as error:
            raise Unusable(f"{file} cannot be read: {error.strerror}.") from None
        head = self.parse(self.lines.readline())
        if not isinstance(head, dict) or head.get("format") != "care-brokerage-log-export":
            raise Unusable(f"{file} is no export of a log.")
        if head.get("version") != 1:
            raise Unusable(f"{file} has version {head.get('version')}; this verifier reads version 1.")
        self.log_id, self.store = head.get("logId"), head.get("store")
        self.first, self.previous = head.get("firstIndex"), str(head.get("previousHash"))
        if not is_count(self.first) or not HEX64.fullmatch(self.previous):
            raise Unusable(f"The first line of {file} cannot be understood.")
        if self.first == 0 and self.previous != START:
            raise Fault("The first event of the log has no hash before it, but the export tells one.")
        self.is_embedded = self.store == "embedded"
        self.count = 0
        self.position, self.revisions = -1, {}

    def parse(self, line):
        if not line.endswith(b"\n"):
            raise Unusable(
                f"{self.file} ends in the middle of a line: the export was interrupted. "
                "Run `brokerage export-log` with the same file again; it goes on from there."
            )
        try:
            return read_json(line.decode("utf-8"))
        except (ValueError, UnicodeDecodeError):
            return None

    def __iter__(self):
        """Yields index, hash and event, up to the first that is not what was appended."""
        for line in self.lines:
            event = self.parse(line)
            yield self.checked(event)
            self.count += 1
            if self.count % 100_000 == 0 and sys.stderr.isatty():
                print(f"\r{self.count:,} events ...", end="", file=sys.stderr, flush=True)
        if self.count >= 100_000 and sys.stderr.isatty():
            print("\r" + " " * 40 + "\r", end="", file=sys.stderr)

    def checked(self, event):
        index = self.first + self.count
        try:
            place = f"position {event['position']}, revision {event['revision']} of {event['stream']}"
            found, kept = chain_hash(self.previous, event), event["hash"]
            is_whole = is_count(event["position"]) and KEPT.fullmatch(kept) is not None
        except (KeyError, TypeError, ValueError, AttributeError):
            is_whole = False
        if not is_whole:
            self.fault(f"line {self.count + 2} of the export", "it is no event")
        if event["index"] != index or (self.is_embedded and event["position"] != index + 1):
            self.fault(place, f"it stands where event number {index + 1} belongs: events are missing")
        if event["position"] <= self.position:
            self.fault(place, "its position does not come after the one before it")
        # EventStoreDB keeps whole hashes at the ends of segments, and eight digits of the others.
        if (self.is_embedded and len(kept) != 64) or not found.startswith(kept):
            self.fault(place, "its content or the hash before it was altered")
        before = self.revisions.get(event["stream"], -1 if self.first == 0 else None)
        if before is not None and event["revision"] != before + 1:
            self.fault(place, f"it follows revision {before} of its stream")
        self.revisions[event["stream"]] = event["revision"]
        self.position, self.previous = event["position"], found
        return index, found, event

    def fault(self, place, why):
        raise Fault(f"The first bad event is at {place}: {why}.")


# --- What is asked ------------------------------------------------------------------------------


class Report:
    """What is proven, what is not, and what is wrong, in the order in which it was found."""

    def __init__(self):
        self.faults = 0

    def proven(self, text):
        print(f"PROVEN      {text}")

    def open(self, text):
        print(f"NOT PROVEN  {text}")

    def fault(self, text):
        self.faults += 1
        print(f"FAULT       {text}")


def read_text(file):
    try:
        with open(file, encoding="utf-8", newline="") as opened:
            return opened.read()
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Unusable(f"{file} is no text.") from None


def read_checkpoints(files, key, report):
    """The checkpoints whose signature fits, the smallest first."""
    found = []
    for file in files:
        try:
            found.append(Checkpoint(file, read_text(file), key))
        except Fault as fault:
            report.fault(str(fault))
    return sorted(found, key=lambda each: (each.size, each.time))


class Comparison:
    """Compares the tree of an export, while it is read, with checkpoints of it."""

    def __init__(self, log_id, checkpoints, report):
        self.report, self.tree = report, Tree()
        self.waiting, self.proven, self.latest = [], 0, ""
        for each in checkpoints:
            if each.log_id == log_id:
                self.waiting.append(each)
            else:
                report.fault(f"{each.what} is of log {each.log_id}; the export is of {log_id}.")
        self.judge()

    def add(self, chain):
        if self.waiting:
            self.tree.add(leaf_hash(bytes.fromhex(chain)))
            self.judge()

    def judge(self):
        while self.waiting and self.waiting[0].size == self.tree.size:
            each = self.waiting.pop(0)
            if each.root != self.tree.root():
                self.report.fault(
                    f"The first {each.size} events are not those that were signed in {each.what} "
                    f"({each.time}): something from event number {self.proven + 1} to "
                    f"{each.size} was rewritten, and the chain was computed anew."
                )
            elif each.time < self.latest:
                self.report.fault(f"{each.what} says {each.time}, but a shorter log was signed later.")
            else:
                self.report.proven(
                    f"The first {each.size} events are those that were signed at {each.time} ({each.what})."
                )
                self.proven, self.latest = each.size, each.time

    def finish(self):
        for each in self.waiting:
            self.report.fault(
                f"The log ends after event number {self.tree.size}, but had {each.size} when "
                f"{each.what} was signed ({each.time}): its end was cut."
            )


def check_export(file, checkpoints, wanted, report):
    """Walks the chain of an export. `wanted`: hashes of proven events by index, which have to be there."""
    export = Export(file)
    if export.first > 0 and checkpoints:
        raise Unusable(
            f"{file} begins with event number {export.first + 1}. A checkpoint is of the log from its "
            "first event on: export it without --from."
        )
    comparison = Comparison(export.log_id, checkpoints, report)
    try:
        for index, chain, event in export:
            if wanted.get(index, chain) != chain:
                report.fault(
                    f"The event at position {event['position']}, revision {event['revision']} of "
                    f"{event['stream']}, is not the one of its proof."
                )
            comparison.add(chain)
    except Fault as fault:
        report.fault(str(fault))
        report.open(f"What comes behind it was not looked at; {export.count} events before it hold together.")
        return
    first = "" if export.first == 0 else f" from number {export.first + 1} on"
    report.proven(
        f"{export.count} events of log {export.log_id}{first} form one unbroken chain: none was "
        "altered, moved, inserted or taken out by who did not compute the chain anew."
    )
    comparison.finish()
    if export.first > 0:
        report.open(f"What came before event number {export.first + 1} is not in the export.")
    behind = export.first + export.count - comparison.proven
    if comparison.proven > 0 and behind > 0:
        report.open(
            f"{behind} events came after the last checkpoint that fits. Who can write the database "
            "could have rewritten them with a new chain, or cut some off. Ask for a later checkpoint."
        )
    elif comparison.proven == 0:
        report.open(
            "Without a checkpoint that fits, nobody can tell a log that was rewritten as a whole, "
            "or whose end was cut, from this one."
        )
    if not export.is_embedded:
        report.open("Events that were not sealed yet are not in the export; the service states how many.")


def check_growth(file, proof, key, report):
    """That the log of one checkpoint begins with that of another."""
    try:
        path = [bytes.fromhex(each) for each in proof["path"]]
        notes = dict(zip(("earlier", "later"), proof["checkpoints"]))
        log_id = proof["logId"]
        is_whole = proof["version"] == 1 and len(proof["checkpoints"]) == 2
        is_whole = is_whole and all(isinstance(note, str) for note in notes.values())
    except (KeyError, TypeError, ValueError):
        is_whole = False
    if not is_whole:
        raise Unusable(f"{file} is no proof of version 1.")
    try:
        old, new = (Checkpoint(f"The {name} checkpoint in {file}", note, key) for name, note in notes.items())
    except Fault as fault:
        report.fault(str(fault))
        return
    if not old.log_id == new.log_id == log_id:
        report.fault(f"{file}: its checkpoints are not of the log that it names.")
    elif any(len(each) != 32 for each in path) or not begins_with(old.size, old.root, new.size, new.root, path):
        report.fault(f"{file}: it does not show that the later log begins with the earlier one.")
    elif new.time < old.time:
        report.fault(f"{file}: the longer log was signed earlier, at {new.time}.")
    else:
        report.proven(
            f"The log of {new.size} events that was signed at {new.time} begins with the {old.size} that were "
            f"signed at {old.time} ({file})."
        )


def check_proof(file, key, report):
    """A proof of an event, whose index and hash are answered where it holds, or of growth."""
    try:
        proof = read_json(read_text(file))
        if proof["format"] == "care-brokerage-consistency-proof":
            check_growth(file, proof, key, report)
            return None
        if proof["format"] != "care-brokerage-inclusion-proof" or proof["version"] != 1:
            raise Unusable(f"{file} is no proof of version 1.")
        event, chain = proof["event"], proof["hash"]
        path = [bytes.fromhex(each) for each in proof["auditPath"]]
        index, note = proof["leafIndex"], proof["checkpoint"]
        found = chain_hash(proof["previousHash"], event)
        place = f"position {event['position']}, revision {event['revision']} of {event['stream']}"
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unusable(f"{file} is no proof of an event.") from None
    try:
        checkpoint = Checkpoint(f"The checkpoint in {file}", note, key)
    except Fault as fault:
        report.fault(str(fault))
        return None
    if proof["logId"] != checkpoint.log_id:
        report.fault(f"{file} is of log {proof['logId']}, its checkpoint is of {checkpoint.log_id}.")
    elif found != chain:
        report.fault(f"{file}: the event at {place} is not the one that was appended.")
    elif any(len(each) != 32 for each in path) or not is_count(index):
        report.fault(f"{file}: its audit path is none.")
    elif root_by_path(leaf_hash(bytes.fromhex(chain)), index, checkpoint.size, path) != checkpoint.root:
        report.fault(f"{file}: the event at {place} is not among those that were signed.")
    else:
        report.proven(
            f"{event['type']} at {place} is event number {index + 1} of the {checkpoint.size} that "
            f"were signed at {checkpoint.time} ({file})."
        )
        return index, chain
    return None


def check(arguments):
    report = Report()
    asks_signature = arguments.checkpoint or arguments.proof
    if not arguments.export and not arguments.proof:
        raise Unusable("Nothing to check: give --export, or --proof. See --help.")
    if asks_signature and not arguments.public_key:
        raise Unusable("A signature proves nothing without a key: give --public-key.")
    key = read_public_key(arguments.public_key) if arguments.public_key else None
    if arguments.checkpoint and not arguments.export:
        raise Unusable("A checkpoint is compared with an export: give --export.")
    proofs = [check_proof(file, key, report) for file in arguments.proof]
    checkpoints = read_checkpoints(arguments.checkpoint, key, report)
    if arguments.export:
        check_export(arguments.export, checkpoints, dict(each for each in proofs if each), report)
    report.open("That what people and systems recorded is true; and the times, which are the signer's word.")
    if report.faults:
        print(f"{report.faults} fault{'s' if report.faults > 1 else ''} found.")
        return FAULT
    print("No fault found.")
    return OK


# --- Known answers ------------------------------------------------------------------------------

# RFC 8032, 7.1: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").hexdigest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e030"
        "3dca179c138ac17ad9bef1177331a704",
    ),
]

# The published leaves and root of a tree of eight (Certificate Transparency).
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
FIRST_PATH = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]


def self_test():
    wrong = []
    for number, (key, message, signature) in enumerate(VECTORS, 1):
        k, m, s = (bytes.fromhex(part) for part in (key, message, signature))
        forged = [
            (k, m + b"x", s),
            (k, m, bytes([s[0] ^ 1]) + s[1:]),
            (k, m, s[:63] + bytes([s[63] ^ 1])),
            (k, m, s[:32] + (int.from_bytes(s[32:], "little") + L).to_bytes(32, "little")),
            (bytes([k[0] ^ 1]) + k[1:], m, s),
        ]
        if not ed25519_verifies(k, m, s) or any(ed25519_verifies(*each) for each in forged):
            wrong.append(f"vector {number} of RFC 8032")
    tree = Tree()
    for leaf in LEAVES:
        tree.add(leaf_hash(bytes.fromhex(leaf)))
    path = [bytes.fromhex(each) for each in FIRST_PATH]
    if tree.root().hex() != ROOT or root_by_path(leaf_hash(b""), 0, 8, path) != tree.root():
        wrong.append("the tree of eight leaves of RFC 6962")
    for each in wrong:
        print(f"WRONG  {each}")
    if not wrong:
        print(f"{len(VECTORS)} signatures of RFC 8032 and the tree of RFC 6962 come out as published.")
    return FAULT if wrong else OK


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--export", metavar="FILE", help="the log, as `brokerage export-log` wrote it")
    parser.add_argument("--public-key", metavar="FILE", help="whose signatures are taken: PEM, or name+id+key")
    parser.add_argument(
        "--checkpoint", metavar="FILE", action="append", default=[], help="a signed checkpoint; may be given again"
    )
    parser.add_argument(
        "--proof", metavar="FILE", action="append", default=[], help="a proof of an event or of growth; may be given again"
    )
    parser.add_argument("--self-test", action="store_true", help="check the arithmetic against published answers")
    arguments = parser.parse_args()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return self_test() if arguments.self_test else check(arguments)
    except Unusable as error:
        print(f"NOT CHECKED {error}")
        return UNUSABLE


if __name__ == "__main__":
    sys.exit(main())
