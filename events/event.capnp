@0xe10b6b882a49e4b5;
# Everything that can have happened. A fact has its own type only where code acts on it; what a
# scheme
# merely wants on record is "acted". An event carries the result and its grounds, so that nobody
# has to
# compute it again. Members are only ever added; numbers are never used twice.
using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
using Entry = import "form.capnp".Entry;
using Document = import "form.capnp".Document;
using Personal = import "personal.capnp".Personal;
using Label = import "label.capnp".Label;
using Access = import "access.capnp";
$Cxx.namespace("events");

struct Event {
  union {
    unset @0 :Void;

    # The log itself.
    logOpened @1 :LogOpened $A.zh("日志启用");
    logRestored @2 :LogRestored $A.zh("日志恢复");
    commandRefused @3 :CommandRefused $A.zh("指令被拒");
    refusalsSuppressed @4 :RefusalsSuppressed $A.zh("拒绝记录截断");

    # What rounds rest on.
    calendarPublished @5 :CalendarPublished $A.zh("日历发布");
    schemeTextAdded @6 :SchemeTextAdded $A.zh("办法文本存入");
    schemePublished @7 :SchemePublished $A.zh("办法发布");
    personRegistered @8 :PersonRegistered $A.zh("人员登记");
    roleProposed @9 :RoleProposed $A.zh("授权提议");
    roleGranted @10 :RoleGranted $A.zh("授权生效");
    roleEnded @11 :RoleEnded $A.zh("授权终止");
    applicantRegistered @12 :ApplicantRegistered $A.zh("申报主体登记");
    earlierAwardRegistered @13 :EarlierAwardRegistered $A.zh("既往获奖登记");
    earlierApplicationRegistered @14 :EarlierApplicationRegistered $A.zh("他处申报登记");

    # A round and its applications.
    callPublished @15 :CallPublished $A.zh("申报通知发布");
    deadlinePassed @16 :DeadlinePassed $A.zh("期限届满");
    applicationSubmitted @17 :ApplicationSubmitted $A.zh("申报提交");
    applicationWithdrawn @18 :ApplicationWithdrawn $A.zh("申报撤回");
    acted @19 :Acted $A.zh("办理");
    applicationAccepted @20 :ApplicationAccepted $A.zh("受理");

    # Review.
    reviewGroupFormed @21 :ReviewGroupFormed $A.zh("评审组组成");
    commitmentSigned @22 :CommitmentSigned $A.zh("评审承诺签署");
    tieDeclared @23 :TieDeclared $A.zh("利害关系申报") $A.guarded;
    recusalEntered @24 :RecusalEntered $A.zh("回避") $A.guarded;
    scoreEntered @25 :ScoreEntered $A.zh("评分");
    scoresSubmitted @26 :ScoresSubmitted $A.zh("评分表提交");
    reviewClosed @27 :ReviewClosed $A.zh("评审结束");

    # Lists, publicity, decision.
    rankingFixed @28 :RankingFixed $A.zh("排序确定");
    listFixed @29 :ListFixed $A.zh("名单确定");
    noticePublished @30 :NoticePublished $A.zh("公示开始");
    noticeEnded @31 :NoticeEnded $A.zh("公示结束");
    objectionFiled @32 :ObjectionFiled $A.zh("异议提出");
    objectionSettled @33 :ObjectionSettled $A.zh("异议处理");
    listApproved @34 :ListApproved $A.zh("名单批准");
    awardConferred @35 :AwardConferred $A.zh("授奖");

    schemeRepealed @36 :SchemeRepealed $A.zh("办法废止");
    deadlineMoved @37 :DeadlineMoved $A.zh("期限变更");
    supplementRequested @38 :SupplementRequested $A.zh("要求补正");
    supplementFiled @39 :SupplementFiled $A.zh("补正提交");
    departmentAsked @40 :DepartmentAsked $A.zh("书面征询部门");
    departmentAnswered @41 :DepartmentAnswered $A.zh("部门答复");
    trackTransferred @42 :TrackTransferred $A.zh("类别转入");
    noticeInterrupted @43 :NoticeInterrupted $A.zh("公示中断");
    internalNoticeProven @44 :InternalNoticeProven $A.zh("内部公示证明");
    applicationExcluded @45 :ApplicationExcluded $A.zh("申报终止");

