@0xe4a61b0c3d87952f;
# Everything that can be asked for. In JSON a command's type is the member's name:
#   {"id": "c-17", "actor": "li", "role": "office", "acceptApplication": {"application": "A-01", …}}
using Cxx = import "/capnp/c++.capnp";
using A = import "/events/annotations.capnp";
using Entry = import "/events/form.capnp".Entry;
using Document = import "/events/form.capnp".Document;
using Personal = import "/events/personal.capnp".Personal;
using Ev = import "/events/event.capnp";
$Cxx.namespace("engine");

struct Command {
  id @0 :Text;
  # Chosen by the sender, once per intent. The same id with the same command gets the first
  # answer again.
  actor @1 :Text $A.subject("person");
  role @2 :Text $A.optional;
  # In which the actor acts; needed by commands of a scheme's step.
  effectiveOn @3 :Int32 $A.date $A.optional;
  # The legal date, when it is not today.
  at @4 :Int64 $A.moment $A.optional;
  # Simulated logs only: time moves there first.
  expected @5 :List(Expectation) $A.optional;
  union {
    unset @6 :Void;
    publishCalendar @7 :PublishCalendar $A.zh("发布日历");
    publishScheme @8 :PublishScheme $A.zh("发布办法");
    registerPerson @9 :RegisterPerson $A.zh("登记人员");
    proposeRole @10 :ProposeRole $A.zh("提议授权");
    grantRole @11 :GrantRole $A.zh("确认授权");
    endRole @12 :EndRole $A.zh("终止授权");
    registerApplicant @13 :RegisterApplicant $A.zh("登记申报主体");
    registerEarlierAward @14 :RegisterEarlierAward $A.zh("登记既往获奖");
    registerEarlierApplication @15 :RegisterEarlierApplication $A.zh("登记他处申报");
    publishCall @16 :PublishCall $A.zh("发布申报通知");
    passDeadline @17 :PassDeadline $A.zh("确认期限届满");
    submitApplication @18 :SubmitApplication $A.zh("提交申报");
    withdrawApplication @19 :WithdrawApplication $A.zh("撤回申报");
    act @20 :Act $A.zh("办理");
    acceptApplication @21 :AcceptApplication $A.zh("受理");
    formReviewGroup @22 :FormReviewGroup $A.zh("组成评审组");
    signCommitment @23 :SignCommitment $A.zh("签署评审承诺");
    declareTie @24 :DeclareTie $A.zh("申报利害关系");
    enterScores @25 :EnterScores $A.zh("评分");
    submitScores @26 :SubmitScores $A.zh("提交评分表");
    closeReview @27 :CloseReview $A.zh("结束评审");
    fixRanking @28 :FixRanking $A.zh("确定排序");
    fixList @29 :FixList $A.zh("确定名单");
    publishNotice @30 :PublishNotice $A.zh("发布公示");
    endNotice @31 :EndNotice $A.zh("结束公示");
    fileObjection @32 :FileObjection $A.zh("提出异议");
    settleObjection @33 :SettleObjection $A.zh("处理异议");
    approveList @34 :ApproveList $A.zh("批准名单");
    conferAward @35 :ConferAward $A.zh("授奖");

    repealScheme @36 :RepealScheme $A.zh("废止办法");
    moveDeadline @37 :MoveDeadline $A.zh("变更期限");
    requestSupplement @38 :RequestSupplement $A.zh("要求补正");
    fileSupplement @39 :FileSupplement $A.zh("提交补正");
    askDepartment @40 :AskDepartment $A.zh("书面征询部门");
    answerDepartment @41 :AnswerDepartment $A.zh("登记部门答复");
    transferTrack @42 :TransferTrack $A.zh("转入类别");
    interruptNotice @43 :InterruptNotice $A.zh("中断公示");
    proveInternalNotice @44 :ProveInternalNotice $A.zh("证明内部公示");

    explainScore @45 :ExplainScore $A.zh("说明评分");
    enterConsensus @46 :EnterConsensus $A.zh("合议评分");
    adjustScores @47 :AdjustScores $A.zh("现场评审调整");
    enterResult @48 :EnterResult $A.zh("登记结果");
    settleRankTie @49 :SettleRankTie $A.zh("裁定并列");
    leaveVacant @50 :LeaveVacant $A.zh("奖项空缺");
    openBallot @51 :OpenBallot $A.zh("开始表决");
    castVote @52 :CastVote $A.zh("投票");
    closeBallot @53 :CloseBallot $A.zh("结束表决");

