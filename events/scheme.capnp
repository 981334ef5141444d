@0xb7c25e9d18a3f046;
# The language of award rules. A scheme file (YAML) is this message, written by people;
# docs/schemes.md teaches it. Everything that differs from city to city stands here, and code knows
# only these words. What the source does not say carries its status, and every rule cites a clause.
using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
using After = import "after_award.capnp";
using Step = import "step.capnp";
using Terms = import "terms.capnp";
using Label = import "label.capnp".Label;
using Limit = Terms.Limit;
using Object = Terms.Object;
using Period = Terms.Period;
using Source = Terms.Source;
$Cxx.namespace("events");

struct Scheme {
  scheme @0 :Text;
  name @1 :Label;
  number @2 :Text $A.optional;
  issuer @3 :Text;
  issuedOn @4 :Int32 $A.date;
  inForceFrom @5 :Int32 $A.date;
  validUntil @6 :Int32 $A.date $A.optional;
  # The last day.
  repealedOn @7 :Int32 $A.date $A.optional;
  repealedBy @8 :Text $A.optional;
  onExpiry @9 :OnExpiry $A.optional;
  supersedes @10 :List(Text) $A.optional;
  interpreter @11 :Text $A.optional;
  nature @12 :Nature;
  cycle @13 :Cycle $Terms.recorded $A.zh("评选周期");
  zone @14 :Text;
  calendar @15 :Text;
  clauses @16 :List(Clause) $A.keyed("cite") $A.zh("条款");
  openQuestions @17 :List(Choice) $A.keyed("question") $A.optional;
  organs @18 :List(Organ) $A.keyed("organ") $A.zh("机构");
  awards @19 :List(Award) $A.keyed("award") $A.zh("奖项");
  tracks @20 :List(Track) $A.keyed("track") $A.zh("类别");
  quotas @21 :List(Quota) $A.optional $A.zh("名额");
  shares @22 :List(Share) $A.optional $Terms.recorded $A.zh("比例");
  rubrics @23 :List(Rubric) $A.keyed("rubric") $A.optional $A.zh("评审标准");
  forms @24 :List(Form) $A.keyed("form") $A.zh("表单");
  steps @25 :List(Step.Step) $A.keyed("step") $A.zh("步骤");
  recusal @26 :Recusal $A.optional;
  lookbackAnchor @27 :Step.Anchor $A.optional;
  # To which date "in the last n years" looks back, unless a rule says otherwise.
  channels @28 :List(Channel) $A.keyed("channel") $A.optional $A.zh("公示渠道");
  # Of publicity.
  recommenders @29 :List(Recommender) $A.keyed("recommender") $A.optional $A.zh("推荐渠道");
  pool @30 :Pool $A.optional $A.zh("专家库");
  objections @31 :ObjectionTerms $A.optional $A.zh("异议办法");
  rewards @32 :List(After.Reward) $A.optional $Terms.recorded $A.zh("奖励");
  duties @33 :List(After.Duty) $A.keyed("duty") $A.optional $Terms.recorded $A.zh("获奖后义务");
  revocations @34 :List(After.Revocation) $A.keyed("ground") $A.optional $Terms.recorded
      $A.zh("撤销情形");
  sanctions @35 :List(After.Sanction) $A.optional $Terms.recorded $A.zh("处分");
  supervision @36 :List(After.Supervision) $A.optional $Terms.recorded $A.zh("监督");
  retention @37 :List(After.Retention) $A.optional $Terms.recorded $A.zh("保存期限");
  statistics @38 :List(After.Statistic) $A.keyed("statistic") $A.optional $Terms.recorded
      $A.zh("统计");
  titleUse @39 :After.TitleUse $A.optional $Terms.recorded $A.zh("称号使用");
  validity @40 :Text $Terms.names("clauses") $A.optional;
  # The clause that says from when until when it is in force.
  rankTies @41 :RankTies $A.optional $A.zh("并列的处理");
}

