@0x9d1f3c5a7b2e4f60;
# What a schema says about its fields beyond their type. The decoder, the index, the sealing of
# personal
# data and the printed words all read these at run time, so that a fact about a field stands once.
using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("events");

annotation subject @0xb3fcb86576279b39 (field) :Text;
# The value is the id of a subject of this kind: subject("application") on "42" gives
# application/42. The
# event is folded into that subject and moves its version.

annotation mentions @0xc238fd0f3e818912 (field) :Text;
# The same, but the event is only indexed under that subject, not folded into it.

annotation optional @0xd82363092baa30ee (field) :Void;
# May be absent in JSON and YAML. Every other field must be written.

annotation date @0xd53bebad040a3d35 (field) :Void;
# An Int32 of days since 1970-01-01, written 2016-10-01: a legal, local date.

annotation moment @0xc2e58c437e4193b9 (field) :Void;
# An Int64 of microseconds since 1970-01-01T00:00:00Z, written as RFC 3339, e.g.
# 2016-10-01T09:00:00+08:00.

annotation keyed @0xc86db9de7cd2bbac (field) :Text;
# A list of structs that is written as an object: the key goes into the named field of each element.

annotation shorthand @0xee97f6acc02a80d2 (struct) :Text;
# A bare scalar in place of the struct fills the named field.

annotation zh @0xcaef9a2f93983f37 (*) :Text;
# The Chinese name shown to people. The English one is the identifier itself, in words.

annotation long @0xa1f07c3be2945d68 (field) :Void;
# A text that may be as long as a whole scheme file.

annotation guarded @0xf28c64d1a9b37e05 (field) :Void;
# Of an event: it tells of ties between persons. Reading it over the network is itself an event.

annotation byServer @0xd7a1c9e2b4f03586 (field) :Void;
# Of a command: the server says it for somebody whom it has let in, and takes it from nobody.
