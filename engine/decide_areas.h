// The branches of decide, by area. Each takes one kind of command. Pure; writer thread.
#pragma once

#include "engine/context.h"

namespace engine {

using events::Result;

// decide_foundation.cc: what rounds rest on.
Result<> decide_publish_calendar(Context& context, PublishCalendar::Reader command);
Result<> decide_publish_scheme(Context& context, PublishScheme::Reader command);
Result<> decide_repeal_scheme(Context& context, RepealScheme::Reader command);

// decide_people.cc
Result<> decide_register_person(Context& context, RegisterPerson::Reader command);
Result<> decide_propose_role(Context& context, ProposeRole::Reader command);
Result<> decide_grant_role(Context& context, GrantRole::Reader command);
Result<> decide_end_role(Context& context, EndRole::Reader command);
Result<> decide_register_applicant(Context& context, RegisterApplicant::Reader command);
Result<> decide_register_earlier_award(Context& context, RegisterEarlierAward::Reader command);
Result<> decide_register_earlier_application(Context& context,
                                             RegisterEarlierApplication::Reader command);

Result<> decide_expire_role(Context& context, ExpireRole::Reader command);

// decide_access.cc: who may come in over the network, and what was looked at.
Result<> decide_issue_credential(Context& context, IssueCredential::Reader command);
Result<> decide_confirm_credential(Context& context, ConfirmCredential::Reader command);
Result<> decide_end_credential(Context& context, EndCredential::Reader command);
Result<> decide_begin_session(Context& context, BeginSession::Reader command);
Result<> decide_set_passphrase(Context& context, SetPassphrase::Reader command);
Result<> decide_read_record(Context& context, ReadRecord::Reader command);

// decide_round.cc
Result<> decide_publish_call(Context& context, PublishCall::Reader command);
Result<> decide_pass_deadline(Context& context, PassDeadline::Reader command);

// decide_deadline.cc
Result<> decide_move_deadline(Context& context, MoveDeadline::Reader command);

// decide_application.cc
Result<> decide_submit_application(Context& context, SubmitApplication::Reader command);
Result<> decide_withdraw_application(Context& context, WithdrawApplication::Reader command);
Result<> decide_act(Context& context, Act::Reader command);
Result<> decide_accept_application(Context& context, AcceptApplication::Reader command);

// decide_supplement.cc
Result<> decide_request_supplement(Context& context, RequestSupplement::Reader command);
Result<> decide_file_supplement(Context& context, FileSupplement::Reader command);
Result<> decide_ask_department(Context& context, AskDepartment::Reader command);
Result<> decide_answer_department(Context& context, AnswerDepartment::Reader command);

// decide_transfer.cc
Result<> decide_transfer_track(Context& context, TransferTrack::Reader command);

// decide_pool.cc
Result<> decide_admit_expert(Context& context, AdmitExpert::Reader command);
Result<> decide_remove_expert(Context& context, RemoveExpert::Reader command);
Result<> decide_register_relation(Context& context, RegisterRelation::Reader command);

// decide_draw.cc
Result<> decide_commit_draw(Context& context, CommitDraw::Reader command);
Result<> decide_witness_draw(Context& context, WitnessDraw::Reader command);
Result<> decide_open_draw(Context& context, OpenDraw::Reader command);

// decide_group.cc
Result<> decide_form_review_group(Context& context, FormReviewGroup::Reader command);
Result<> decide_replace_member(Context& context, ReplaceMember::Reader command);

// decide_recusal.cc
Result<> decide_declare_tie(Context& context, DeclareTie::Reader command);
Result<> decide_request_recusal(Context& context, RequestRecusal::Reader command);
Result<> decide_decide_recusal(Context& context, DecideRecusal::Reader command);
Result<> decide_order_recusal(Context& context, OrderRecusal::Reader command);
Result<> decide_lift_recusal(Context& context, LiftRecusal::Reader command);

// decide_review.cc
Result<> decide_sign_commitment(Context& context, SignCommitment::Reader command);
Result<> decide_enter_scores(Context& context, EnterScores::Reader command);
Result<> decide_submit_scores(Context& context, SubmitScores::Reader command);
Result<> decide_close_review(Context& context, CloseReview::Reader command);

// decide_consensus.cc, decide_result.cc
Result<> decide_explain_score(Context& context, ExplainScore::Reader command);
Result<> decide_enter_consensus(Context& context, EnterConsensus::Reader command);
Result<> decide_adjust_scores(Context& context, AdjustScores::Reader command);
Result<> decide_enter_result(Context& context, EnterResult::Reader command);

// decide_ranking.cc
Result<> decide_fix_ranking(Context& context, FixRanking::Reader command);
Result<> decide_settle_rank_tie(Context& context, SettleRankTie::Reader command);

// decide_ballot.cc, decide_vacancy.cc
Result<> decide_open_ballot(Context& context, OpenBallot::Reader command);
Result<> decide_cast_vote(Context& context, CastVote::Reader command);
Result<> decide_close_ballot(Context& context, CloseBallot::Reader command);
Result<> decide_leave_vacant(Context& context, LeaveVacant::Reader command);

// decide_list.cc
Result<> decide_fix_list(Context& context, FixList::Reader command);

// decide_approval.cc
Result<> decide_approve_list(Context& context, ApproveList::Reader command);
Result<> decide_confer_award(Context& context, ConferAward::Reader command);

// decide_notice.cc
Result<> decide_publish_notice(Context& context, PublishNotice::Reader command);
Result<> decide_end_notice(Context& context, EndNotice::Reader command);
Result<> decide_file_objection(Context& context, FileObjection::Reader command);
Result<> decide_settle_objection(Context& context, SettleObjection::Reader command);
Result<> decide_interrupt_notice(Context& context, InterruptNotice::Reader command);
Result<> decide_prove_internal_notice(Context& context, ProveInternalNotice::Reader command);

}  // namespace engine
