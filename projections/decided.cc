#include "projections/decided.h"

#include <utility>

#include "events/moment.h"
#include "projections/json.h"

namespace projections {
namespace {

namespace json = boost::json;
using events::Event;
using events::view;

constexpr Outcome submitted{"submitted", {"已申报", "submitted"}};
constexpr Outcome withdrawn{"withdrawn", {"已撤回", "withdrawn"}};
constexpr Outcome passed{"passed", {"通过", "passed"}};
constexpr Outcome failed{"failed", {"未通过", "failed"}};
constexpr Outcome accepted{"accepted", {"已受理", "accepted"}};
constexpr Outcome reviewed{"reviewed", {"已评审", "reviewed"}};
constexpr Outcome taken_back{"takenBack", {"评审结果作废", "result taken back"}};
constexpr Outcome ranked{"ranked", {"已排序", "ranked"}};
constexpr Outcome listed{"listed", {"列入名单", "listed"}};
constexpr Outcome not_listed{"notListed", {"未列入名单", "not listed"}};
constexpr Outcome on_notice{"onNotice", {"公示中", "on notice"}};
constexpr Outcome notice_ended{"noticeEnded", {"公示结束", "notice ended"}};
constexpr Outcome approved{"approved", {"已批准", "approved"}};
constexpr Outcome conferred{"conferred", {"已授奖", "conferred"}};
constexpr Outcome objected_away{"objectedAway", {"异议成立，退出评选", "objected away"}};
constexpr Outcome excluded{"excluded", {"退出评选", "excluded"}};
constexpr Outcome transferred{"transferred", {"已转入其他类别", "transferred"}};
constexpr Outcome supplement_wanted{"supplementRequested", {"待补正", "supplement requested"}};
constexpr Outcome supplemented{"supplementFiled", {"已补正", "supplement filed"}};
constexpr Outcome asked{"departmentAsked", {"已征询部门", "department asked"}};
constexpr Outcome answered{"departmentAnswered", {"部门已答复", "department answered"}};
constexpr Outcome opposed{"departmentObjected", {"部门有异议", "department objected"}};

constexpr Outcome adjusted{"adjusted", {"现场评审调整", "changed by the visit"}};
constexpr Outcome result_entered{"resultEntered", {"结果已登记", "result entered"}};
constexpr Outcome tie_settled{"tieSettled", {"并列已裁定", "tie in rank settled"}};
constexpr Outcome voted_for{"votedFor", {"表决通过", "passed by ballot"}};
constexpr Outcome voted_down{"votedDown", {"表决未通过", "not passed by ballot"}};
constexpr Outcome left_vacant{"leftVacant", {"名额空缺", "places left vacant"}};

json::object result(std::uint64_t numerator, std::uint32_t denominator) {
  return {{"numerator", number(numerator)},
          {"denominator", denominator},
          {"points", points(numerator, denominator)}};
}

std::vector<Decided> each(capnp::List<capnp::Text>::Reader applications, capnp::Text::Reader step,
                          Outcome outcome) {
  std::vector<Decided> out;
  out.reserve(applications.size());
  for (auto application : applications) {
    out.push_back({view(application), view(step), outcome, {}});
  }
  return out;
}

std::vector<Decided> decided(events::RankingFixed::Reader event) {
  std::vector<Decided> out;
  for (auto entry : event.getEntries()) {
    auto more = result(entry.getNumerator(), entry.getDenominator());
    more["rank"] = entry.getRank();
    out.push_back({view(entry.getApplication()), view(event.getStep()), ranked, std::move(more)});
  }
  return out;
}

std::vector<Decided> decided(events::ListFixed::Reader event) {
  auto out = each(event.getListed(), event.getStep(), listed);
  for (Decided& one : each(event.getOthers(), event.getStep(), not_listed)) {
    out.push_back(std::move(one));
  }
  json::object more;
  set_text(more, "reason", view(event.getReason()));
  for (Decided& one : out) one.more = more;
  return out;
}

std::vector<Decided> decided(events::ListApproved::Reader event) {
  auto out = each(event.getListed(), event.getStep(), approved);
  for (Decided& one : out) one.more["document"] = json_text(view(event.getDocument()));
  return out;
}

Decided decided(events::ScoreAdjusted::Reader event) {
  auto more = result(event.getNumerator(), event.getDenominator());
  more["item"] = json_text(view(event.getItem()));
  more["change"] = json_text(signed_points(event.getDeltaHundredths()));
  set_text(more, "reason", view(event.getReason()));
  return {view(event.getApplication()), view(event.getStep()), adjusted, std::move(more)};
}

Decided decided(events::ResultEntered::Reader event) {
  // Not its points: those are of the review, or of the ranking that counts both.
  json::object more;
  more["stepPoints"] = json_text(points(event.getNumerator(), event.getDenominator()));
  more["basis"] = json_text(view(event.getBasis()));
  set_text(more, "reason", view(event.getReason()));
  return {view(event.getApplication()), view(event.getStep()), result_entered, std::move(more)};
}

std::vector<Decided> decided(events::RankTieSettled::Reader event) {
  auto out = each(event.getOrder(), event.getStep(), tie_settled);
  int place = 0;
  for (Decided& one : out) {
    one.more["place"] = ++place;
    set_text(one.more, "reason", view(event.getReason()));
  }
  return out;
}

std::vector<Decided> decided(events::BallotClosed::Reader event) {
  std::vector<Decided> out;
  for (auto count : event.getCounts()) {
    json::object more;
    auto part = [](unsigned number) { return std::to_string(number); };
    more["votes"] = words(
        "同意 " + part(count.getFavour()) + "、反对 " + part(count.getAgainst()) + "、弃权 " +
            part(count.getAbstain()) + "、回避 " + part(count.getRecused()),
        part(count.getFavour()) + " in favour, " + part(count.getAgainst()) + " against, " +
            part(count.getAbstain()) + " abstaining, " + part(count.getRecused()) + " recused");
    out.push_back({view(count.getApplication()), view(event.getStep()),
                   count.getPassed() ? voted_for : voted_down, std::move(more)});
  }
  return out;
}

std::vector<Decided> decided(events::AwardLeftVacant::Reader event) {
  auto out = each(event.getOthers(), event.getStep(), left_vacant);
  for (Decided& one : out) {
    one.more["places"] = event.getPlaces();
    set_text(one.more, "reason", view(event.getReason()));
  }
  return out;
}

Decided decided(events::AwardConferred::Reader event) {
  json::object more;
  more["award"] = json_text(view(event.getAward()));
  more["conferredOn"] = json_text(events::text(events::to_date(event.getConferredOn())));
  more["certificate"] = json_text(view(event.getCertificate()));
  return {view(event.getApplication()), view(event.getStep()), conferred, std::move(more)};
}

Decided decided(events::Acted::Reader event) {
  json::object more;
  set_text(more, "opinion", view(event.getOpinion()));
  return {view(event.getApplication()), view(event.getStep()),
          event.getOutcome() == events::Outcome::FAILED ? failed : passed, std::move(more)};
}

Decided decided(events::ApplicationExcluded::Reader event) {
  json::object more;
  set_text(more, "objection", view(event.getObjection()));
  more["reason"] = json_text(view(event.getReason()));
  more["clause"] = json_text(view(event.getClause()));
  bool objected = event.getObjection().size() > 0;
  return {view(event.getApplication()), view(event.getStep()), objected ? objected_away : excluded,
          std::move(more)};
}

Decided decided(events::TrackTransferred::Reader event) {
  json::object more;
  more["from"] = json_text(view(event.getFrom()));
  more["track"] = json_text(view(event.getTo()));
  more["reason"] = json_text(view(event.getReason()));
  return {view(event.getApplication()), {}, transferred, std::move(more)};
}

Decided decided(events::DepartmentAnswered::Reader event) {
  json::object more;
  more["body"] = json_text(view(event.getBody()));
  more["answer"] = json_text(view(event.getAnswer()));
  return {view(event.getApplication()), view(event.getStep()),
          event.getObjects() ? opposed : answered, std::move(more)};
}

// What somebody is asked for, or answers, before an application is decided on.
std::vector<Decided> asked_back(Event::Reader event) {
  if (event.isSupplementRequested()) {
    auto body = event.getSupplementRequested();
    return {{view(body.getApplication()),
             view(body.getStep()),
             supplement_wanted,
             {{"wanted", json_text(view(body.getWanted()))}}}};
  }
  if (event.isSupplementFiled()) {
    auto body = event.getSupplementFiled();
    return {{view(body.getApplication()),
             view(body.getStep()),
             supplemented,
             {{"explanation", json_text(view(body.getExplanation()))}}}};
  }
  if (event.isDepartmentAsked()) {
    auto body = event.getDepartmentAsked();
    return {{view(body.getApplication()),
             view(body.getStep()),
             asked,
             {{"body", json_text(view(body.getBody()))},
              {"question", json_text(view(body.getQuestion()))}}}};
  }
  if (event.isDepartmentAnswered()) return {decided(event.getDepartmentAnswered())};
  return {};
}

}  // namespace

std::vector<Decided> decided(const events::Recorded& recorded) {
  Event::Reader event = recorded.event();
  switch (event.which()) {
    case Event::APPLICATION_SUBMITTED: {
      auto body = event.getApplicationSubmitted();
      return {{view(body.getApplication()), view(body.getStep()), submitted, {}}};
    }
    case Event::APPLICATION_WITHDRAWN: {
      auto body = event.getApplicationWithdrawn();
      return {{view(body.getApplication()), {}, withdrawn, {{"reason", view(body.getReason())}}}};
    }
    case Event::ACTED:
      return {decided(event.getActed())};
    case Event::APPLICATION_ACCEPTED: {
      auto body = event.getApplicationAccepted();
      json::object more;
      set_text(more, "opinion", view(body.getOpinion()));
      return {{view(body.getApplication()), view(body.getStep()), accepted, std::move(more)}};
    }
    case Event::REVIEW_CLOSED: {
      auto body = event.getReviewClosed();
      return {{view(body.getApplication()), view(body.getStep()), reviewed,
               result(body.getNumerator(), body.getDenominator())}};
    }
    case Event::SCORE_ADJUSTED:
      return {decided(event.getScoreAdjusted())};
    case Event::RESULT_ENTERED:
      return {decided(event.getResultEntered())};
    case Event::RANK_TIE_SETTLED:
      return decided(event.getRankTieSettled());
    case Event::BALLOT_CLOSED:
      return decided(event.getBallotClosed());
    case Event::AWARD_LEFT_VACANT:
      return decided(event.getAwardLeftVacant());
    case Event::SCORES_VOIDED: {
      auto body = event.getScoresVoided();
      if (body.getUndone().size() == 0) return {};
      return {{view(body.getApplication()),
               view(body.getStep()),
               taken_back,
               {{"reviewer", json_text(view(body.getReviewer()))}}}};
    }
    case Event::RANKING_FIXED:
      return decided(event.getRankingFixed());
    case Event::LIST_FIXED:
      return decided(event.getListFixed());
    case Event::NOTICE_PUBLISHED: {
      auto body = event.getNoticePublished();
      return each(body.getListed(), body.getStep(), on_notice);
    }
    case Event::NOTICE_ENDED:
      return each(event.getNoticeEnded().getListed(), event.getNoticeEnded().getStep(),
                  notice_ended);
    case Event::LIST_APPROVED:
      return decided(event.getListApproved());
    case Event::AWARD_CONFERRED:
      return {decided(event.getAwardConferred())};
    case Event::APPLICATION_EXCLUDED:
      return {decided(event.getApplicationExcluded())};
    case Event::TRACK_TRANSFERRED:
      return {decided(event.getTrackTransferred())};
    default:
      return asked_back(event);
  }
}

void set_decided(json::object& row, const Decided& one) {
  set_text(row, "step", one.step);
  row["outcome"] = json_text(one.outcome.code);
  row["outcomeName"] = words(one.outcome.name);
  for (const auto& member : one.more) row[member.key()] = member.value();
}

}  // namespace projections
