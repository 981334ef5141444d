@0xcff577aaffa9c010;
# The procedure of a scheme: its steps, their rules and what each kind of step needs. What rules
# mean stands in engine/rules.cc, what comes before what in engine/context.cc.
using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
using Terms = import "terms.capnp";
using Label = import "label.capnp".Label;
using Limit = Terms.Limit;
using Period = Terms.Period;
using Source = Terms.Source;
$Cxx.namespace("events");

struct Step {
  step @0 :Text;
  kind @1 :StepKind;
  name @2 :Label;
  clause @3 :Text $Terms.names("clauses");
  who @4 :Text $Terms.names("organs");
  # The organ that acts.
  tracks @5 :List(Text) $Terms.names("tracks") $A.optional;
  after @6 :List(Text) $Terms.names("steps") $A.optional;
  # Steps that must have been passed: the order of the procedure is this and nothing else.
  closes @7 :Closing $A.optional;
  form @8 :Text $Terms.names("forms") $A.optional;
  requires @9 :List(Rule) $A.optional;
  review @10 :Review $A.optional;
  group @11 :Group $A.optional;
  list @12 :ListTerms $A.optional;
  notice @13 :NoticeTerms $A.optional;
  opinion @14 :Bool $A.optional;
  # A written opinion is demanded.
  failing @15 :Bool $A.optional;
  # Whether somebody may fail here; absent: what is done is done.
  visit @16 :VisitTerms $A.optional $Terms.recorded $A.zh("现场评审要求");
  consult @17 :ConsultTerms $A.optional $A.zh("征求意见要求");
  weightPercent @18 :UInt8 $A.optional $A.zh("权重");
  # With which its result counts in a ranking.
  ballot @19 :Bool $A.optional $A.zh("须表决");
  # The organ decides by a ballot, under the terms of its committee.
  adjusts @20 :Text $A.optional $Terms.names("steps") $A.zh("调整哪一步的评分");
  # The review whose scores may be changed by what is seen here.
  counts @21 :List(Text) $A.optional $Terms.names("steps") $A.zh("计入的结果");
  # Of a ranking: the steps whose results it combines, each with its weight. Absent: the review.
  # Of a list: the steps whose results must be there, where nothing gives them a weight; the list is
  # then a judgement, and has its reason.
  notOn @22 :Text $A.optional $Terms.names("steps") $A.zh("未列入的名单");
  # Only for those who did not come on this list, once it is fixed.
  channel @23 :Text $A.optional $A.zh("填写推荐渠道的字段");
  # Of a recommendation: the field of its form that names the channel, one of the recommenders.
}

enum StepKind {
  call @0 $A.zh("发布通知");
  apply @1 $A.zh("申报");
  recommend @2 $A.zh("推荐");
  examine @3 $A.zh("审查");
  accept @4 $A.zh("受理");
  draw @5 $A.zh("组成评审组");
  review @6 $A.zh("评审");
  rank @7 $A.zh("排序");
  select @8 $A.zh("遴选");
  notice @9 $A.zh("公示");
  visit @10 $A.zh("现场评审");
  hear @11 $A.zh("听取意见");
  defend @12 $A.zh("陈述答辩");
  evaluate @13 $A.zh("评价");
  consult @14 $A.zh("征求意见");
  notify @15 $A.zh("告知");
  deliberate @16 $A.zh("审定");
  approve @17 $A.zh("批准");
  confer @18 $A.zh("授奖");
  pay @19 $A.zh("兑付");
  report @20 $A.zh("报告");
  record @21 $A.zh("记录");
}

struct Closing {
  union {
    unset @0 :Void;
    inCall @1 :Void;
    # The call of the round sets the last day.
    within @2 :Within;
  }
}

struct Within {
  from @0 :Text $Terms.names("steps");
  # The step whose passing starts the period.
  period @1 :Period;
  limit @2 :Limit $A.optional;
  extendedBy @3 :Text $Terms.names("organs") $A.optional $A.zh("可延期的机构");
}

enum Anchor {
  scheme @0 $A.zh("按办法总则");
  # What the scheme's lookbackAnchor says; there, the application deadline.
  applicationDeadline @1 $A.zh("申报截止日");
  call @2 $A.zh("通知发布日");
  yearEnd @3 $A.zh("年末");
  today @4 $A.zh("当日");
}

struct Rule {
  clause @0 :Text $Terms.names("clauses") $A.optional;
  # Required at the top; inner rules inherit it.
  tracks @1 :List(Text) $Terms.names("tracks") $A.optional;
  # Applies only there.
  union {
    unset @2 :Void;
    all @3 :List(Rule) $A.zh("全部符合");
    any @4 :List(Rule) $A.zh("符合其一");
    none @5 :List(Rule) $A.zh("均不成立");
    when @6 :When $A.zh("如果");
    given @7 :Text $A.zh("已提供");
    # The form's field is filled; a flag is yes.
    equals @8 :Comparison $A.zh("等于");
    atLeast @9 :Threshold $A.zh("不少于");
    atMost @10 :Threshold $A.zh("不超过");
    yearsSince @11 :YearsSince $A.zh("已满年限");
    noneWithin @12 :NoneWithin $A.zh("年限内无此事项");
    heldAward @13 :HeldAward $A.zh("须先获奖项");
    noAwardWithin @14 :NoAwardWithin $A.zh("获奖后年限内不得重报");
    onceAYear @15 :OnceAYear $A.zh("同一年度不得重复申报");
    before @16 :Text $Terms.names("steps") $A.zh("期限内");
    # The deadline of that step has not passed.
  }
}