    scoreExplained @46 :ScoreExplained $A.zh("评分说明");
    consensusEntered @47 :ConsensusEntered $A.zh("合议评分");
    scoreAdjusted @48 :ScoreAdjusted $A.zh("现场评审调整");
    resultEntered @49 :ResultEntered $A.zh("结果登记");
    rankTieSettled @50 :RankTieSettled $A.zh("并列裁定");
    awardLeftVacant @51 :AwardLeftVacant $A.zh("奖项空缺");
    ballotOpened @52 :BallotOpened $A.zh("表决开始");
    voteCast @53 :VoteCast $A.zh("投票");
    ballotClosed @54 :BallotClosed $A.zh("表决结束");

    expertAdmitted @55 :ExpertAdmitted $A.zh("专家入库");
    expertRemoved @56 :ExpertRemoved $A.zh("专家出库");
    relationRegistered @57 :RelationRegistered $A.zh("关联关系登记") $A.guarded;
    drawCommitted @58 :DrawCommitted $A.zh("抽取承诺");
    drawWitnessed @59 :DrawWitnessed $A.zh("抽取监督");
    drawOpened @60 :DrawOpened $A.zh("抽取结果");
    memberReplaced @61 :MemberReplaced $A.zh("组员更换");
    recusalRequested @62 :RecusalRequested $A.zh("申请回避") $A.guarded;
    recusalDecided @63 :RecusalDecided $A.zh("回避决定") $A.guarded;
    scoresVoided @64 :ScoresVoided $A.zh("评分作废");

    credentialIssued @65 :Access.CredentialIssued $A.zh("凭证签发");
    credentialConfirmed @66 :Access.CredentialConfirmed $A.zh("凭证确认");
    credentialEnded @67 :Access.CredentialEnded $A.zh("凭证终止");
    passphraseSet @68 :Access.PassphraseSet $A.zh("口令设置");
    recordRead @69 :Access.RecordRead $A.zh("查阅");
  }
}

struct LogOpened {
  log @0 :Text $A.subject("log");
  # Always "log": there is one.
  origin @1 :Text;
  zone @2 :Text;
  clock @3 :ClockKind;
  administrator @4 :Text $A.subject("person");
}

enum ClockKind {
  real @0 $A.zh("真实时间");
  simulated @1 $A.zh("模拟时间");
}

struct LogRestored {
  # Somebody accepted that the log stands behind a checkpoint that it had signed.
  log @0 :Text $A.subject("log");
  keptSize @1 :UInt64;
  keptRoot @2 :Data;
  reason @3 :Text;
}

struct CommandRefused {
  command @0 :Text;
  # The type: enterScores
  code @1 :Text;
  clause @2 :Text;
  words @3 :Label;
  attempts @4 :List(Text) $A.mentions("attempts");
  # What it was tried on, as kind:id. Never the subject itself: a refusal must not move its version.
  counted @5 :Text $A.subject("refusals");
  # actor:subject:day, under which recorded refusals are counted.
}

struct RefusalsSuppressed {
  attempts @0 :List(Text) $A.mentions("attempts");
  limit @1 :UInt32;
  counted @2 :Text $A.subject("refusals");
}

struct CalendarPublished {
  calendar @0 :Text $A.subject("calendar");
  notice @1 :import "calendar.capnp".CalendarNotice;
}

struct SchemeTextAdded {
  scheme @0 :Text $A.subject("scheme");
  part @1 :UInt16;
  text @2 :Data;
}

struct SchemePublished {
  scheme @0 :Text $A.subject("scheme");
  parts @1 :UInt16;
  sha256 @2 :Data;
  # Of the parts put together. The position of this event is the scheme's version.
  name @3 :Label;
  validFrom @4 :Int32 $A.date;
  validUntil @5 :Int32 $A.date $A.optional;
}

struct PersonRegistered {
  person @0 :Text $A.subject("person");
  name @1 :Personal;
}

struct Role {
  person @0 :Text $A.subject("person");
  role @1 :Text;
  # An organ of the scheme, or administrator, inspector, auditor.
  scheme @2 :Text $A.optional;
  # The scheme whose organ it is; absent for the roles of the log itself.
  body @3 :Text $A.optional;
  # Which one, where there are several: a recommending body's id.
  until @4 :Int32 $A.date $A.optional;
  # The last day of its term; absent: until it is ended.
  round @5 :Text $A.optional $A.mentions("round");
  # The one round of the scheme that it is for; absent: all of them.
}

