@0xb1c7f0a35d2e9c84;
# Who may come in over the network, and what was looked at. A credential is named by the SHA-256 of
# its secret, 256 random bits that are kept nowhere: the name tells nothing and opens nothing.
using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
$Cxx.namespace("events");

enum CredentialKind {
  token @0 $A.zh("令牌");
  # For a program, or for somebody without a passphrase.
  invitation @1 $A.zh("邀请");
  # Lets its person set a passphrase, once.
  session @2 $A.zh("会话");
  # Of a login by passphrase.
}

struct CredentialIssued {
  credential @0 :Text $A.subject("credential");
  person @1 :Text $A.mentions("person");
  kind @2 :CredentialKind;
  label @3 :Text $A.optional;
  expires @4 :Int64 $A.moment;
}

struct CredentialConfirmed {
  credential @0 :Text $A.subject("credential");
  person @1 :Text $A.mentions("person");
  issuedBy @2 :Text $A.mentions("person");
}

struct CredentialEnded {
  credential @0 :Text $A.subject("credential");
  person @1 :Text $A.mentions("person");
  reason @2 :Text $A.optional;
}

struct PassphraseSet {
  # What verifies it lies in the safe; a new one ends all sessions of the one before.
  person @0 :Text $A.subject("login");
  verifier @1 :Text;
  # SHA-256 of that file, in hex: no other file will do.
  invitation @2 :Text $A.optional $A.subject("credential");
  # By which it was set, and which is over with that.
}

struct RecordRead {
  # Somebody looked at what is not for everybody: ties, or personal texts.
  view @0 :Text;
  # Or events, export, stream.
  key @1 :List(Text) $A.optional;
  at @2 :UInt64;
  opened @3 :Bool;
  # Sealed texts were shown open.
}
