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

// Objections to a notice that was interrupted stay open under the next one.
void show_list(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getNoticePublished();
  RoundNotice& notice = round.notices[key(event)];
  auto open = std::move(notice.open_objections);
  notice = {string(event.getNotice()), recorded.position, 0, 0, {}, std::move(open)};
  for (auto one : event.getListed()) notice.listed.push_back(string(one));
  round.outcomes.erase(key(event));
}

RoundNotice* find_notice(Round& round, std::string_view id) {
  for (auto& [place, notice] : round.notices) {
    if (notice.notice == id) return &notice;
  }
  return nullptr;
}

void move_deadline(Round& round, events::DeadlineMoved::Reader moved) {
  if (moved.getNotice().size() > 0) return;  // The notice knows its own end.
  auto& set = round.deadlines[string(moved.getStep())];
  set.last_day = to_date(moved.getLastDay());
  set.closes = to_moment(moved.getCloses());
}

// In the new track nothing is known of it yet that comparing it with others would show.
void transfer(Round& round, events::TrackTransferred::Reader moved) {
  std::string id = string(moved.getApplication());
  round.applications[id].track = string(moved.getTo());
  for (auto& [place, results] : round.results) {
    std::erase_if(results, [&](const ReviewResult& one) { return one.application == id; });
  }
  for (auto& [place, ranking] : round.rankings) {
    std::erase_if(ranking, [&](const RankedEntry& one) { return one.application == id; });
  }
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
    auto& entry = round.applications[string(one.getApplication())];
    entry.applicant = string(one.getApplicant());
    entry.track = string(one.getTrack());
    entry.submitted = recorded.position;
  } else if (event.isApplicationWithdrawn()) {
    round.applications[string(event.getApplicationWithdrawn().getApplication())].withdrawn =
        recorded.position;
  } else if (event.isApplicationAccepted()) {
    round.applications[string(event.getApplicationAccepted().getApplication())].accepted =
        recorded.position;
  } else if (event.isApplicationExcluded()) {
    round.applications[string(event.getApplicationExcluded().getApplication())].excluded =
        recorded.position;
  } else if (event.isActed()) {
    auto one = event.getActed();
    round.applications[string(one.getApplication())].failed.insert(string(one.getStep()));
  } else if (event.isTrackTransferred()) {
    transfer(round, event.getTrackTransferred());
  } else if (event.isDeadlineMoved()) {
    move_deadline(round, event.getDeadlineMoved());
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
    show_list(round, recorded);
  } else if (event.isNoticeInterrupted()) {
    round.notices[key(event.getNoticeInterrupted())].interrupted = recorded.position;
  } else if (event.isNoticeEnded()) {
    round.notices[key(event.getNoticeEnded())].ended = recorded.position;
    round.outcomes[key(event.getNoticeEnded())] = passed(recorded);
  } else if (event.isObjectionFiled()) {
    auto one = event.getObjectionFiled();
    if (auto* notice = find_notice(round, events::view(one.getNotice()))) {
      notice->open_objections.insert(string(one.getObjection()));
    }
  } else if (event.isObjectionSettled()) {
    // Under whichever notice of the list it was filed.
    std::string id = string(event.getObjectionSettled().getObjection());
    for (auto& [place, notice] : round.notices) notice.open_objections.erase(id);
  } else if (event.isListApproved()) {
    round.outcomes[key(event.getListApproved())] = passed(recorded);
  } else if (event.isAwardConferred()) {
    ++round.conferred[string(event.getAwardConferred().getTrack())];
  }
}

}  // namespace engine