struct RoleProposed {
  proposal @0 :Text $A.subject("proposal");
  role @1 :Role;
}

struct RoleGranted {
  proposal @0 :Text $A.subject("proposal");
  role @1 :Role;
  proposedBy @2 :Text $A.mentions("person");
  log @3 :Text $A.optional $A.subject("log");
  # "log" for an administrator: the log knows how many it has.
  organ @4 :Text $A.optional $A.subject("organ");
  # scheme/role: an organ knows its members.
  closes @5 :Int64 $A.moment $A.optional;
  # The instant at which its term is over.
}

struct RoleEnded {
  role @0 :Role;
  reason @1 :Text;
  log @2 :Text $A.optional $A.subject("log");
  # Only of an administrator: the log counts them.
  organ @3 :Text $A.optional $A.subject("organ");
}

struct ApplicantRegistered {
  applicant @0 :Text $A.subject("applicant");
  representative @1 :Text $A.subject("person");
  union {
    unset @2 :Void;
    organisation @3 :Organisation $A.zh("组织");
    individual @4 :Individual $A.zh("个人");
  }
}

struct Organisation {
  name @0 :Text;
  creditCode @1 :Text $A.subject("creditCode");
  # Unified social credit code, GB 32100-2015.
}

struct Individual {
  name @0 :Personal;
  employer @1 :Text $A.optional $A.mentions("applicant");
}

struct EarlierAwardRegistered {
  # What happened before this log began, with the paper that shows it.
  applicant @0 :Text $A.subject("applicant");
  scheme @1 :Text;
  award @2 :Text;
  conferredOn @3 :Int32 $A.date;
  evidence @4 :Text;
}

struct EarlierApplicationRegistered {
  # An application to another government quality award, inside or outside this log.
  applicant @0 :Text $A.subject("applicant");
  scheme @1 :Text;
  year @2 :UInt16;
  evidence @3 :Text;
}

struct CallPublished {
  round @0 :Text $A.subject("round");
  scheme @1 :Text $A.mentions("scheme");
  schemePosition @2 :UInt64;
  # The round keeps this version for life.
  calendar @3 :Text;
  calendarPosition @4 :UInt64;
  year @5 :UInt16;
  document @6 :Text;
  calledOn @7 :Int32 $A.date;
  deadlines @8 :List(Deadline);
}

struct Deadline {
  step @0 :Text;
  lastDay @1 :Int32 $A.date;
  closes @2 :Int64 $A.moment;
  # The first instant that is too late, resolved once so that no later change of zone data can
  # move it.
}

struct DeadlinePassed {
  round @0 :Text $A.subject("round");
  step @1 :Text;
  closes @2 :Int64 $A.moment;
}

struct ApplicationSubmitted {
  application @0 :Text $A.subject("application");
  round @1 :Text $A.subject("round");
  applicant @2 :Text $A.subject("applicant");
  step @3 :Text;
  track @4 :Text;
  scheme @5 :Text;
  year @6 :UInt16;
  form @7 :List(Entry) $A.keyed("field");
  documents @8 :List(Document) $A.optional;
}

struct ApplicationWithdrawn {
  application @0 :Text $A.subject("application");
  round @1 :Text $A.subject("round");
  reason @2 :Text;
  applicant @3 :Text $A.subject("applicant");
  countsForYear @4 :Bool;
  # Withdrawn after the last day for applying: it stays the year's application.
}

enum Outcome {
  passed @0 $A.zh("通过");
  failed @1 $A.zh("未通过");
}

struct Acted {
  application @0 :Text $A.subject("application");
  step @1 :Text;
  outcome @2 :Outcome;
  form @3 :List(Entry) $A.keyed("field") $A.optional;
  opinion @4 :Text $A.optional;
  documents @5 :List(Document) $A.optional;
  round @6 :Text $A.optional $A.subject("round");
  # Only where it failed: the round knows whom it no longer waits for.
}

