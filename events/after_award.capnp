@0xafe3cd60f8c329bf;
# What a scheme says about the time after the award, and about those who watch over all of it. On
# record, and shown; no command acts on it yet.
using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
using Terms = import "terms.capnp";
using Label = import "label.capnp".Label;
using Object = Terms.Object;
using Period = Terms.Period;
using Source = Terms.Source;
$Cxx.namespace("events");

struct Reward {
  award @0 :Text $Terms.names("awards");
  object @1 :Object $A.optional;
  yuan @2 :UInt64 $A.optional;
  payer @3 :Text $Terms.names("organs") $A.optional;
  plaque @4 :Bool $A.optional;
  certificate @5 :Bool $A.optional;
  notFor @6 :Text $A.optional;
  clause @7 :Text $Terms.names("clauses");
  source @8 :Source $A.optional;
  instalments @9 :UInt8 $A.optional;
  capYuanPerYear @10 :UInt64 $A.optional;
  # For one applicant, over all its rewards.
  uses @11 :List(Label) $A.optional;
  # What the money may be spent on.
}

struct Duty {
  duty @0 :Text;
  name @1 :Label;
  object @2 :Object $A.optional;
  every @3 :Period $A.optional;
  clause @4 :Text $Terms.names("clauses");
}

struct Revocation {
  ground @0 :Text;
  name @1 :Label;
  object @2 :Object $A.optional;
  windowYears @3 :UInt8 $A.optional;
  proposer @4 :Text $Terms.names("organs");
  decider @5 :Text $Terms.names("organs");
  effects @6 :List(Text) $A.optional;
  banYears @7 :UInt8 $A.optional;
  clause @8 :Text $Terms.names("clauses");
  permanent @9 :Bool $A.optional;
  # The ban has no end.
}

struct Sanction {
  of @0 :Text $Terms.names("organs");
  grades @1 :List(Text);
  clause @2 :Text $Terms.names("clauses");
}

struct Supervision {
  body @0 :Text $Terms.names("organs");
  of @1 :List(Text) $Terms.names("organs");
  clause @2 :Text $Terms.names("clauses");
  at @3 :List(Text) $Terms.names("steps") $A.optional;
  # Steps at which it is present.
  mutual @4 :Bool $A.optional;
  # Those who review and those who are reviewed report on each other.
}

struct Retention {
  record @0 :Text;
  years @1 :UInt16;
  clause @2 :Text $Terms.names("clauses");
  disclosedTo @3 :List(Text) $Terms.names("organs") $A.optional;
}

struct Statistic {
  statistic @0 :Text;
  name @1 :Label;
  per @2 :List(Text);
  target @3 :Bool $A.optional;
}

struct TitleUse {
  clause @0 :Text $Terms.names("clauses");
  withYear @1 :Bool $A.optional;
  onProducts @2 :Bool $A.optional;
  validYears @3 :UInt8 $A.optional;
  renewable @4 :Bool $A.optional;
  correctedBy @5 :Text $Terms.names("organs") $A.optional;
  # The organ that orders a misuse to be corrected.
}