enum Nature {
  commendation @0 $A.zh("表彰");
  grading @1 $A.zh("评级");
  subsidy @2 $A.zh("资助");
}

enum OnExpiry {
  pinnedVersionContinues @0 $A.zh("已开轮次按原办法继续");
  roundsEnd @1 $A.zh("已开轮次终止");
}

struct Cycle {
  everyYears @0 :UInt8 $A.optional;
  # Absent: as need arises.
  limit @1 :Limit $A.optional;
  session @2 :Bool $A.optional;
  # Whether sessions are numbered apart from years.
  clause @3 :Text $Terms.names("clauses") $A.optional;
  source @4 :Source $A.optional;
}

struct Clause {
  cite @0 :Text;
  # As people cite it: 第十四条（一）
  title @1 :Label;
  gist @2 :Label $A.optional;
  # What it demands, in one sentence for the person who is refused under it.
  source @3 :Source $A.optional;
  note @4 :Text $A.optional;
}

struct Choice {
  # A question that the text leaves open, and how this file answers it.
  question @0 :Text;
  field @1 :Text;
  choice @2 :Text;
  reason @3 :Text;
}

struct Organ {
  organ @0 :Text;
  name @1 :Label;
  aliases @2 :List(Text) $A.optional;
  clause @3 :Text $Terms.names("clauses") $A.optional;
  duty @4 :Duties $A.optional;
  apartFrom @5 :List(Text) $Terms.names("organs") $A.optional $A.zh("不得兼任");
  # Organs whose members may not be members of this one.
  committee @6 :Committee $A.optional $A.zh("组成和表决");
  note @7 :Text $A.optional;
}

enum Duties {
  deciding @0 $A.zh("决定");
  reading @1 $A.zh("查阅");
  clerical @2 $A.zh("经办");
}

struct Committee {
  # How an organ decides by ballot. The percentages are exceeded: 50 is more than half, 66 is two
  # thirds or more.
  membersAtLeast @0 :UInt16 $A.optional;
  termYears @1 :UInt8 $A.optional $Terms.recorded $A.zh("任期");
  quorumPercent @2 :UInt8 $A.optional;
  # Of all its members, present.
  majorityPercent @3 :UInt8 $A.optional;
  # Of those present and not recused, in favour.
  secretBallot @4 :Bool $A.optional;
  approvedBy @5 :Text $Terms.names("organs") $A.optional $Terms.recorded $A.zh("由谁批准");
  clause @6 :Text $Terms.names("clauses") $A.optional;
  source @7 :Source $A.optional;
}

struct Award {
  award @0 :Text;
  name @1 :Label;
  level @2 :UInt8;
  # 1 is the highest.
  clause @3 :Text $Terms.names("clauses");
}

struct Track {
  # One award, for one kind of object, in one class: what is judged apart.
  track @0 :Text;
  name @1 :Label;
  award @2 :Text $Terms.names("awards");
  object @3 :Object;
  rubric @4 :Text $Terms.names("rubrics") $A.optional;
  clause @5 :Text $Terms.names("clauses");
  transfer @6 :Transfer $A.optional $A.zh("转入");
}

struct Transfer {
  # A second way into a track: on somebody's proposal, out of other tracks.
  from @0 :List(Text) $Terms.names("tracks");
  proposer @1 :Text $Terms.names("organs");
  clause @2 :Text $Terms.names("clauses");
}

struct Quota {
  tracks @0 :List(Text) $Terms.names("tracks");
  # Counted together.
  places @1 :UInt16;
  clause @2 :Text $Terms.names("clauses");
  limit @3 :Limit $A.optional;
  mayStayVacant @4 :Bool $A.optional;
  repeatWinnersOutside @5 :Bool $A.optional $Terms.recorded $A.zh("再次获奖不占名额");
}

struct Share {
  # How large a part of the places some tracks may, or must, have.
  tracks @0 :List(Text) $Terms.names("tracks");
  of @1 :List(Text) $Terms.names("tracks");
  atLeastPercent @2 :UInt8 $A.optional;
  atMostPercent @3 :UInt8 $A.optional;
  clause @4 :Text $Terms.names("clauses");
}

