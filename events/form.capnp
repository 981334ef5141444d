@0xe9e6b32e70ea6cb0;
# What a person filled in: fields named by the scheme's form. Values are text as written; the form
# in
# the scheme says how each is read (date, number, yes or no, choice).
using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
$Cxx.namespace("events");

struct Entry $A.shorthand("value") {
  field @0 :Text;
  union {
    unset @1 :Void;
    value @2 :Text;
    sealed @3 :import "personal.capnp".Sealed;
  }
}

struct Document {
  # The bytes lie beside the log under their digest; the event holds what identifies them.
  name @0 :Text;
  sha256 @1 :Data;
  bytes @2 :UInt64;
  type @3 :Text;
}