struct ApplicationAccepted {
  application @0 :Text $A.subject("application");
  round @1 :Text $A.subject("round");
  step @2 :Text;
  track @3 :Text;
  opinion @4 :Text $A.optional;
}

struct ReviewGroupFormed {
  group @0 :Text;
  round @1 :Text $A.subject("round");
  step @2 :Text;
  track @3 :Text;
  reviewers @4 :List(Text) $A.mentions("person");
  leader @5 :Text;
  method @6 :Method;
}

enum Method {
  selected @0 $A.zh("遴选");
  drawn @1 $A.zh("抽取");
}

struct CommitmentSigned {
  round @0 :Text $A.subject("round");
  reviewer @1 :Text $A.mentions("person");
  text @2 :Text;
}

struct TieDeclared {
  application @0 :Text $A.subject("application");
  reviewer @1 :Text $A.mentions("person");
  union {
    unset @2 :Void;
    none @3 :Void $A.zh("无利害关系");
    tie @4 :Tie $A.zh("有利害关系");
  }
}

struct Tie {
  ground @0 :TieGround;
  explanation @1 :Text;
}

enum TieGround {
  employed @0 $A.zh("三年内任职或顾问");
  relative @1 $A.zh("近亲属");
  dispute @2 $A.zh("三年内法律纠纷");
  prepared @3 $A.zh("参与过材料编制或咨询");
  controlled @4 $A.zh("同一法定代表人或控股关系");
  invested @5 $A.zh("投资入股");
  other @6 $A.zh("其他利害关系");
}

struct RecusalEntered {
  # A recusal ends for nobody: there is no event that lifts it.
  application @0 :Text $A.subject("application");
  person @1 :Text $A.mentions("person");
  kind @2 :RecusalKind;
  clause @3 :Text;
  round @4 :Text $A.subject("round");
  tie @5 :Tie $A.optional;
  # What it rests on: as declared, as requested, or as ordered.
}

enum RecusalKind {
  voluntary @0 $A.zh("主动回避");
  requested @1 $A.zh("申请回避");
  ordered @2 $A.zh("责令回避");
}

struct ScoreEntered {
  application @0 :Text $A.subject("application");
  step @1 :Text;
  reviewer @2 :Text $A.mentions("person");
  item @3 :Text;
  percent @4 :UInt16;
  hundredths @5 :UInt32;
  # Hundredths of a point: item points × percent.
  replaces @6 :UInt64 $A.optional;
  # The position of the score that this one revises; 0 for the first.
  reason @7 :Text $A.optional;
  # Required where it revises.
  comment @8 :Text $A.optional;
}

struct ScoresSubmitted {
  application @0 :Text $A.subject("application");
  step @1 :Text;
  reviewer @2 :Text $A.mentions("person");
  hundredths @3 :UInt32;
}

struct ReviewClosed {
  application @0 :Text $A.subject("application");
  round @1 :Text $A.subject("round");
  step @2 :Text;
  track @3 :Text;
  numerator @4 :UInt64;
  denominator @5 :UInt32;
  # The result in hundredths, exact: a mean is a fraction.
  reviewers @6 :List(Text) $A.mentions("person");
}

struct RankingFixed {
  round @0 :Text $A.subject("round");
  step @1 :Text;
  track @2 :Text;
  entries @3 :List(RankingEntry);
}

struct RankingEntry {
  application @0 :Text $A.subject("application");
  rank @1 :UInt16;
  # Equal results share a rank; no order is made up between them.
  numerator @2 :UInt64;
  denominator @3 :UInt32;
}

struct ListFixed {
  round @0 :Text $A.subject("round");
  step @1 :Text;
  track @2 :Text;
  listed @3 :List(Text) $A.subject("application");
  others @4 :List(Text) $A.subject("application") $A.optional;
  # Those that were in question and did not come on the list.
  reason @5 :Text $A.optional;
  # Required for a vacancy and for passing over a better rank.
  told @6 :Text $A.optional;
  # The step at which the others are told, where the scheme has one.
}

struct NoticePublished {
  notice @0 :Text $A.subject("notice");
  round @1 :Text $A.subject("round");
  step @2 :Text;
  track @3 :Text;
  list @4 :UInt64;
  # The position of the list that is shown.
  listed @5 :List(Text) $A.subject("application");
  channels @6 :List(Text);
  opensOn @7 :Int32 $A.date;
  lastDay @8 :Int32 $A.date;
  closes @9 :Int64 $A.moment;
  calendarPosition @10 :UInt64;
}

