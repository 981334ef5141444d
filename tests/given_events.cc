#include "tests/given_events.h"

#include <boost/json/serialize.hpp>

#include "events/assert.h"
#include "events/texts.h"
#include "projections/all.h"

namespace tests {
namespace {

namespace json = boost::json;
using events::set_all;
using events::size_of;

std::int64_t micros(const std::string& moment) {
  auto parsed = events::parse_moment(moment);
  ASSERT(parsed.has_value());
  return events::to_micros(*parsed);
}

}  // namespace

GivenEvents::GivenEvents() : env_(rocksdb::NewMemEnv(rocksdb::Env::Default())) {
  events::LogOptions options;
  options.folder = "/data";
  options.env = env_.get();
  auto log = events::Log::create(options);
  ASSERT(log.has_value());
  log_ = std::move(*log);
  at("2026-03-01T09:00:00Z");
  add([](auto event) {
    auto body = event.initLogOpened();
    body.setLog("log");
    body.setOrigin("test.example/log");
    body.setZone("Asia/Shanghai");
    body.setClock(events::ClockKind::SIMULATED);
    body.setAdministrator("admin");
  });
}

GivenEvents& GivenEvents::at(const std::string& moment) {
  now_ = events::to_moment(micros(moment));
  return *this;
}

GivenEvents& GivenEvents::by(const std::string& actor, const std::string& role) {
  actor_ = actor;
  role_ = role;
  return *this;
}

Position GivenEvents::add(const std::vector<Fill>& fills, const Finish& finish) {
  std::vector<events::Draft> drafts;
  for (const Fill& fill : fills) fill(drafts.emplace_back().event());
  if (finish) finish(drafts.front().record());
  events::Envelope envelope;
  envelope.actor = actor_;
  envelope.on_behalf_of = role_;
  envelope.command_id = "c-" + std::to_string(++commands_);
  envelope.effective_on = std::chrono::floor<std::chrono::days>(now_);
  events::Batch batch("test.example/log", log_->head(), log_->last());
  auto added = batch.add(envelope, now_, drafts);
  ASSERT(added.has_value());
  now_ += std::chrono::minutes(1);
  return log_->append(batch);
}

Position GivenEvents::call(const std::string& round,
                           const std::vector<std::pair<std::string, std::string>>& deadlines) {
  return add([&](auto event) {
    auto body = event.initCallPublished();
    body.setRound(round);
    body.setScheme("demo");
    body.setSchemePosition(1);
    body.setYear(2026);
    auto list = body.initDeadlines(static_cast<unsigned>(deadlines.size()));
    for (unsigned i = 0; i < deadlines.size(); ++i) {
      list[i].setStep(deadlines[i].first);
      list[i].setCloses(micros(deadlines[i].second));
    }
  });
}

Position GivenEvents::pass_deadline(const std::string& round, const std::string& step,
                                    const std::string& closes) {
  return add([&](auto event) {
    auto body = event.initDeadlinePassed();
    body.setRound(round);
    body.setStep(step);
    body.setCloses(micros(closes));
  });
}

Position GivenEvents::submit(const std::string& application, const std::string& round,
                             const std::string& applicant, const std::string& track) {
  return add([&](auto event) {
    auto body = event.initApplicationSubmitted();
    body.setApplication(application);
    body.setRound(round);
    body.setApplicant(applicant);
    body.setStep("apply");
    body.setTrack(track);
    body.setScheme("demo");
    body.setYear(2026);
    auto form = body.initForm(2);
    form[0].setField("employees");
    form[0].setValue("120");
    form[1].setField("contact");
    auto sealed = form[1].initSealed();
    sealed.setPerson("p-1");
    sealed.setBox(kj::StringPtr("closed box").asBytes());
  });
}

Position GivenEvents::withdraw(const std::string& application, const std::string& round) {
  return add([&](auto event) {
    auto body = event.initApplicationWithdrawn();
    body.setApplication(application);
    body.setRound(round);
    body.setReason("next year");
  });
}

Position GivenEvents::act(const std::string& application, const std::string& step, bool passed) {
  return add([&](auto event) {
    auto body = event.initActed();
    body.setApplication(application);
    body.setStep(step);
    body.setOutcome(passed ? events::Outcome::PASSED : events::Outcome::FAILED);
  });
}

Position GivenEvents::accept(const std::string& application, const std::string& round,
                             const std::string& step, const std::string& track) {
  return add([&](auto event) {
    auto body = event.initApplicationAccepted();
    body.setApplication(application);
    body.setRound(round);
    body.setStep(step);
    body.setTrack(track);
  });
}

Position GivenEvents::declare(const std::string& application, const std::string& reviewer,
                              bool tie) {
  return add([&](auto event) {
    auto body = event.initTieDeclared();
    body.setApplication(application);
    body.setReviewer(reviewer);
    if (!tie) return body.setNone();
    body.initTie().setGround(events::TieGround::EMPLOYED);
    body.getTie().setExplanation("worked there in 2024");
  });
}

Position GivenEvents::recuse(const std::string& application, const std::string& person) {
  return add([&](auto event) {
    auto body = event.initRecusalEntered();
    body.setApplication(application);
    body.setPerson(person);
    body.setKind(events::RecusalKind::ORDERED);
    body.setClause("demo 5.2");
  });
}

Position GivenEvents::score(const std::string& application, const std::string& step,
                            const std::string& reviewer, const std::string& item, unsigned percent,
                            Position replaces) {
  return add([&](auto event) {
    auto body = event.initScoreEntered();
    body.setApplication(application);
    body.setStep(step);
    body.setReviewer(reviewer);
    body.setItem(item);
    body.setPercent(static_cast<std::uint16_t>(percent));
    body.setHundredths(percent * 60);
    body.setReplaces(replaces);
  });
}

Position GivenEvents::submit_sheet(const std::string& application, const std::string& step,
                                   const std::string& reviewer, unsigned hundredths) {
  return add([&](auto event) {
    auto body = event.initScoresSubmitted();
    body.setApplication(application);
    body.setStep(step);
    body.setReviewer(reviewer);
    body.setHundredths(hundredths);
  });
}

Position GivenEvents::close_review(const std::string& application, const std::string& round,
                                   const std::string& step, const std::string& track,
                                   std::uint64_t numerator, std::uint32_t denominator,
                                   const Ids& reviewers) {
  return add([&](auto event) {
    auto body = event.initReviewClosed();
    body.setApplication(application);
    body.setRound(round);
    body.setStep(step);
    body.setTrack(track);
    body.setNumerator(numerator);
    body.setDenominator(denominator);
    set_all(body.initReviewers(size_of(reviewers)), reviewers);
  });
}

Position GivenEvents::rank(const std::string& round, const std::string& step,
                           const std::string& track, const Ids& applications) {
  return add([&](auto event) {
    auto body = event.initRankingFixed();
    body.setRound(round);
    body.setStep(step);
    body.setTrack(track);
    auto entries = body.initEntries(size_of(applications));
    for (unsigned i = 0; i < applications.size(); ++i) {
      entries[i].setApplication(applications[i]);
      entries[i].setRank(static_cast<std::uint16_t>(i + 1));
      entries[i].setNumerator(90'000 - 100 * i);
      entries[i].setDenominator(3);
    }
  });
}

Position GivenEvents::list(const std::string& round, const std::string& step,
                           const std::string& track, const Ids& listed, const Ids& others) {
  return add([&](auto event) {
    auto body = event.initListFixed();
    body.setRound(round);
    body.setStep(step);
    body.setTrack(track);
    set_all(body.initListed(size_of(listed)), listed);
    set_all(body.initOthers(size_of(others)), others);
  });
}

Position GivenEvents::leave_vacant(const std::string& round, const std::string& step,
                                   const Ids& tracks) {
  return add([&](auto event) {
    auto body = event.initAwardLeftVacant();
    body.setRound(round);
    body.setStep(step);
    set_all(body.initTracks(size_of(tracks)), tracks);
    body.setPlaces(1);
    body.setReason("nobody else was good enough");
  });
}

Position GivenEvents::publish_notice(const std::string& notice, const std::string& round,
                                     const std::string& step, const Ids& listed,
                                     const std::string& closes) {
  return add([&](auto event) {
    auto body = event.initNoticePublished();
    body.setNotice(notice);
    body.setRound(round);
    body.setStep(step);
    body.setTrack("gold");
    set_all(body.initListed(size_of(listed)), listed);
    body.setCloses(micros(closes));
  });
}

Position GivenEvents::end_notice(const std::string& notice, const std::string& round,
                                 const std::string& step, const Ids& listed) {
  return add([&](auto event) {
    auto body = event.initNoticeEnded();
    body.setNotice(notice);
    body.setRound(round);
    body.setStep(step);
    body.setTrack("gold");
    set_all(body.initListed(size_of(listed)), listed);
  });
}

Position GivenEvents::confer(const std::string& application, const std::string& round,
                             const std::string& applicant, const std::string& track) {
  return add([&](auto event) {
    auto body = event.initAwardConferred();
    body.setApplication(application);
    body.setApplicant(applicant);
    body.setRound(round);
    body.setStep("confer");
    body.setTrack(track);
    body.setScheme("demo");
    body.setAward("gold");
  });
}

Position GivenEvents::take_back(const std::string& round, const std::string& track,
                                const Ids& steps) {
  return add([&](auto event) {
    auto body = event.initScoresVoided();
    body.setApplication("A-1");
    body.setRound(round);
    body.setStep("review");
    body.setTrack(track);
    body.setReviewer("wu");
    auto undone = body.initUndone(static_cast<unsigned>(steps.size()));
    for (unsigned i = 0; i < undone.size(); ++i) undone.set(i, steps[i]);
  });
}

Position GivenEvents::exclude(const std::string& application, const std::string& round,
                              const std::string& objection) {
  return add([&](auto event) {
    auto body = event.initApplicationExcluded();
    body.setApplication(application);
    body.setRound(round);
    body.setStep("notice");
    body.setObjection(objection);
    body.setReason("confirmed in writing");
    body.setClause("demo 9");
  });
}

Position GivenEvents::refuse(const std::string& command, const std::string& clause,
                             const Ids& attempts) {
  return add([&](auto event) {
    auto body = event.initCommandRefused();
    body.setCommand(command);
    body.setCode("forbidden");
    body.setClause(clause);
    body.getWords().setZh("已回避");
    body.getWords().setEn("recused");
    set_all(body.initAttempts(size_of(attempts)), attempts);
    body.setCounted(actor_ + ":" + attempts.front() + ":2026-03-01");
  });
}

std::unique_ptr<projections::Store> followed(GivenEvents& given, Position until,
                                             const std::string& folder) {
  auto store = projections::Store::open({.folder = folder, .env = given.env()});
  ASSERT(store.has_value());
  projections::Follower follower(given.log(), **store, projections::all);
  auto caught_up = follower.catch_up(until);
  ASSERT(caught_up.has_value());
  return std::move(*store);
}

std::string all_rows(const projections::Store& store, Position at) {
  std::string out;
  for (const projections::View& view : projections::all) {
    auto page = store.scan(view, {.at = at, .limit = 100'000});
    ASSERT(page.has_value());
    for (const projections::Row& row : page->rows) {
      out.append(view.name).append(" ").append(std::to_string(row.position)).append(" ");
      out.append(json::serialize(row.row)).append("\n");
    }
  }
  return out;
}

json::value row_at(const projections::Store& store, const std::string& view,
                   const std::vector<std::string>& key, Position at) {
  auto row = store.get(*projections::find_view(view), key, at);
  ASSERT(row.has_value());
  if (!*row) return nullptr;
  return (*row)->row;
}

std::string shown(const json::value& row, const std::string& member) {
  const json::value* value = row.is_object() ? row.get_object().if_contains(member) : nullptr;
  if (!value || value->is_null()) return "";
  if (const auto* text = value->if_string()) return {text->data(), text->size()};
  if (const auto* object = value->if_object()) {
    if (object->contains("en")) return shown(*value, "en");
  }
  return json::serialize(*value);
}

}  // namespace tests
