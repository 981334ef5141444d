// How one application changes with each event about it. Other events change nothing of it.
#include <algorithm>

#include "engine/evolve.h"

namespace engine {
namespace {

using events::Event;
using events::string;
using events::view;

StepOutcome outcome(bool passed, const Recorded& recorded) {
  return {passed, recorded.position, events::to_date(recorded.record.getEffectiveOn())};
}

bool among(capnp::List<capnp::Text>::Reader list, std::string_view id) {
  for (auto one : list) {
    if (view(one) == id) return true;
  }
  return false;
}

template <class E>
void set_outcome(Application& application, E event, bool passed, const Recorded& recorded) {
  application.outcomes[string(event.getStep())] = outcome(passed, recorded);
}

// The same where the applications of the track were compared with each other.
template <class E>
void set_compared(Application& application, E event, bool passed, const Recorded& recorded) {
  set_outcome(application, event, passed, recorded);
  application.outcomes[string(event.getStep())].of_track = true;
}

void submit(Application& application, const Recorded& recorded) {
  auto event = recorded.event().getApplicationSubmitted();
  application.round = string(event.getRound());
  application.applicant = string(event.getApplicant());
  application.step = string(event.getStep());
  application.track = string(event.getTrack());
  application.submitted = recorded.position;
  fill(application.form, event.getForm());
  set_outcome(application, event, true, recorded);
}

void act(Application& application, const Recorded& recorded) {
  auto event = recorded.event().getActed();
  set_outcome(application, event, event.getOutcome() == events::Outcome::PASSED, recorded);
  if (event.getForm().size() == 0) return;
  StepForm& form = application.step_forms[string(event.getStep())];
  fill(form.values, event.getForm());
  form.position = recorded.position;
}

void supplement(Application& application, const Recorded& recorded) {
  auto event = recorded.event().getSupplementFiled();
  fill(application.form, event.getForm());
  application.supplements[string(event.getStep())].answered = recorded.position;
}

void withdraw(Application& application, const Recorded& recorded) {
  application.withdrawn = recorded.position;
}

void exclude(Application& application, const Recorded& recorded) {
  application.excluded = {string(recorded.event().getApplicationExcluded().getClause()),
                          recorded.position};
}

void request_supplement(Application& application, const Recorded& recorded) {
  auto request = recorded.event().getSupplementRequested();
  application.supplements[string(request.getStep())] = {events::to_moment(request.getCloses()),
                                                        recorded.position, 0};
}

void ask_department(Application& application, const Recorded& recorded) {
  auto asked = recorded.event().getDepartmentAsked();
  application.consulted[string(asked.getConsultation())] = {
      string(asked.getStep()),
      string(asked.getBody()),
      {events::to_moment(asked.getCloses()), recorded.position, 0}};
}

void answer_department(Application& application, const Recorded& recorded) {
  auto answered = recorded.event().getDepartmentAnswered();
  application.consulted[string(answered.getConsultation())].question.answered = recorded.position;
}

void declare(Application& application, const Recorded& recorded) {
  auto declared = recorded.event().getTieDeclared();
  application.declarations[string(declared.getReviewer())] = {declared.isTie(), recorded.position};
}

void recuse(Application& application, const Recorded& recorded) {
  application.recused.emplace(string(recorded.event().getRecusalEntered().getPerson()),
                              recorded.position);
}

void list(Application& application, const Recorded& recorded) {
  auto event = recorded.event().getListFixed();
  set_compared(application, event, among(event.getListed(), application.id), recorded);
}

// Again, perhaps: then the end of the first notice no longer counts.
void show(Application& application, const Recorded& recorded) {
  application.outcomes.erase(string(recorded.event().getNoticePublished().getStep()));
}

void confer(Application& application, const Recorded& recorded) {
  application.conferred = recorded.position;
  set_outcome(application, recorded.event().getAwardConferred(), true, recorded);
}

void submit_sheet(Application& application, const Recorded& recorded) {
  auto sheet = recorded.event().getScoresSubmitted();
  application.sheets[{string(sheet.getStep()), string(sheet.getReviewer())}].submitted =
      recorded.position;
}

// What was found by comparing it with others in its old track does not hold in the new one.
void transfer(Application& application, events::TrackTransferred::Reader event) {
  application.track = string(event.getTo());
  fill(application.form, event.getForm());
  application.sheets.clear();
  application.agreed.clear();
  std::erase_if(application.outcomes, [](const auto& one) { return one.second.of_track; });
}

void enter_score(Application& application, const Recorded& recorded) {
  auto event = recorded.event().getScoreEntered();
  Sheet& sheet = application.sheets[{string(event.getStep()), string(event.getReviewer())}];
  sheet.scores[string(event.getItem())] = {event.getPercent(), event.getHundredths(),
                                           recorded.position};
}

void accept(Application& application, const Recorded& recorded) {
  set_outcome(application, recorded.event().getApplicationAccepted(), true, recorded);
}

void close_review(Application& application, const Recorded& recorded) {
  auto event = recorded.event().getReviewClosed();
  set_compared(application, event, true, recorded);
  for (auto& [place, sheet] : application.sheets) {
    if (place.first == view(event.getStep())) {
      sheet.counted = among(event.getReviewers(), place.second);
    }
  }
}

void rank(Application& application, const Recorded& recorded) {
  set_compared(application, recorded.event().getRankingFixed(), true, recorded);
}

void end_notice(Application& application, const Recorded& recorded) {
  set_compared(application, recorded.event().getNoticeEnded(), true, recorded);
}

void approve(Application& application, const Recorded& recorded) {
  set_compared(application, recorded.event().getListApproved(), true, recorded);
}

void transfer_track(Application& application, const Recorded& recorded) {
  transfer(application, recorded.event().getTrackTransferred());
}

void explain_score(Application& application, const Recorded& recorded) {
  auto event = recorded.event().getScoreExplained();
  Sheet& sheet = application.sheets[{string(event.getStep()), string(event.getReviewer())}];
  sheet.explained[string(event.getItem())] = recorded.position;
}

void agree(Application& application, const Recorded& recorded) {
  auto event = recorded.event().getConsensusEntered();
  application.agreed[{string(event.getStep()), string(event.getItem())}] = {
      event.getPercent(), event.getHundredths(), recorded.position, event.hasReason()};
}

void adjust(Application& application, const Recorded& recorded) {
  auto event = recorded.event().getScoreAdjusted();
  Agreed& agreed = application.agreed[{string(event.getReview()), string(event.getItem())}];
  auto hundredths = static_cast<std::int64_t>(agreed.hundredths) + event.getDeltaHundredths();
  agreed = {event.getPercent(), static_cast<std::uint32_t>(hundredths), recorded.position, true};
}

void challenge(Application& application, const Recorded& recorded) {
  auto event = recorded.event().getRecusalRequested();
  application.challenged[string(event.getPerson())] = recorded.position;
}

void decide_challenge(Application& application, const Recorded& recorded) {
  application.challenged.erase(string(recorded.event().getRecusalDecided().getPerson()));
}

// Those who are left agree anew: somebody took part who should not have.
void void_scores(Application& application, const Recorded& recorded) {
  auto event = recorded.event().getScoresVoided();
  application.sheets.erase({string(event.getStep()), string(event.getReviewer())});
  std::erase_if(application.agreed,
                [&](const auto& one) { return one.first.first == view(event.getStep()); });
  for (auto step : event.getUndone()) {
    application.outcomes.erase(string(step));
    application.reopened.insert(string(step));
  }
}

struct Fold {
  Event::Which event;
  void (*fold)(Application& application, const Recorded& recorded);
};

// All that changes what is decided about one application, the commonest first.
constexpr Fold folds[] = {
    {Event::SCORE_ENTERED, enter_score},
    {Event::SCORES_SUBMITTED, submit_sheet},
    {Event::SCORE_EXPLAINED, explain_score},
    {Event::CONSENSUS_ENTERED, agree},
    {Event::SCORE_ADJUSTED, adjust},
    {Event::ACTED, act},
    {Event::TIE_DECLARED, declare},
    {Event::APPLICATION_SUBMITTED, submit},
    {Event::APPLICATION_ACCEPTED, accept},
    {Event::APPLICATION_WITHDRAWN, withdraw},
    {Event::APPLICATION_EXCLUDED, exclude},
    {Event::SUPPLEMENT_REQUESTED, request_supplement},
    {Event::SUPPLEMENT_FILED, supplement},
    {Event::DEPARTMENT_ASKED, ask_department},
    {Event::DEPARTMENT_ANSWERED, answer_department},
    {Event::TRACK_TRANSFERRED, transfer_track},
    {Event::RECUSAL_ENTERED, recuse},
    {Event::RECUSAL_REQUESTED, challenge},
    {Event::RECUSAL_DECIDED, decide_challenge},
    {Event::SCORES_VOIDED, void_scores},
    {Event::REVIEW_CLOSED, close_review},
    {Event::RANKING_FIXED, rank},
    {Event::LIST_FIXED, list},
    {Event::NOTICE_PUBLISHED, show},
    {Event::NOTICE_ENDED, end_notice},
    {Event::LIST_APPROVED, approve},
    {Event::AWARD_CONFERRED, confer},
};

}  // namespace

void fill(FormValues& values, capnp::List<events::Entry>::Reader entries) {
  for (auto entry : entries) {
    values[string(entry.getField())] = entry.isValue() ? string(entry.getValue()) : "";
  }
}

void evolve(Application& application, const Recorded& recorded) {
  application.position = recorded.position;
  auto found = std::ranges::find(folds, recorded.event().which(), &Fold::event);
  if (found != std::ranges::end(folds)) found->fold(application, recorded);
}

}  // namespace engine