struct NoticeEnded {
  notice @0 :Text $A.subject("notice");
  round @1 :Text $A.subject("round");
  step @2 :Text;
  track @3 :Text;
  listed @4 :List(Text) $A.subject("application");
}

struct ObjectionFiled {
  objection @0 :Text $A.subject("objection");
  notice @1 :Text $A.subject("notice");
  round @2 :Text $A.subject("round");
  application @3 :Text $A.mentions("application");
  objector @4 :Text $A.mentions("person");
  content @5 :Text;
  evidence @6 :Text $A.optional;
  settleBy @7 :Int64 $A.moment $A.optional;
  # The first instant at which its settling is late, where the scheme sets a time.
}

struct ObjectionSettled {
  objection @0 :Text $A.subject("objection");
  notice @1 :Text $A.subject("notice");
  round @2 :Text $A.subject("round");
  upheld @3 :Bool;
  report @4 :Text;
}

struct ListApproved {
  round @0 :Text $A.subject("round");
  step @1 :Text;
  track @2 :Text;
  list @3 :UInt64;
  document @4 :Text;
  listed @5 :List(Text) $A.subject("application");
}

struct AwardConferred {
  application @0 :Text $A.subject("application");
  applicant @1 :Text $A.subject("applicant");
  round @2 :Text $A.subject("round");
  step @3 :Text;
  track @4 :Text;
  scheme @5 :Text;
  award @6 :Text;
  conferredOn @7 :Int32 $A.date;
  certificate @8 :Text;
}

struct SchemeRepealed {
  # Overtakes the last day that the scheme itself states; what happens to rounds that are open is
  # the scheme's onExpiry.
  scheme @0 :Text $A.subject("scheme");
  repealedOn @1 :Int32 $A.date;
  document @2 :Text;
}

struct DeadlineMoved {
  round @0 :Text $A.subject("round");
  step @1 :Text;
  lastDay @2 :Int32 $A.date;
  closes @3 :Int64 $A.moment;
  calendarPosition @4 :UInt64;
  reason @5 :Text;
  notice @6 :Text $A.optional $A.subject("notice");
  # The one whose end moved; absent where it is the time for a step.
}

struct SupplementRequested {
  application @0 :Text $A.subject("application");
  step @1 :Text;
  # At which the lack was found.
  wanted @2 :Text;
  lastDay @3 :Int32 $A.date $A.optional;
  closes @4 :Int64 $A.moment $A.optional;
}

struct SupplementFiled {
  application @0 :Text $A.subject("application");
  step @1 :Text;
  answers @2 :UInt64;
  # The position of the request.
  form @3 :List(Entry) $A.keyed("field") $A.optional;
  # Only these fields change; each earlier value stays on record.
  documents @4 :List(Document) $A.optional;
  explanation @5 :Text;
}

struct DepartmentAsked {
  consultation @0 :Text $A.subject("consultation");
  application @1 :Text $A.subject("application");
  step @2 :Text;
  body @3 :Text;
  question @4 :Text;
  lastDay @5 :Int32 $A.date $A.optional;
  closes @6 :Int64 $A.moment $A.optional;
}

struct DepartmentAnswered {
  consultation @0 :Text $A.subject("consultation");
  application @1 :Text $A.subject("application");
  step @2 :Text;
  body @3 :Text;
  objects @4 :Bool;
  answer @5 :Text;
  document @6 :Text $A.optional;
}

struct TrackTransferred {
  application @0 :Text $A.subject("application");
  round @1 :Text $A.subject("round");
  from @2 :Text;
  to @3 :Text;
  reason @4 :Text;
  form @5 :List(Entry) $A.keyed("field") $A.optional;
  # What the new track asks for besides.
}

struct NoticeInterrupted {
  # It has to be published anew, and runs its whole length again.
  notice @0 :Text $A.subject("notice");
  round @1 :Text $A.subject("round");
  step @2 :Text;
  track @3 :Text;
  reason @4 :Text;
}

struct InternalNoticeProven {
  notice @0 :Text $A.subject("notice");
  application @1 :Text $A.subject("application");
  evidence @2 :Text;
}

