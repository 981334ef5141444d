@0xf2a6d0b94c7e1583;
# A schema with one of everything that the decoder and the writer have to know. Only for tests.
using Cxx = import "/capnp/c++.capnp";
using A = import "/events/annotations.capnp";
$Cxx.namespace("tests");

struct Act $A.zh("行为") {
  # Small, and shaped like a command.
  actor @0 :Text $A.subject("person") $A.zh("行为人");
  union {
    unset @1 :Void;
    enterScore @2 :EnterScore $A.zh("评分");
    withdraw @3 :Withdraw;
    nothing @4 :Void;
  }
}

struct EnterScore {
  application @0 :Text $A.subject("application");
  score @1 :UInt16 $A.zh("得分");
  comment @2 :Text $A.optional;
  items @3 :List(Item) $A.keyed("name") $A.optional;
}

struct Item {
  name @0 :Text;
  score @1 :UInt16;
}

struct Withdraw {
  application @0 :Text $A.subject("application");
  reason @1 :Reason;
}

struct Reason $A.shorthand("text") {
  text @0 :Text;
  colour @1 :Colour $A.optional;
}

enum Colour {
  red @0 $A.zh("红");
  green @1;
  darkBlue @2;
}

struct Numbers {
  flag @0 :Bool $A.optional;
  int8 @1 :Int8 $A.optional;
  int16 @2 :Int16 $A.optional;
  int32 @3 :Int32 $A.optional;
  int64 @4 :Int64 $A.optional;
  uint8 @5 :UInt8 $A.optional;
  uint16 @6 :UInt16 $A.optional;
  uint32 @7 :UInt32 $A.optional;
  uint64 @8 :UInt64 $A.optional;
  seven @9 :UInt16 = 7 $A.optional;
  colour @10 :Colour = green $A.optional;
}

struct Texts {
  text @0 :Text $A.optional;
  long @1 :Text $A.long $A.optional;
  data @2 :Data $A.optional;
  day @3 :Int32 $A.date $A.optional;
  at @4 :Int64 $A.moment $A.optional;
  days @5 :List(Int32) $A.date $A.optional;
  moments @6 :List(Int64) $A.moment $A.optional;
  id @7 :Text $A.subject("person") $A.optional;
  ids @8 :List(Text) $A.mentions("person") $A.optional;
}

struct Shapes {
  amount :union {
    unset @0 :Void;
    none @1 :Void;
    yuan @2 :Int64;
    rule @3 :Rule;
  }
  span :group {
    from @4 :Int32 $A.date;
    to @5 :Int32 $A.date $A.optional;
  }
  choice :union {
    unset @6 :Void;
    left @7 :Text;
    right :group {
      a @8 :Int8;
      b @9 :Bool $A.optional;
    }
  }
  numbers @10 :Numbers;
  texts @11 :Texts $A.optional;
  table @12 :List(List(UInt64));
  reasons @13 :List(Reason);
  keyed @14 :List(Item) $A.keyed("name");
  weights @15 :List(Weight) $A.keyed("rank") $A.optional;
  flags @16 :List(Bool) $A.optional;
  acts @17 :List(Act) $A.optional;
  blobs @18 :List(Data) $A.optional;
  colours @19 :List(Colour) $A.optional;
}

struct Weight $A.shorthand("percent") {
  rank @0 :UInt8;
  percent @1 :Int64;
  note @2 :Text $A.optional;
}

struct Rule {
  union {
    unset @0 :Void;
    all @1 :List(Rule);
    not @2 :Rule;
    role @3 :Text;
    always @4 :Void;
  }
}
