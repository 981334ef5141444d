@0xc7bfab6d9ae8affa;
# Words for people, in both languages. A bare text is the Chinese one.
using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
$Cxx.namespace("events");

struct Label $A.shorthand("zh") {
  zh @0 :Text;
  en @1 :Text $A.optional;
}