struct ApplicationExcluded {
  # Out of the round for good, for what an objection or a later fact has shown.
  application @0 :Text $A.subject("application");
  round @1 :Text $A.subject("round");
  step @2 :Text;
  objection @3 :Text $A.optional $A.mentions("objection");
  reason @4 :Text;
  clause @5 :Text;
}

struct ExpertAdmitted {
  scheme @0 :Text $A.subject("pool");
  expert @1 :Text $A.subject("person");
  specialties @2 :List(Text);
  from @3 :Int32 $A.date;
  until @4 :Int32 $A.date $A.optional;
  # The last day.
  evidence @5 :Text;
}

struct ExpertRemoved {
  scheme @0 :Text $A.subject("pool");
  expert @1 :Text $A.subject("person");
  reason @2 :Text;
}

struct RelationRegistered {
  # A fact about a person and an applicant, from a register or a report. It only hints at a tie:
  # whether there is one is declared, requested or ordered.
  person @0 :Text $A.subject("person");
  applicant @1 :Text $A.subject("applicant");
  ground @2 :TieGround;
  from @3 :Int32 $A.date $A.optional;
  until @4 :Int32 $A.date $A.optional;
  evidence @5 :Text;
}

struct Demand $A.shorthand("number") {
  specialty @0 :Text;
  number @1 :UInt8;
}

struct DrawExclusion {
  expert @0 :Text $A.mentions("person");
  reason @1 :Label;
  input @2 :UInt64 $A.optional;
  # The position of the fact it rests on.
}

struct Candidate $A.shorthand("person") {
  person @0 :Text $A.mentions("person");
  specialties @1 :List(Text) $A.optional;
  # Of those that the draw demands.
}

struct DrawCommitted {
  # Before anybody knows the seed, the digest of it is on record, and with it who may be drawn.
  draw @0 :Text $A.subject("draw");
  round @1 :Text $A.subject("round");
  step @2 :Text;
  track @3 :Text;
  demands @4 :List(Demand) $A.keyed("specialty");
  candidates @5 :List(Candidate);
  excluded @6 :List(DrawExclusion) $A.optional;
  digest @7 :Data;
  # SHA-256 of the office's seed.
  poolPosition @8 :UInt64;
  replaces @9 :UInt64 $A.optional;
  # The position of an earlier draw for the same group, which was never opened.
  reason @10 :Text $A.optional;
  # Why it was not.
}

struct DrawWitnessed {
  # The supervisor's seed, said when the digest of the other is on record and the other itself is
  # not yet known: neither side can steer the result alone.
  draw @0 :Text $A.subject("draw");
  round @1 :Text $A.subject("round");
  step @2 :Text;
  track @3 :Text;
  witness @4 :Text $A.mentions("person");
  seed @5 :Data;
}

struct DrawOpened {
  draw @0 :Text $A.subject("draw");
  round @1 :Text $A.subject("round");
  step @2 :Text;
  track @3 :Text;
  seed @4 :Data;
  witnessSeed @5 :Data;
  drawn @6 :List(Text) $A.mentions("person");
  reserves @7 :List(Text) $A.mentions("person") $A.optional;
  # In the order in which they step in.
}

struct MemberReplaced {
  round @0 :Text $A.subject("round");
  step @1 :Text;
  track @2 :Text;
  group @3 :Text;
  leaves @4 :Text $A.mentions("person");
  joins @5 :Text $A.mentions("person") $A.optional;
  leader @6 :Text $A.mentions("person");
  # From then on.
  reason @7 :Text;
}

struct RecusalRequested {
  # Until it is decided, the person does nothing about the application.
  request @0 :Text $A.subject("request");
  application @1 :Text $A.subject("application");
  round @2 :Text $A.subject("round");
  person @3 :Text $A.mentions("person");
  tie @4 :Tie;
}

struct RecusalDecided {
  request @0 :Text $A.subject("request");
  application @1 :Text $A.subject("application");
  round @2 :Text $A.subject("round");
  person @3 :Text $A.mentions("person");
  granted @4 :Bool;
  reason @5 :Text;
}