    admitExpert @54 :AdmitExpert $A.zh("专家入库");
    removeExpert @55 :RemoveExpert $A.zh("专家出库");
    registerRelation @56 :RegisterRelation $A.zh("登记关联关系");
    commitDraw @57 :CommitDraw $A.zh("承诺抽取");
    witnessDraw @58 :WitnessDraw $A.zh("监督抽取");
    openDraw @59 :OpenDraw $A.zh("揭示抽取");
    replaceMember @60 :ReplaceMember $A.zh("更换组员");
    requestRecusal @61 :RequestRecusal $A.zh("申请回避");
    decideRecusal @62 :DecideRecusal $A.zh("决定回避");
    orderRecusal @63 :OrderRecusal $A.zh("责令回避");
    liftRecusal @64 :LiftRecusal $A.zh("解除回避");

    expireRole @65 :ExpireRole $A.zh("任期届满");
    issueCredential @66 :IssueCredential $A.zh("签发凭证");
    confirmCredential @67 :ConfirmCredential $A.zh("确认凭证");
    endCredential @68 :EndCredential $A.zh("终止凭证");
    beginSession @69 :BeginSession $A.zh("登录") $A.byServer;
    setPassphrase @70 :SetPassphrase $A.zh("设置口令") $A.byServer;
    readRecord @71 :ReadRecord $A.zh("查阅") $A.byServer;
  }
}

struct Expectation {
  # The version that the sender looked at; anything newer refuses the command as stale.
  subject @0 :Text;
  position @1 :UInt64;
}

struct PublishCalendar {
  calendar @0 :Text $A.subject("calendar");
  notices @1 :List(import "/events/calendar.capnp".CalendarNotice);
}

struct PublishScheme {
  scheme @0 :Text $A.subject("scheme");
  text @1 :Text $A.long;
  # The YAML file, as its author wrote it.
}

struct RegisterPerson {
  person @0 :Text $A.subject("person");
  name @1 :Personal;
}

struct ProposeRole {
  proposal @0 :Text $A.subject("proposal");
  role @1 :Ev.Role;
}

struct GrantRole {
  proposal @0 :Text $A.subject("proposal");
}

struct EndRole {
  role @0 :Ev.Role;
  reason @1 :Text;
}

struct RegisterApplicant {
  applicant @0 :Text $A.subject("applicant");
  representative @1 :Text $A.subject("person");
  union {
    unset @2 :Void;
    organisation @3 :Ev.Organisation;
    individual @4 :Ev.Individual;
  }
}

struct RegisterEarlierAward {
  applicant @0 :Text $A.subject("applicant");
  scheme @1 :Text;
  award @2 :Text;
  conferredOn @3 :Int32 $A.date;
  evidence @4 :Text;
}

struct RegisterEarlierApplication {
  applicant @0 :Text $A.subject("applicant");
  scheme @1 :Text;
  year @2 :UInt16;
  evidence @3 :Text;
}

struct PublishCall {
  round @0 :Text $A.subject("round");
  scheme @1 :Text $A.subject("scheme");
  year @2 :UInt16;
  document @3 :Text;
  deadlines @4 :List(LastDay) $A.keyed("step");
}

struct LastDay $A.shorthand("day") {
  step @0 :Text;
  day @1 :Int32 $A.date;
}

struct PassDeadline {
  round @0 :Text $A.subject("round");
  step @1 :Text;
}

struct SubmitApplication {
  application @0 :Text $A.subject("application");
  round @1 :Text $A.subject("round");
  applicant @2 :Text $A.subject("applicant");
  step @3 :Text;
  track @4 :Text;
  form @5 :List(Entry) $A.keyed("field");
  documents @6 :List(Document) $A.optional;
}

struct WithdrawApplication {
  application @0 :Text $A.subject("application");
  reason @1 :Text;
}

struct Act {
  application @0 :Text $A.subject("application");
  step @1 :Text;
  outcome @2 :Ev.Outcome;
  form @3 :List(Entry) $A.keyed("field") $A.optional;
  opinion @4 :Text $A.optional;
  documents @5 :List(Document) $A.optional;
}

struct AcceptApplication {
  application @0 :Text $A.subject("application");
  step @1 :Text;
  opinion @2 :Text $A.optional;
}

struct FormReviewGroup {
  round @0 :Text $A.subject("round");
  step @1 :Text;
  track @2 :Text;
  group @3 :Text;
  reviewers @4 :List(Text) $A.subject("person");
  leader @5 :Text;
}

struct SignCommitment {
  round @0 :Text $A.subject("round");
  text @1 :Text;
}

struct DeclareTie {
  application @0 :Text $A.subject("application");
  union {
    unset @1 :Void;
    none @2 :Void;
    tie @3 :Ev.Tie;
  }
}

