#include "engine/evolve.h"

namespace engine {
namespace {

using events::string;
using events::to_date;
using events::to_moment;

template <class E>
StepTrack key(E event) {
  return {string(event.getStep()), string(event.getTrack())};
}

StepOutcome passed(const Recorded& recorded) {
  return {true, recorded.position, to_date(recorded.record.getEffectiveOn())};
}

void open(Round& round, events::CallPublished::Reader call) {
  round.scheme = string(call.getScheme());
  round.scheme_position = call.getSchemePosition();
  round.calendar = string(call.getCalendar());
  round.year = call.getYear();
  round.called_on = to_date(call.getCalledOn());
  for (auto one : call.getDeadlines()) {
    round.deadlines[string(one.getStep())] = {to_date(one.getLastDay()), to_moment(one.getCloses()),
                                              0};
  }
}

void fix_list(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getListFixed();
  FixedList list;
  list.position = recorded.position;
  for (auto one : event.getListed()) list.listed.push_back(string(one));
  round.lists[key(event)] = std::move(list);
  round.outcomes[key(event)] = passed(recorded);
}

void fix_ranking(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getRankingFixed();
  auto& ranking = round.rankings[key(event)];
  ranking.clear();
  for (auto one : event.getEntries()) {
    ranking.push_back({string(one.getApplication()), one.getRank()});
  }
  round.outcomes[key(event)] = passed(recorded);
}

void form_group(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getReviewGroupFormed();
  ReviewGroup group{string(event.getGroup()), {}, recorded.position};
  for (auto one : event.getReviewers()) group.reviewers.push_back(string(one));
  round.groups[key(event)] = std::move(group);
  round.outcomes[key(event)] = passed(recorded);
}

RoundNotice* find_notice(Round& round, std::string_view id) {
  for (auto& [place, notice] : round.notices) {
    if (notice.notice == id) return &notice;
  }
  return nullptr;
}

}  // namespace

void evolve(Round& round, const Recorded& recorded) {
  round.position = recorded.position;
  auto event = recorded.event();
  if (event.isCallPublished()) {
    open(round, event.getCallPublished());
  } else if (event.isDeadlinePassed()) {
    round.deadlines[string(event.getDeadlinePassed().getStep())].passed = recorded.position;
  } else if (event.isApplicationSubmitted()) {
    auto one = event.getApplicationSubmitted();
    round.applications[string(one.getApplication())] = {string(one.getTrack()), recorded.position,
                                                        0, 0};
  } else if (event.isApplicationWithdrawn()) {
    round.applications[string(event.getApplicationWithdrawn().getApplication())].withdrawn =
        recorded.position;
  } else if (event.isApplicationAccepted()) {
    round.applications[string(event.getApplicationAccepted().getApplication())].accepted =
        recorded.position;
  } else if (event.isReviewGroupFormed()) {
    form_group(round, recorded);
  } else if (event.isCommitmentSigned()) {
    round.commitments.emplace(string(event.getCommitmentSigned().getReviewer()), recorded.position);
  } else if (event.isReviewClosed()) {
    auto one = event.getReviewClosed();
    round.results[key(one)].push_back({string(one.getApplication()), one.getNumerator(),
                                       one.getDenominator(), recorded.position});
  } else if (event.isRankingFixed()) {
    fix_ranking(round, recorded);
  } else if (event.isListFixed()) {
    fix_list(round, recorded);
  } else if (event.isNoticePublished()) {
    auto one = event.getNoticePublished();
    round.notices[key(one)] = {string(one.getNotice()), recorded.position, 0, {}};
  } else if (event.isNoticeEnded()) {
    round.notices[key(event.getNoticeEnded())].ended = recorded.position;
    round.outcomes[key(event.getNoticeEnded())] = passed(recorded);
  } else if (event.isObjectionFiled()) {
    auto one = event.getObjectionFiled();
    if (auto* notice = find_notice(round, events::view(one.getNotice()))) {
      notice->open_objections.insert(string(one.getObjection()));
    }
  } else if (event.isObjectionSettled()) {
    auto one = event.getObjectionSettled();
    if (auto* notice = find_notice(round, events::view(one.getNotice()))) {
      notice->open_objections.erase(string(one.getObjection()));
    }
  } else if (event.isListApproved()) {
    round.outcomes[key(event.getListApproved())] = passed(recorded);
  } else if (event.isAwardConferred()) {
    ++round.conferred[string(event.getAwardConferred().getTrack())];
  }
}

}  // namespace engine