struct ScoresVoided {
  # The sheet of somebody who turned out to be recused: listed, and counted no more.
  application @0 :Text $A.subject("application");
  round @1 :Text $A.subject("round");
  step @2 :Text;
  track @3 :Text;
  reviewer @4 :Text $A.mentions("person");
  hundredths @5 :UInt32;
  # What was on the sheet, submitted or not.
  sheet @6 :UInt64 $A.optional;
  # The position at which it was submitted; 0 if it never was.
  counted @7 :Bool;
  # It was part of a result.
  undone @8 :List(Text) $A.optional;
  # The steps of the track that rested on that result and have to be done again, the review first.
  # None where an award of the track has been conferred: only a revocation takes that back.
}

struct ScoreExplained {
  application @0 :Text $A.subject("application");
  step @1 :Text;
  reviewer @2 :Text $A.mentions("person");
  item @3 :Text $A.optional;
  # Absent: of the whole sheet.
  reason @4 :Text;
}

struct ConsensusEntered {
  application @0 :Text $A.subject("application");
  step @1 :Text;
  item @2 :Text;
  percent @3 :UInt16;
  hundredths @4 :UInt32;
  lowest @5 :UInt16;
  highest @6 :UInt16;
  # Of the individual scores, in percent.
  replaces @7 :UInt64 $A.optional;
  reason @8 :Text $A.optional;
}

struct ScoreAdjusted {
  # What the site showed, as a change to what the group had agreed on.
  application @0 :Text $A.subject("application");
  round @1 :Text $A.subject("round");
  step @2 :Text;
  track @3 :Text;
  review @4 :Text;
  # The step whose result it changes.
  item @5 :Text;
  before @6 :UInt16;
  percent @7 :UInt16;
  deltaHundredths @8 :Int32;
  numerator @9 :UInt64;
  denominator @10 :UInt32;
  # The result of the review from then on, in hundredths of a point.
  reason @11 :Text;
}

struct ResultEntered {
  # A result that is no sheet of scores: of the public evaluation, of the defence.
  application @0 :Text $A.subject("application");
  round @1 :Text $A.subject("round");
  step @2 :Text;
  track @3 :Text;
  numerator @4 :UInt64;
  denominator @5 :UInt32;
  # Hundredths of a point, of a hundred points.
  basis @6 :Text;
  replaces @7 :UInt64 $A.optional;
  # The position of the result that this one corrects; 0 for the first.
  reason @8 :Text $A.optional;
  # Required where it corrects.
}

struct RankTieSettled {
  round @0 :Text $A.subject("round");
  step @1 :Text;
  track @2 :Text;
  order @3 :List(Text) $A.subject("application");
  # Of those who share a rank, the first before the others.
  reason @4 :Text;
}

struct AwardLeftVacant {
  round @0 :Text $A.subject("round");
  step @1 :Text;
  tracks @2 :List(Text);
  # That share the places.
  places @3 :UInt16;
  reason @4 :Text;
  others @5 :List(Text) $A.mentions("application") $A.optional;
  # Those that could have had them.
}

struct BallotOpened {
  ballot @0 :Text $A.subject("ballot");
  round @1 :Text $A.subject("round");
  step @2 :Text;
  track @3 :Text;
  candidates @4 :List(Text) $A.subject("application");
  members @5 :List(Text) $A.mentions("person");
  # Of the organ, on that day.
  present @6 :List(Text) $A.mentions("person");
  secret @7 :Bool;
  # No view shows who voted what.
}

enum Vote {
  favour @0 $A.zh("同意");
  against @1 $A.zh("反对");
  abstain @2 $A.zh("弃权");
}

struct BallotChoice $A.shorthand("vote") {
  application @0 :Text $A.mentions("application");
  vote @1 :Vote;
}

struct VoteCast {
  ballot @0 :Text $A.subject("ballot");
  member @1 :Text $A.mentions("person");
  choices @2 :List(BallotChoice) $A.keyed("application");
}

struct Count {
  application @0 :Text $A.subject("application");
  favour @1 :UInt16;
  against @2 :UInt16;
  abstain @3 :UInt16;
  recused @4 :UInt16;
  passed @5 :Bool;
}

struct BallotClosed {
  ballot @0 :Text $A.subject("ballot");
  round @1 :Text $A.subject("round");
  step @2 :Text;
  track @3 :Text;
  counts @4 :List(Count);
}
