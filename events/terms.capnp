@0xd1a9c79ff215093a;
# What all parts of the scheme language share, and the mark of what is not enforced yet.
using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
$Cxx.namespace("events");

annotation recorded @0xfd50f4974dad149f (field, enumerant) :Void;
# It may be said, and it is shown, but no command acts on it yet. `scheme check` lists what a file
# says of this sort; whoever makes a command enforce it takes the mark away.

annotation names @0xba7e12265163dbca (field) :Text;
# The text is the name of an element of this list of the scheme: names("organs") on who.

enum Limit {
  hard @0 $A.zh("刚性");
  soft @1 $A.zh("原则性");
}

enum Source {
  complete @0 $A.zh("原文完整");
  truncated @1 $A.zh("原文残缺");
  garbled @2 $A.zh("原文讹误");
  inferred @3 $A.zh("推断");
  unconfirmed @4 $A.zh("待核实");
  notInSource @5 $A.zh("原文未规定");
}

enum Object {
  organisation @0 $A.zh("组织");
  individual @1 $A.zh("个人");
  project @2 $A.zh("项目");
  managementModel @3 $A.zh("管理模式");
  result @4 $A.zh("成果");
}

struct Period {
  number @0 :UInt16;
  unit @1 :Unit;
  countStartDay @2 :Bool $A.optional;
  rollForward @3 :Bool $A.optional;
}

enum Unit {
  calendar @0 $A.zh("日");
  working @1 $A.zh("个工作日");
  months @2 $A.zh("个月");
  years @3 $A.zh("年");
}