struct Rubric {
  rubric @0 :Text;
  name @1 :Label;
  edition @2 :Text $A.optional;
  total @3 :UInt32 $A.optional;
  stepPercent @4 :UInt8 $A.optional;
  source @5 :Source $A.optional;
  clause @6 :Text $Terms.names("clauses") $A.optional;
  parts @7 :List(Criterion) $A.keyed("item") $A.optional;
  # Absent only where the source names a rubric without its text: then nobody can score by it.
  bands @8 :List(Band) $A.optional $Terms.recorded $A.zh("评分档次");
}

struct Criterion {
  # A tree of any depth: a part without parts is what reviewers score.
  item @0 :Text;
  name @1 :Label;
  points @2 :UInt32;
  source @3 :Source $A.optional;
  parts @4 :List(Criterion) $A.keyed("item") $A.optional;
}

struct Band {
  from @0 :UInt8;
  to @1 :UInt8;
  name @2 :Label $A.optional;
}

struct Form {
  form @0 :Text;
  fields @1 :List(Field) $A.keyed("field");
}

struct Field {
  field @0 :Text;
  name @1 :Label;
  type @2 :FieldType;
  required @3 :Bool $A.optional;
  personal @4 :Bool $A.optional;
  choices @5 :List(Text) $A.optional;
  tracks @6 :List(Text) $Terms.names("tracks") $A.optional;
  # Asked only there; everywhere when absent.
}

enum FieldType {
  text @0 $A.zh("文字");
  number @1 $A.zh("数");
  date @2 $A.zh("日期");
  flag @3 $A.zh("是否");
  choice @4 $A.zh("选项");
}

struct Recusal {
  clause @0 :Text $Terms.names("clauses");
  windowYears @1 :UInt8;
  source @2 :Source $A.optional;
  askedBy @3 :List(Text) $Terms.names("organs") $A.optional;
  # Who may ask for somebody's recusal, besides the applicant and the inspector.
  decidedBy @4 :Text $Terms.names("organs") $A.optional;
  # Who decides on requests, and orders.
}

struct RankTies {
  # Who ends a tie in rank where it matters, and under what; never an order of sorting.
  settledBy @0 :Text $Terms.names("organs");
  clause @1 :Text $Terms.names("clauses") $A.optional;
  source @2 :Source $A.optional;
}

struct Channel {
  # Where a public notice has to be seen.
  channel @0 :Text;
  name @1 :Label;
  clause @2 :Text $Terms.names("clauses");
}

struct Recommender {
  recommender @0 :Text;
  name @1 :Label;
  clause @2 :Text $Terms.names("clauses");
  territoryBound @3 :Bool $A.optional $Terms.recorded $A.zh("限本辖区");
  places @4 :UInt16 $A.optional $Terms.recorded $A.zh("推荐名额");
  ownNotice @5 :Period $A.optional $Terms.recorded $A.zh("推荐前自行公示");
  # It shows what it recommends before it recommends.
}

struct Pool {
  # Of experts, from which groups are drawn.
  clause @0 :Text $Terms.names("clauses") $A.optional;
  source @1 :Source $A.optional;
  termYears @2 :UInt8 $A.optional;
  # For how long somebody is admitted, at most.
  qualifications @3 :List(Text) $A.optional $Terms.recorded $A.zh("入库条件");
  who @4 :Text $Terms.names("organs") $A.optional;
  # Who admits and removes; absent: who publishes the call.
}

struct ObjectionTerms {
  clause @0 :Text $Terms.names("clauses");
  realName @1 :Bool $A.optional;
  written @2 :Bool $A.optional;
  evidence @3 :Bool $A.optional;
  settledWithin @4 :Period $A.optional;
  noticeAgain @5 :Bool $A.optional;
  source @6 :Source $A.optional;
}
