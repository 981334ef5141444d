@0x947c174d6fa1d201;
# Personal data. A command brings it open; it is sealed under the key of the person before
# anything is
# decided, and only the sealed form ever reaches a record. docs/log-format.md gives the bytes.
using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
$Cxx.namespace("events");

struct Personal $A.shorthand("open") {
  union {
    unset @0 :Void;
    open @1 :Text;
    sealed @2 :Sealed;
  }
}

struct Sealed {
  person @0 :Text;
  # Whose key opens it: a person's or an applicant's opaque id.
  keyCommitment @1 :Data;
  # SHA-256("probity/key/v1" || key). An AEAD does not commit to its key, so without this one
  # box could
  # be made to open to two texts.
  box @2 :Data;
  # 24 bytes of nonce, then XChaCha20-Poly1305 of the text (RFC 8439 construction, extended nonce).
}