struct EnterScores {
  application @0 :Text $A.subject("application");
  step @1 :Text;
  scores @2 :List(ItemScore) $A.keyed("item");
  reason @3 :Text $A.optional;
}

struct ItemScore $A.shorthand("percent") {
  item @0 :Text;
  percent @1 :UInt16;
  comment @2 :Text $A.optional;
}

struct SubmitScores {
  application @0 :Text $A.subject("application");
  step @1 :Text;
}

struct CloseReview {
  application @0 :Text $A.subject("application");
  step @1 :Text;
}

struct FixRanking {
  round @0 :Text $A.subject("round");
  step @1 :Text;
  track @2 :Text;
}

struct FixList {
  round @0 :Text $A.subject("round");
  step @1 :Text;
  track @2 :Text;
  listed @3 :List(Text) $A.subject("application");
  reason @4 :Text $A.optional;
}

struct PublishNotice {
  notice @0 :Text $A.subject("notice");
  round @1 :Text $A.subject("round");
  step @2 :Text;
  track @3 :Text;
  lastDay @4 :Int32 $A.date $A.optional;
  # Absent: the shortest that the scheme allows.
  channels @5 :List(Text);
}

struct EndNotice {
  notice @0 :Text $A.subject("notice");
}

struct FileObjection {
  objection @0 :Text $A.subject("objection");
  notice @1 :Text $A.subject("notice");
  application @2 :Text $A.subject("application");
  content @3 :Text;
  evidence @4 :Text $A.optional;
}

struct SettleObjection {
  objection @0 :Text $A.subject("objection");
  upheld @1 :Bool;
  report @2 :Text;
}

struct ApproveList {
  round @0 :Text $A.subject("round");
  step @1 :Text;
  track @2 :Text;
  document @3 :Text;
}

struct ConferAward {
  application @0 :Text $A.subject("application");
  step @1 :Text;
  certificate @2 :Text;
}

struct RepealScheme {
  scheme @0 :Text $A.subject("scheme");
  repealedOn @1 :Int32 $A.date;
  document @2 :Text;
}

struct MoveDeadline {
  # Only later; or, without a day, to where the calendar as it now stands puts it.
  round @0 :Text $A.subject("round");
  step @1 :Text;
  lastDay @2 :Int32 $A.date $A.optional;
  reason @3 :Text;
  notice @4 :Text $A.optional $A.subject("notice");
  # At a step of kind notice: whose end moves.
}

struct RequestSupplement {
  application @0 :Text $A.subject("application");
  step @1 :Text;
  wanted @2 :Text;
  lastDay @3 :Int32 $A.date $A.optional;
}

struct FileSupplement {
  application @0 :Text $A.subject("application");
  step @1 :Text;
  form @2 :List(Entry) $A.keyed("field") $A.optional;
  documents @3 :List(Document) $A.optional;
  explanation @4 :Text;
}

struct AskDepartment {
  consultation @0 :Text $A.subject("consultation");
  application @1 :Text $A.subject("application");
  step @2 :Text;
  body @3 :Text;
  question @4 :Text;
  lastDay @5 :Int32 $A.date $A.optional;
}

struct AnswerDepartment {
  consultation @0 :Text $A.subject("consultation");
  objects @1 :Bool;
  answer @2 :Text;
  document @3 :Text $A.optional;
}

struct TransferTrack {
  application @0 :Text $A.subject("application");
  track @1 :Text;
  reason @2 :Text;
  form @3 :List(Entry) $A.keyed("field") $A.optional;
  # What the new track asks for besides.
}

struct InterruptNotice {
  notice @0 :Text $A.subject("notice");
  reason @1 :Text;
}

struct ProveInternalNotice {
  notice @0 :Text $A.subject("notice");
  application @1 :Text $A.subject("application");
  evidence @2 :Text;
}

struct AdmitExpert {
  scheme @0 :Text $A.subject("scheme");
  expert @1 :Text $A.subject("person");
  specialties @2 :List(Text);
  from @3 :Int32 $A.date;
  until @4 :Int32 $A.date $A.optional;
  evidence @5 :Text;
}

struct RemoveExpert {
  scheme @0 :Text $A.subject("scheme");
  expert @1 :Text $A.subject("person");
  reason @2 :Text;
}

struct RegisterRelation {
  person @0 :Text $A.subject("person");
  applicant @1 :Text $A.subject("applicant");
  ground @2 :Ev.TieGround;
  from @3 :Int32 $A.date $A.optional;
  until @4 :Int32 $A.date $A.optional;
  evidence @5 :Text;
}

