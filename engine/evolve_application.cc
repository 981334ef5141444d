// Every event is named here, so that a new one has to be thought about.
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

void submit(Application& application, const Recorded& recorded) {
  auto event = recorded.event().getApplicationSubmitted();
  application.round = string(event.getRound());
  application.applicant = string(event.getApplicant());
  application.track = string(event.getTrack());
  application.submitted = recorded.position;
  for (auto entry : event.getForm()) {
    // A sealed field is known to be filled, and no rule may look into it.
    application.form[string(entry.getField())] = entry.isValue() ? string(entry.getValue()) : "";
  }
  set_outcome(application, event, true, recorded);
}

void enter_score(Application& application, const Recorded& recorded) {
  auto event = recorded.event().getScoreEntered();
  Sheet& sheet = application.sheets[{string(event.getStep()), string(event.getReviewer())}];
  sheet.scores[string(event.getItem())] = {event.getPercent(), event.getHundredths(),
                                           recorded.position};
}

}  // namespace

void evolve(Application& application, const Recorded& recorded) {
  application.position = recorded.position;
  auto event = recorded.event();
  switch (event.which()) {
    case Event::APPLICATION_SUBMITTED:
      return submit(application, recorded);
    case Event::APPLICATION_WITHDRAWN:
      application.withdrawn = recorded.position;
      return;
    case Event::ACTED:
      return set_outcome(application, event.getActed(),
                         event.getActed().getOutcome() == events::Outcome::PASSED, recorded);
    case Event::APPLICATION_ACCEPTED:
      return set_outcome(application, event.getApplicationAccepted(), true, recorded);
    case Event::TIE_DECLARED: {
      auto declared = event.getTieDeclared();
      application.declarations[string(declared.getReviewer())] = {declared.isTie(),
                                                                  recorded.position};
      return;
    }
    case Event::RECUSAL_ENTERED:
      application.recused.emplace(string(event.getRecusalEntered().getPerson()), recorded.position);
      return;
    case Event::SCORE_ENTERED:
      return enter_score(application, recorded);
    case Event::SCORES_SUBMITTED: {
      auto sheet = event.getScoresSubmitted();
      application.sheets[{string(sheet.getStep()), string(sheet.getReviewer())}].submitted =
          recorded.position;
      return;
    }
    case Event::REVIEW_CLOSED:
      return set_outcome(application, event.getReviewClosed(), true, recorded);
    case Event::RANKING_FIXED:
      return set_outcome(application, event.getRankingFixed(), true, recorded);
    case Event::LIST_FIXED:
      return set_outcome(application, event.getListFixed(),
                         among(event.getListFixed().getListed(), application.id), recorded);
    case Event::NOTICE_ENDED:
      return set_outcome(application, event.getNoticeEnded(), true, recorded);
    case Event::LIST_APPROVED:
      return set_outcome(application, event.getListApproved(), true, recorded);
    case Event::AWARD_CONFERRED:
      return set_outcome(application, event.getAwardConferred(), true, recorded);
    case Event::NOTICE_PUBLISHED:
    case Event::OBJECTION_FILED:
    case Event::OBJECTION_SETTLED:
    case Event::UNSET:
    case Event::LOG_OPENED:
    case Event::LOG_RESTORED:
    case Event::COMMAND_REFUSED:
    case Event::REFUSALS_SUPPRESSED:
    case Event::CALENDAR_PUBLISHED:
    case Event::SCHEME_TEXT_ADDED:
    case Event::SCHEME_PUBLISHED:
    case Event::PERSON_REGISTERED:
    case Event::ROLE_PROPOSED:
    case Event::ROLE_GRANTED:
    case Event::ROLE_ENDED:
    case Event::APPLICANT_REGISTERED:
    case Event::EARLIER_AWARD_REGISTERED:
    case Event::EARLIER_APPLICATION_REGISTERED:
    case Event::CALL_PUBLISHED:
    case Event::DEADLINE_PASSED:
    case Event::REVIEW_GROUP_FORMED:
    case Event::COMMITMENT_SIGNED:
      return;  // They change nothing that is decided about one application.
  }
}

}  // namespace engine
