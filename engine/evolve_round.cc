#include <algorithm>

#include "engine/evolve.h"

namespace engine {
namespace {

using events::Event;
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

void open(Round& round, const Recorded& recorded) {
  auto call = recorded.event().getCallPublished();
  round.id = string(call.getRound());
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
  for (auto one : event.getOthers()) list.others.push_back(string(one));
  round.lists[key(event)] = std::move(list);
  round.outcomes[key(event)] = passed(recorded);
}

void fix_ranking(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getRankingFixed();
  auto& ranking = round.rankings[key(event)];
  ranking.clear();
  for (auto one : event.getEntries()) {
    ranking.push_back({string(one.getApplication()),
                       one.getRank(),
                       0,
                       {one.getNumerator(), one.getDenominator()}});
  }
  round.outcomes[key(event)] = passed(recorded);
}

void settle_tie(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getRankTieSettled();
  unsigned place = 0;
  for (auto application : event.getOrder()) {
    ++place;
    for (RankedEntry& entry : round.rankings[key(event)]) {
      if (entry.application == events::view(application)) entry.place = place;
    }
  }
}

// The newest result of an application at a step is the one that counts.
void set_result(Round& round, const StepTrack& place, StepResult result) {
  auto& results = round.results[place];
  std::erase_if(results,
                [&](const StepResult& old) { return old.application == result.application; });
  results.push_back(std::move(result));
}

void enter_result(Round& round, const Recorded& recorded) {
  auto event = recorded.event();
  if (event.isReviewClosed()) {
    auto one = event.getReviewClosed();
    set_result(round, key(one),
               {string(one.getApplication()),
                {one.getNumerator(), one.getDenominator()},
                recorded.position});
  } else if (event.isScoreAdjusted()) {
    auto one = event.getScoreAdjusted();
    set_result(round, {string(one.getReview()), string(one.getTrack())},
               {string(one.getApplication()),
                {one.getNumerator(), one.getDenominator()},
                recorded.position});
  } else {
    auto one = event.getResultEntered();
    set_result(round, key(one),
               {string(one.getApplication()),
                {one.getNumerator(), one.getDenominator()},
                recorded.position});
  }
}

void leave_vacant(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getAwardLeftVacant();
  Vacancy vacancy{{}, event.getPlaces()};
  for (auto track : event.getTracks()) vacancy.tracks.push_back(string(track));
  round.vacancies[string(event.getStep())].push_back(std::move(vacancy));
}

void open_ballot(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getBallotOpened();
  auto& balloted = round.balloted[key(event)];
  for (auto one : event.getCandidates()) {
    balloted[string(one)] = {false, false, recorded.position, string(event.getBallot())};
  }
}

void close_ballot(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getBallotClosed();
  auto& balloted = round.balloted[key(event)];
  for (auto one : event.getCounts()) {
    balloted[string(one.getApplication())] = {true, one.getPassed(), recorded.position,
                                              string(event.getBallot())};
  }
}

void form_group(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getReviewGroupFormed();
  ReviewGroup group{string(event.getGroup()), {}, string(event.getLeader()), {}, recorded.position};
  for (auto one : event.getReviewers()) group.reviewers.push_back(string(one));
  round.groups[key(event)] = std::move(group);
  round.outcomes[key(event)] = passed(recorded);
}

void replace(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getMemberReplaced();
  ReviewGroup& group = round.groups[key(event)];
  std::erase(group.reviewers, string(event.getLeaves()));
  group.gone.insert(string(event.getLeaves()));
  if (event.getJoins().size() > 0) group.reviewers.push_back(string(event.getJoins()));
  group.leader = string(event.getLeader());
}

// Objections to a notice that was interrupted or undone stay open under the next one.
void show_list(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getNoticePublished();
  RoundNotice& notice = round.notices[key(event)];
  auto open = std::move(notice.open_objections);
  notice = {string(event.getNotice()), recorded.position, 0, 0, {}, std::move(open)};
  for (auto one : event.getListed()) notice.listed.push_back(string(one));
  round.outcomes.erase(key(event));
}

// Takes back a result, and what was built on it.
void void_scores(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getScoresVoided();
  for (auto step : event.getUndone()) {
    StepTrack place{string(step), string(event.getTrack())};
    round.outcomes.erase(place);
    round.rankings.erase(place);
    round.lists.erase(place);
    round.balloted.erase(place);
    std::erase_if(round.vacancies[place.first], [&](const Vacancy& one) {
      return std::ranges::find(one.tracks, place.second) != one.tracks.end();
    });
    if (auto notice = round.notices.find(place); notice != round.notices.end()) {
      notice->second.published = 0;
      notice->second.ended = 0;
    }
    if (step != event.getStep()) continue;
    std::erase_if(round.results[place], [&](const StepResult& one) {
      return one.application == events::view(event.getApplication());
    });
  }
}

RoundNotice* find_notice(Round& round, std::string_view id) {
  for (auto& [place, notice] : round.notices) {
    if (notice.notice == id) return &notice;
  }
  return nullptr;
}

void move_deadline(Round& round, const Recorded& recorded) {
  auto moved = recorded.event().getDeadlineMoved();
  if (moved.getNotice().size() > 0) return;  // The notice knows its own end.
  auto& set = round.deadlines[string(moved.getStep())];
  set.last_day = to_date(moved.getLastDay());
  set.closes = to_moment(moved.getCloses());
}

// In the new track nothing is known of it yet that comparing it with others would show.
void transfer(Round& round, const Recorded& recorded) {
  auto moved = recorded.event().getTrackTransferred();
  std::string id = string(moved.getApplication());
  round.applications[id].track = string(moved.getTo());
  for (auto& [place, results] : round.results) {
    std::erase_if(results, [&](const StepResult& one) { return one.application == id; });
  }
  for (auto& [place, ranking] : round.rankings) {
    std::erase_if(ranking, [&](const RankedEntry& one) { return one.application == id; });
  }
}

void submit(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getApplicationSubmitted();
  RoundEntry& entry = round.applications[string(event.getApplication())];
  entry.applicant = string(event.getApplicant());
  entry.submitted_by = string(recorded.record.getActor());
  entry.track = string(event.getTrack());
  entry.submitted = recorded.position;
}

template <class E>
RoundEntry& entry(Round& round, E event) {
  return round.applications[string(event.getApplication())];
}

void withdraw(Round& round, const Recorded& recorded) {
  entry(round, recorded.event().getApplicationWithdrawn()).withdrawn = recorded.position;
}

void accept(Round& round, const Recorded& recorded) {
  entry(round, recorded.event().getApplicationAccepted()).accepted = recorded.position;
}

void exclude(Round& round, const Recorded& recorded) {
  entry(round, recorded.event().getApplicationExcluded()).excluded = recorded.position;
}

// The round is a subject only of those acts that somebody failed.
void fail_step(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getActed();
  entry(round, event).failed.insert(string(event.getStep()));
}

void recuse(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getRecusalEntered();
  entry(round, event).recused.emplace(string(event.getPerson()), recorded.position);
}

void challenge(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getRecusalRequested();
  entry(round, event).challenged[string(event.getPerson())] = recorded.position;
}

void decide_challenge(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getRecusalDecided();
  entry(round, event).challenged.erase(string(event.getPerson()));
}

void pass_deadline(Round& round, const Recorded& recorded) {
  round.deadlines[string(recorded.event().getDeadlinePassed().getStep())].passed =
      recorded.position;
}

void commit_draw(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getDrawCommitted();
  round.draws[key(event)] = string(event.getDraw());
}

void sign(Round& round, const Recorded& recorded) {
  round.commitments.emplace(string(recorded.event().getCommitmentSigned().getReviewer()),
                            recorded.position);
}

void interrupt(Round& round, const Recorded& recorded) {
  round.notices[key(recorded.event().getNoticeInterrupted())].interrupted = recorded.position;
}

void end_notice(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getNoticeEnded();
  round.notices[key(event)].ended = recorded.position;
  round.outcomes[key(event)] = passed(recorded);
}

void object(Round& round, const Recorded& recorded) {
  auto event = recorded.event().getObjectionFiled();
  if (auto* notice = find_notice(round, events::view(event.getNotice()))) {
    notice->open_objections.insert(string(event.getObjection()));
  }
}

// Under whichever notice of the list it was filed.
void settle_objection(Round& round, const Recorded& recorded) {
  std::string id = string(recorded.event().getObjectionSettled().getObjection());
  for (auto& [place, notice] : round.notices) notice.open_objections.erase(id);
}

void approve(Round& round, const Recorded& recorded) {
  round.outcomes[key(recorded.event().getListApproved())] = passed(recorded);
}

void confer(Round& round, const Recorded& recorded) {
  ++round.conferred[string(recorded.event().getAwardConferred().getTrack())];
}

struct Fold {
  Event::Which event;
  void (*fold)(Round& round, const Recorded& recorded);
};

// All that changes what is decided about a round as a whole, in the order of a round's life.
constexpr Fold folds[] = {
    {Event::CALL_PUBLISHED, open},
    {Event::DEADLINE_PASSED, pass_deadline},
    {Event::DEADLINE_MOVED, move_deadline},
    {Event::APPLICATION_SUBMITTED, submit},
    {Event::APPLICATION_WITHDRAWN, withdraw},
    {Event::APPLICATION_ACCEPTED, accept},
    {Event::APPLICATION_EXCLUDED, exclude},
    {Event::ACTED, fail_step},
    {Event::TRACK_TRANSFERRED, transfer},
    {Event::DRAW_COMMITTED, commit_draw},
    {Event::REVIEW_GROUP_FORMED, form_group},
    {Event::MEMBER_REPLACED, replace},
    {Event::COMMITMENT_SIGNED, sign},
    {Event::RECUSAL_ENTERED, recuse},
    {Event::RECUSAL_REQUESTED, challenge},
    {Event::RECUSAL_DECIDED, decide_challenge},
    {Event::SCORES_VOIDED, void_scores},
    {Event::REVIEW_CLOSED, enter_result},
    {Event::SCORE_ADJUSTED, enter_result},
    {Event::RESULT_ENTERED, enter_result},
    {Event::RANKING_FIXED, fix_ranking},
    {Event::RANK_TIE_SETTLED, settle_tie},
    {Event::LIST_FIXED, fix_list},
    {Event::AWARD_LEFT_VACANT, leave_vacant},
    {Event::BALLOT_OPENED, open_ballot},
    {Event::BALLOT_CLOSED, close_ballot},
    {Event::NOTICE_PUBLISHED, show_list},
    {Event::NOTICE_INTERRUPTED, interrupt},
    {Event::NOTICE_ENDED, end_notice},
    {Event::OBJECTION_FILED, object},
    {Event::OBJECTION_SETTLED, settle_objection},
    {Event::LIST_APPROVED, approve},
    {Event::AWARD_CONFERRED, confer},
};

}  // namespace

void evolve(Round& round, const Recorded& recorded) {
  round.position = recorded.position;
  auto found = std::ranges::find(folds, recorded.event().which(), &Fold::event);
  if (found != std::ranges::end(folds)) found->fold(round, recorded);
}

}  // namespace engine