struct CommitDraw {
  draw @0 :Text $A.subject("draw");
  round @1 :Text $A.subject("round");
  step @2 :Text;
  track @3 :Text;
  demands @4 :List(Ev.Demand) $A.keyed("specialty");
  digest @5 :Text;
  # SHA-256 of the seed's bytes, in hex.
  reason @6 :Text $A.optional;
  # Why an earlier draw for the same group, which the witness had seen, is not opened.
}

struct WitnessDraw {
  draw @0 :Text $A.subject("draw");
  seed @1 :Text;
  # In hex, 16 to 64 bytes, like that of the office.
}

struct OpenDraw {
  draw @0 :Text $A.subject("draw");
  seed @1 :Text;
  group @2 :Text;
  leader @3 :Text $A.optional;
  # Absent: the first drawn.
}

struct ReplaceMember {
  round @0 :Text $A.subject("round");
  step @1 :Text;
  track @2 :Text;
  leaves @3 :Text $A.subject("person");
  joins @4 :Text $A.optional $A.subject("person");
  leader @5 :Text $A.optional;
  reason @6 :Text;
}

struct RequestRecusal {
  request @0 :Text $A.subject("request");
  application @1 :Text $A.subject("application");
  person @2 :Text $A.subject("person");
  tie @3 :Ev.Tie;
}

struct DecideRecusal {
  request @0 :Text $A.subject("request");
  granted @1 :Bool;
  reason @2 :Text;
}

struct OrderRecusal {
  application @0 :Text $A.subject("application");
  person @1 :Text $A.subject("person");
  tie @2 :Ev.Tie;
}

struct LiftRecusal {
  # Refused, whoever asks: it is here so that the attempt is on record.
  application @0 :Text $A.subject("application");
  person @1 :Text $A.subject("person");
  reason @2 :Text;
}

struct ExplainScore {
  application @0 :Text $A.subject("application");
  step @1 :Text;
  item @2 :Text $A.optional;
  reason @3 :Text;
}

struct EnterConsensus {
  application @0 :Text $A.subject("application");
  step @1 :Text;
  scores @2 :List(ConsensusScore) $A.keyed("item");
}

struct ConsensusScore $A.shorthand("percent") {
  item @0 :Text;
  percent @1 :UInt16;
  reason @2 :Text $A.optional;
}

struct AdjustScores {
  application @0 :Text $A.subject("application");
  step @1 :Text;
  scores @2 :List(ConsensusScore) $A.keyed("item");
  # What each item is worth after the visit.
}

struct EnterResult {
  application @0 :Text $A.subject("application");
  step @1 :Text;
  hundredths @2 :UInt64;
  outOf @3 :UInt32 $A.optional;
  # So many votes or sheets that the sum is divided by; absent: one.
  basis @4 :Text;
  reason @5 :Text $A.optional;
  # Where it corrects an earlier one.
}

struct SettleRankTie {
  round @0 :Text $A.subject("round");
  step @1 :Text;
  track @2 :Text;
  order @3 :List(Text) $A.subject("application");
  reason @4 :Text;
}

struct LeaveVacant {
  round @0 :Text $A.subject("round");
  step @1 :Text;
  track @2 :Text;
  places @3 :UInt16;
  reason @4 :Text;
}

struct OpenBallot {
  ballot @0 :Text $A.subject("ballot");
  round @1 :Text $A.subject("round");
  step @2 :Text;
  track @3 :Text;
  candidates @4 :List(Text) $A.subject("application");
  present @5 :List(Text) $A.subject("person");
}

struct CastVote {
  ballot @0 :Text $A.subject("ballot");
  choices @1 :List(Ev.BallotChoice) $A.keyed("application");
}

struct CloseBallot {
  ballot @0 :Text $A.subject("ballot");
}

struct ExpireRole {
  role @0 :Ev.Role;
}

struct IssueCredential {
  credential @0 :Text $A.subject("credential");
  # SHA-256 of the secret, in hex: whoever makes the secret need not show it to anybody.
  person @1 :Text $A.subject("person");
  kind @2 :import "/events/access.capnp".CredentialKind;
  label @3 :Text $A.optional;
  expires @4 :Int64 $A.moment;
}

struct ConfirmCredential {
  credential @0 :Text $A.subject("credential");
}

struct EndCredential {
  credential @0 :Text $A.subject("credential");
  reason @1 :Text $A.optional;
}

struct BeginSession {
  credential @0 :Text $A.subject("credential");
  label @1 :Text $A.optional;
  expires @2 :Int64 $A.moment;
}

struct SetPassphrase {
  verifier @0 :Text;
  invitation @1 :Text $A.optional $A.subject("credential");
}

struct ReadRecord {
  view @0 :Text;
  key @1 :List(Text) $A.optional;
  at @2 :UInt64;
  opened @3 :Bool;
}
