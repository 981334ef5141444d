#include "engine/decide.h"

#include <algorithm>

#include "engine/as_told.h"
#include "engine/decide_areas.h"

namespace engine {
namespace {

using events::Code;
using events::fail;

// What decides one kind of command.
template <auto get, auto decide_it>
Result<> branch(Context& context) {
  return decide_it(context, (context.command.*get)());
}

struct Branch {
  Command::Which which;
  Result<> (*decide)(Context& context);
};

using C = Command::Reader;
constexpr Branch branches[] = {
    {Command::PUBLISH_CALENDAR, branch<&C::getPublishCalendar, decide_publish_calendar>},
    {Command::PUBLISH_SCHEME, branch<&C::getPublishScheme, decide_publish_scheme>},
    {Command::REGISTER_PERSON, branch<&C::getRegisterPerson, decide_register_person>},
    {Command::PROPOSE_ROLE, branch<&C::getProposeRole, decide_propose_role>},
    {Command::GRANT_ROLE, branch<&C::getGrantRole, decide_grant_role>},
    {Command::END_ROLE, branch<&C::getEndRole, decide_end_role>},
    {Command::REGISTER_APPLICANT, branch<&C::getRegisterApplicant, decide_register_applicant>},
    {Command::REGISTER_EARLIER_AWARD,
     branch<&C::getRegisterEarlierAward, decide_register_earlier_award>},
    {Command::REGISTER_EARLIER_APPLICATION,
     branch<&C::getRegisterEarlierApplication, decide_register_earlier_application>},
    {Command::PUBLISH_CALL, branch<&C::getPublishCall, decide_publish_call>},
    {Command::PASS_DEADLINE, branch<&C::getPassDeadline, decide_pass_deadline>},
    {Command::SUBMIT_APPLICATION, branch<&C::getSubmitApplication, decide_submit_application>},
    {Command::WITHDRAW_APPLICATION,
     branch<&C::getWithdrawApplication, decide_withdraw_application>},
    {Command::ACT, branch<&C::getAct, decide_act>},
    {Command::ACCEPT_APPLICATION, branch<&C::getAcceptApplication, decide_accept_application>},
    {Command::FORM_REVIEW_GROUP, branch<&C::getFormReviewGroup, decide_form_review_group>},
    {Command::SIGN_COMMITMENT, branch<&C::getSignCommitment, decide_sign_commitment>},
    {Command::DECLARE_TIE, branch<&C::getDeclareTie, decide_declare_tie>},
    {Command::ENTER_SCORES, branch<&C::getEnterScores, decide_enter_scores>},
    {Command::SUBMIT_SCORES, branch<&C::getSubmitScores, decide_submit_scores>},
    {Command::CLOSE_REVIEW, branch<&C::getCloseReview, decide_close_review>},
    {Command::FIX_RANKING, branch<&C::getFixRanking, decide_fix_ranking>},
    {Command::FIX_LIST, branch<&C::getFixList, decide_fix_list>},
    {Command::PUBLISH_NOTICE, branch<&C::getPublishNotice, decide_publish_notice>},
    {Command::END_NOTICE, branch<&C::getEndNotice, decide_end_notice>},
    {Command::FILE_OBJECTION, branch<&C::getFileObjection, decide_file_objection>},
    {Command::SETTLE_OBJECTION, branch<&C::getSettleObjection, decide_settle_objection>},
    {Command::APPROVE_LIST, branch<&C::getApproveList, decide_approve_list>},
    {Command::CONFER_AWARD, branch<&C::getConferAward, decide_confer_award>},
    {Command::REPEAL_SCHEME, branch<&C::getRepealScheme, decide_repeal_scheme>},
    {Command::MOVE_DEADLINE, branch<&C::getMoveDeadline, decide_move_deadline>},
    {Command::REQUEST_SUPPLEMENT, branch<&C::getRequestSupplement, decide_request_supplement>},
    {Command::FILE_SUPPLEMENT, branch<&C::getFileSupplement, decide_file_supplement>},
    {Command::ASK_DEPARTMENT, branch<&C::getAskDepartment, decide_ask_department>},
    {Command::ANSWER_DEPARTMENT, branch<&C::getAnswerDepartment, decide_answer_department>},
    {Command::TRANSFER_TRACK, branch<&C::getTransferTrack, decide_transfer_track>},
    {Command::INTERRUPT_NOTICE, branch<&C::getInterruptNotice, decide_interrupt_notice>},
    {Command::PROVE_INTERNAL_NOTICE,
     branch<&C::getProveInternalNotice, decide_prove_internal_notice>},
    {Command::EXPLAIN_SCORE, branch<&C::getExplainScore, decide_explain_score>},
    {Command::ENTER_CONSENSUS, branch<&C::getEnterConsensus, decide_enter_consensus>},
    {Command::ADJUST_SCORES, branch<&C::getAdjustScores, decide_adjust_scores>},
    {Command::ENTER_RESULT, branch<&C::getEnterResult, decide_enter_result>},
    {Command::SETTLE_RANK_TIE, branch<&C::getSettleRankTie, decide_settle_rank_tie>},
    {Command::LEAVE_VACANT, branch<&C::getLeaveVacant, decide_leave_vacant>},
    {Command::OPEN_BALLOT, branch<&C::getOpenBallot, decide_open_ballot>},
    {Command::CAST_VOTE, branch<&C::getCastVote, decide_cast_vote>},
    {Command::CLOSE_BALLOT, branch<&C::getCloseBallot, decide_close_ballot>},
    {Command::ADMIT_EXPERT, branch<&C::getAdmitExpert, decide_admit_expert>},
    {Command::REMOVE_EXPERT, branch<&C::getRemoveExpert, decide_remove_expert>},
    {Command::REGISTER_RELATION, branch<&C::getRegisterRelation, decide_register_relation>},
    {Command::COMMIT_DRAW, branch<&C::getCommitDraw, decide_commit_draw>},
    {Command::WITNESS_DRAW, branch<&C::getWitnessDraw, decide_witness_draw>},
    {Command::OPEN_DRAW, branch<&C::getOpenDraw, decide_open_draw>},
    {Command::REPLACE_MEMBER, branch<&C::getReplaceMember, decide_replace_member>},
    {Command::REQUEST_RECUSAL, branch<&C::getRequestRecusal, decide_request_recusal>},
    {Command::DECIDE_RECUSAL, branch<&C::getDecideRecusal, decide_decide_recusal>},
    {Command::ORDER_RECUSAL, branch<&C::getOrderRecusal, decide_order_recusal>},
    {Command::LIFT_RECUSAL, branch<&C::getLiftRecusal, decide_lift_recusal>},
    {Command::EXPIRE_ROLE, branch<&C::getExpireRole, decide_expire_role>},
    {Command::ISSUE_CREDENTIAL, branch<&C::getIssueCredential, decide_issue_credential>},
    {Command::CONFIRM_CREDENTIAL, branch<&C::getConfirmCredential, decide_confirm_credential>},
    {Command::END_CREDENTIAL, branch<&C::getEndCredential, decide_end_credential>},
    {Command::BEGIN_SESSION, branch<&C::getBeginSession, decide_begin_session>},
    {Command::SET_PASSPHRASE, branch<&C::getSetPassphrase, decide_set_passphrase>},
    {Command::READ_RECORD, branch<&C::getReadRecord, decide_read_record>},
};

Result<> decide_branch(Context& context) {
  auto found = std::ranges::find(branches, context.command.which(), &Branch::which);
  if (found != std::ranges::end(branches)) return found->decide(context);
  return fail(Code::invalid, "不认识的指令类型，可能来自更新的程序",
              "a kind of command that this program does not know; it may come from a newer one");
}

// Nobody is registered as the clock: whoever uses its id may only say that time has passed, which
// anybody may, and which the real clock has to bear out.
bool is_clock(Command::Reader command) {
  if (events::view(command.getActor()) != "clock") return false;
  return command.isPassDeadline() || command.isEndNotice() || command.isExpireRole();
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

Result<> decide(const Memory& memory, Command::Reader command,
                events::Authentication authentication, Moment now, Decision& out) {
  const auto& log = memory.get<LogState>("log");
  Context context{memory,   command, authentication, now, events::date_of(now, log.zone),
                  log.zone, out};
  const auto& actor = memory.get<Person>(context.actor());
  if (!actor.registered && !is_clock(command)) {
    return fail(Code::forbidden, "操作人尚未登记：" + std::string(context.actor()),
                "the actor is not registered: " + std::string(context.actor()));
  }
  TRY(check_time(log, command, context));
  auto decided = decide_branch(context);
  if (!decided) return std::unexpected(as_told(context, std::move(decided).error()));
  return {};
}

}  // namespace engine
