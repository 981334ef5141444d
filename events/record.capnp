@0xa409443e951a94a0;
# The envelope: one record is one event, one leaf of the Merkle tree, and never changes. The
# stored bytes
# are this message in Cap'n Proto's standard framing; docs/log-format.md says what each field
# promises.
using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
using Event = import "event.capnp".Event;
$Cxx.namespace("events");

struct Record {
  format @0 :UInt16;
  # 1. A program refuses a number that it does not know.
  origin @1 :Text;
  # The log's name, as in its checkpoints: a record cannot be moved into another log.
  index @2 :UInt64;
  # Leaf index; the position that people see is index + 1.
  recordedAt @3 :Int64 $A.moment;
  # By the log's clock, strictly increasing.
  effectiveOn @4 :Int32 $A.date;
  # The legal date on which the act took effect, which may be earlier than the recording.
  actor @5 :Text $A.mentions("actor");
  onBehalfOf @6 :Text $A.optional;
  # The role in which the actor acted.
  authentication @7 :Authentication;
  commandId @8 :Text;
  commandDigest @9 :Data;
  # SHA-256 of the canonical command, personal fields sealed.
  part @10 :UInt16;
  parts @11 :UInt16;
  # A command's events stand together: part 0 … parts − 1.
  cause @12 :UInt64 $A.optional;
  # The position of the event that made this one due; 0 for none.
  decidedOn @13 :List(Basis) $A.optional;
  # The versions that the decision rested on.
  grounds @14 :List(Ground) $A.optional;
  event @15 :Event;
  signature @16 :Data $A.optional;
  # The actor's own, over the canonical command; empty while authentication is not "signature".
}

enum Authentication {
  asserted @0 $A.zh("自称");
  session @1 $A.zh("登录会话");
  signature @2 $A.zh("签名");
}

struct Basis {
  subject @0 :Text;
  position @1 :UInt64;
}

struct Ground {
  # One rule as it was judged: with it, an explanation never has to judge again.
  clause @0 :Text;
  rule @1 :Text;
  # Where the rule stands in the scheme: steps.apply.requires.2
  result @2 :Verdict;
  needed @3 :Text $A.optional;
  found @4 :Text $A.optional;
  inputs @5 :List(UInt64) $A.optional;
  # Positions of the events that were looked at.
}

enum Verdict {
  met @0 $A.zh("符合");
  unmet @1 $A.zh("不符合");
  notApplicable @2 $A.zh("不适用");
}