struct When {
  if @0 :Rule;
  then @1 :Rule;
}

struct Comparison {
  field @0 :Text;
  value @1 :Text;
}

struct Threshold {
  field @0 :Text;
  number @1 :Int64;
}

struct YearsSince {
  field @0 :Text;
  years @1 :UInt16;
  anchor @2 :Anchor $A.optional;
}

struct NoneWithin {
  field @0 :Text;
  # The date of the latest such event; left empty when there was none.
  years @1 :UInt16;
  anchor @2 :Anchor $A.optional;
}

struct HeldAward {
  award @0 :Text $Terms.names("awards");
  mustBeValid @1 :Bool $A.optional $Terms.recorded $A.zh("奖项须仍有效");
  forYears @2 :UInt8 $A.optional $Terms.recorded $A.zh("获奖须满年限");
}

struct NoAwardWithin {
  years @0 :UInt16;
  # From the day of conferring.
  scope @1 :AwardScope;
  sessions @2 :UInt8 $A.optional $Terms.recorded $A.zh("间隔届数");
  # Sessions to be skipped, where the cool-down is counted in sessions and not in years.
}

enum AwardScope {
  sameAward @0 $A.zh("同一奖项");
  anyAward @1 $A.zh("任一奖项");
}

struct OnceAYear {
  scope @0 :YearScope;
}

enum YearScope {
  thisScheme @0 $A.zh("本办法");
  allSchemes @1 $A.zh("各级各类");
}

struct Review {
  # By the rubric of the track.
  scoresAtLeast @0 :UInt8;
  # Reviewers whose scores a result needs after recusals.
  combine @1 :Combination;
  commitment @2 :Text $Terms.names("clauses") $A.optional;
  # The clause under which a signed commitment comes before any access.
  declaration @3 :Text $Terms.names("clauses") $A.optional;
  # The clause under which a tie, or none, is declared for each application first.
  clause @4 :Text $Terms.names("clauses") $A.optional;
  # Where the numbers come from; what no clause gives says so with a source.
  source @5 :Source $A.optional;
  comments @6 :Bool $A.optional $A.zh("须写评语");
  spreadPercent @7 :UInt8 $A.optional $A.zh("分差须讨论");
  # A difference between two reviewers on one item that has to be discussed, or explained.
  outlierPercent @8 :UInt8 $A.optional $A.zh("偏离均值须书面说明");
  # How far a sheet may lie from the mean of all, in percent of the mean, without a written reason.
  consensus @9 :Bool $A.optional $A.zh("须合议");
  # The group's own scores count, and no mean of its members'.
}

enum Combination {
  mean @0 $A.zh("算术平均");
  median @1 $A.zh("中位数");
  trimmedMean @2 $A.zh("去掉最高最低后平均");
}

struct Group {
  size @0 :UInt8;
  # At least.
  odd @1 :Bool $A.optional;
  method @2 :GroupMethod $A.optional;
  source @3 :Source $A.optional;
  clause @4 :Text $Terms.names("clauses") $A.optional;
  specialties @5 :List(Text) $A.optional;
  # At least one member of each.
  witness @6 :Text $Terms.names("organs") $A.optional;
  # Who supervises a draw and gives the second seed.
  drawnWorkingDaysBefore @7 :UInt8 $A.optional $Terms.recorded $A.zh("评审前几个工作日内抽取");
  namesKept @8 :Bool $A.optional $Terms.recorded $A.zh("名单保密");
}

enum GroupMethod {
  selection @0 $A.zh("遴选");
  draw @1 $A.zh("抽取");
  either @2 $A.zh("遴选或抽取");
  # Whoever forms the group chooses; a draw that was begun is gone through with.
}

struct ListTerms {
  from @0 :Text $Terms.names("steps");
  # The ranking or list that it is chosen from.
  places @1 :UInt16 $A.optional;
  quota @2 :Bool $A.optional;
  # The scheme's quotas bind.
  limit @3 :Limit $A.optional;
  ratioPercent @4 :UInt16 $A.optional $A.zh("差额比例");
  # Candidates for every hundred places.
  pointsAtLeast @5 :UInt32 $A.optional $A.zh("最低得分");
}

struct NoticeTerms {
  list @0 :Text $Terms.names("steps");
  lasting @1 :Period;
  channels @2 :List(Text) $Terms.names("channels");
  # Of the scheme; each of them must be used.
  objections @3 :Text $Terms.names("clauses") $A.optional;
  # The clause under which an open objection holds the next step back.
  internal @4 :Text $Terms.names("clauses") $A.optional $A.zh("内部公示");
  # The clause under which the list is shown inside each applicant too, and that is proven.
}

struct VisitTerms {
  daysAtLeast @0 :UInt8 $A.optional;
  daysAtMost @1 :UInt8 $A.optional;
  team @2 :UInt8 $A.optional;
  hears @3 :List(Text) $A.optional;
  # Customers, suppliers, staff, the public.
}

struct ConsultTerms {
  bodies @0 :List(Text) $A.optional;
  silence @1 :Silence $A.optional;
  veto @2 :Bool $A.optional;
  # Whether an objection of theirs ends the application.
}

enum Silence {
  answerNeeded @0 $A.zh("须答复");
  consent @1 $A.zh("视为无异议");
}
