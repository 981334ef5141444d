#include "engine/decide.h"

#include "engine/decide_areas.h"

namespace engine {
namespace {

using events::Code;
using events::fail;

Result<> decide_branch(Context& context) {
  auto command = context.command;
  switch (command.which()) {
    case Command::PUBLISH_CALENDAR:
      return decide_publish_calendar(context, command.getPublishCalendar());
    case Command::PUBLISH_SCHEME:
      return decide_publish_scheme(context, command.getPublishScheme());
    case Command::REGISTER_PERSON:
      return decide_register_person(context, command.getRegisterPerson());
    case Command::PROPOSE_ROLE:
      return decide_propose_role(context, command.getProposeRole());
    case Command::GRANT_ROLE:
      return decide_grant_role(context, command.getGrantRole());
    case Command::END_ROLE:
      return decide_end_role(context, command.getEndRole());
    case Command::REGISTER_APPLICANT:
      return decide_register_applicant(context, command.getRegisterApplicant());
    case Command::REGISTER_EARLIER_AWARD:
      return decide_register_earlier_award(context, command.getRegisterEarlierAward());
    case Command::REGISTER_EARLIER_APPLICATION:
      return decide_register_earlier_application(context, command.getRegisterEarlierApplication());
    case Command::PUBLISH_CALL:
      return decide_publish_call(context, command.getPublishCall());
    case Command::PASS_DEADLINE:
      return decide_pass_deadline(context, command.getPassDeadline());
    case Command::SUBMIT_APPLICATION:
      return decide_submit_application(context, command.getSubmitApplication());
    case Command::WITHDRAW_APPLICATION:
      return decide_withdraw_application(context, command.getWithdrawApplication());
    case Command::ACT:
      return decide_act(context, command.getAct());
    case Command::ACCEPT_APPLICATION:
      return decide_accept_application(context, command.getAcceptApplication());
    case Command::FORM_REVIEW_GROUP:
      return decide_form_review_group(context, command.getFormReviewGroup());
    case Command::SIGN_COMMITMENT:
      return decide_sign_commitment(context, command.getSignCommitment());
    case Command::DECLARE_TIE:
      return decide_declare_tie(context, command.getDeclareTie());
    case Command::ENTER_SCORES:
      return decide_enter_scores(context, command.getEnterScores());
    case Command::SUBMIT_SCORES:
      return decide_submit_scores(context, command.getSubmitScores());
    case Command::CLOSE_REVIEW:
      return decide_close_review(context, command.getCloseReview());
    case Command::FIX_RANKING:
      return decide_fix_ranking(context, command.getFixRanking());
    case Command::FIX_LIST:
      return decide_fix_list(context, command.getFixList());
    case Command::PUBLISH_NOTICE:
      return decide_publish_notice(context, command.getPublishNotice());
    case Command::END_NOTICE:
      return decide_end_notice(context, command.getEndNotice());
    case Command::FILE_OBJECTION:
      return decide_file_objection(context, command.getFileObjection());
    case Command::SETTLE_OBJECTION:
      return decide_settle_objection(context, command.getSettleObjection());
    case Command::APPROVE_LIST:
      return decide_approve_list(context, command.getApproveList());
    case Command::CONFER_AWARD:
      return decide_confer_award(context, command.getConferAward());
    case Command::UNSET:
      break;
  }
  return fail(Code::invalid, "不认识的指令类型，可能来自更新的程序",
              "a kind of command that this program does not know; it may come from a newer one");
}

// Nobody is registered as the clock: whoever uses its id may only say that time has passed, which
// anybody may, and which the real clock has to bear out.
bool is_clock(Command::Reader command) {
  if (events::view(command.getActor()) != "clock") return false;
  return command.isPassDeadline() || command.isEndNotice();
}

Result<> check_time(const LogState& log, Command::Reader command, const Context& context) {
  if (command.getEffectiveOn() != 0 && events::to_date(command.getEffectiveOn()) > context.today) {
    return fail(Code::invalid, "生效日期不能晚于今天",
                "the effective date cannot lie in the future");
  }
  if (command.getAt() == 0) return {};
  if (!log.simulated) {
    return fail(Code::invalid, "真实日志不接受 at：时间由时钟决定",
                "a log of real time refuses \"at\": the clock says what time it is");
  }
  constexpr std::chrono::minutes slack{
      1};  // Commands of one moment follow each other by microseconds.
  if (events::to_moment(command.getAt()) + slack < context.now) {
    return fail(
        Code::invalid, "模拟时间只能向前：现在已是 " + events::text(context.now),
        "simulated time only moves forward: it is " + events::text(context.now) + " already");
  }
  return {};
}

}  // namespace

Result<> decide(const Memory& memory, Command::Reader command, Moment now, Decision& out) {
  const auto& log = memory.get<LogState>("log");
  Context context{memory, command, now, events::date_of(now, log.zone), log.zone, out};
  const auto& actor = memory.get<Person>(context.actor());
  if (!actor.registered && !is_clock(command)) {
    return fail(Code::forbidden, "操作人尚未登记：" + std::string(context.actor()),
                "the actor is not registered: " + std::string(context.actor()));
  }
  TRY(check_time(log, command, context));
  return decide_branch(context);
}

}  // namespace engine
