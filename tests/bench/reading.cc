// Whole passes and single looks at a log of many rounds, against bare iteration and bare writing.
#include <rocksdb/db.h>

#include <map>
#include <random>
#include <variant>

#include "engine/evolve.h"
#include "events/assert.h"
#include "events/subject.h"
#include "events/verify.h"
#include "projections/all.h"
#include "projections/follower.h"
#include "tests/bench/bench.h"
#include "tests/bench/floor.h"

namespace bench {
namespace {

constexpr int applications_a_round = 200;
constexpr int reviewers = 3;
constexpr int items = 23;

// Events of invented rounds, put into the log without being decided: what they weigh is what
// counts.
class Filler {
 public:
  explicit Filler(events::Log& log) : log_(log), batch_("bench.example/log", 0, {}) {}

  void fill(std::uint64_t count) {
    add([](auto event) {
      auto opened = event.initLogOpened();
      opened.setLog("log");
      opened.setOrigin("bench.example/log");
      opened.setZone("Asia/Shanghai");
      opened.setAdministrator("admin-1");
    });
    while (written() < count) round();
    flush();
  }

 private:
  events::Position written() const { return batch_.head(); }

  template <class Fill>
  void add(const Fill& fill) {
    std::vector<events::Draft> drafts(1);
    fill(drafts.front().event());
    events::Envelope envelope;
    envelope.actor = actor_;
    envelope.on_behalf_of = "reviewer";
    envelope.command_id = "b-" + std::to_string(++commands_);
    auto added = batch_.add(envelope, now_, drafts);
    ASSERT(added.has_value());
    if (batch_.items().size() == 512) flush();
  }

  void flush() {
    if (batch_.empty()) return;
    log_.append(batch_);
    batch_ = events::Batch("bench.example/log", log_.head(), log_.last());
  }

  void round() {
    std::string round = "r-" + std::to_string(++rounds_);
    add([&](auto event) {
      auto call = event.initCallPublished();
      call.setRound(round);
      call.setScheme("shanghai-2016");
      call.setCalendar("china");
      call.setYear(2017);
    });
    for (int i = 0; i < applications_a_round; ++i) application(round, i);
  }

  void application(const std::string& round, int number) {
    std::string id = round + "-" + std::to_string(number);
    add([&](auto event) {
      auto submitted = event.initApplicationSubmitted();
      submitted.setApplication(id);
      submitted.setRound(round);
      submitted.setApplicant("org-" + std::to_string(number));
      submitted.setStep("apply");
      submitted.setTrack("gold-manufacturing");
    });
    for (int reviewer = 0; reviewer < reviewers; ++reviewer) {
      actor_ = "reviewer-" + std::to_string(reviewer);
      for (int item = 0; item < items; ++item) score(id, item);
    }
  }

  void score(const std::string& application, int item) {
    add([&](auto event) {
      auto score = event.initScoreEntered();
      score.setApplication(application);
      score.setStep("document-review");
      score.setReviewer(actor_);
      score.setItem("4." + std::to_string(item));
      score.setPercent(70);
      score.setHundredths(2800);
      score.setComment(
          "the approach is sound and deployed in most units; results over three years");
    });
  }

  events::Log& log_;
  events::Batch batch_;
  events::Moment now_ = *events::parse_moment("2017-03-01T00:00:00Z");
  std::string actor_ = "admin-1";
  std::uint64_t commands_ = 0;
  std::uint64_t rounds_ = 0;
};

// Every subject of a kind that has a state, folded in one pass over the log.
std::size_t fold_all(const events::Log& log) {
  using State = std::variant<engine::Person, engine::Applicant, engine::Application, engine::Round>;
  std::unordered_map<std::string, State> states;
  std::vector<events::Subject> subjects;
  auto cursor = log.read(0);
  while (cursor.next()) {
    events::subjects_of(cursor.recorded().event(), subjects);
    for (const auto& subject : subjects) {
      if (!subject.folded) continue;
      auto found = states.find(subject.name);
      if (found == states.end()) {
        auto kind = events::kind_of(subject.name);
        State state;
        if (kind == "application") {
          state = engine::Application{};
        } else if (kind == "round") {
          state = engine::Round{};
        } else if (kind == "applicant") {
          state = engine::Applicant{};
        } else if (kind != "person") {
          continue;
        }
        found = states.emplace(subject.name, std::move(state)).first;
      }
      std::visit([&](auto& state) { engine::evolve(state, cursor.recorded()); }, found->second);
    }
  }
  return states.size();
}

template <class Pass>
double events_a_second(std::uint64_t events, const Pass& pass) {
  Stopwatch watch;
  pass();
  return static_cast<double>(events) / watch.seconds();
}

template <class Pass, class Bare>
void compare(const std::string& what, const Options& options, std::uint64_t events, double goal,
             const Pass& pass, const Bare& bare) {
  if (!options.wants(what)) return;
  std::vector<double> ratios;
  std::vector<double> floors;
  int rounds = events > 1'000'000 ? 3 : options.rounds;
  for (int i = 0; i < rounds; ++i) {
    double figure = events_a_second(events, pass);
    floors.push_back(events_a_second(events, bare));
    ratios.push_back(figure / floors.back());
  }
  report(what, median(ratios) * median(floors), median(floors), goal, "events/s");
}

void bench_views(events::Log& log, const Options& options, std::uint64_t events) {
  std::vector<double> ratios;
  std::vector<double> floors;
  auto views = options.folder / "views";
  auto bare = options.folder / "bare-views";
  for (int i = 0; i < (events > 1'000'000 ? 1 : 3); ++i) {
    std::filesystem::remove_all(views);
    std::filesystem::remove_all(bare);
    double figure = events_a_second(events, [&] {
      projections::StoreOptions store_options;
      store_options.folder = views;
      auto store = projections::Store::open(store_options);
      ASSERT(store.has_value());
      projections::Follower follower(log, **store, projections::all);
      auto done = follower.catch_up(log.head());
      ASSERT(done.has_value());
    });
    // The same rows, written bare: read from one store while they are written into the other.
    std::vector<std::pair<std::string, std::string>> rows;
    double seconds = 0;
    {
      rocksdb::DB* from = nullptr;
      rocksdb::DB* to = nullptr;
      rocksdb::Options plain;
      plain.compression = rocksdb::kLZ4Compression;
      auto opened = rocksdb::DB::OpenForReadOnly(plain, (views / "rows").string(), &from);
      ASSERT(opened.ok());
      plain.create_if_missing = true;
      opened = rocksdb::DB::Open(plain, bare.string(), &to);
      ASSERT(opened.ok());
      std::unique_ptr<rocksdb::DB> from_owner(from);
      std::unique_ptr<rocksdb::DB> to_owner(to);
      std::unique_ptr<rocksdb::Iterator> all(from->NewIterator({}));
      rocksdb::WriteOptions no_wal;
      no_wal.disableWAL = true;
      rocksdb::WriteBatch batch;
      auto write = [&] {
        Stopwatch watch;
        auto status = to->Write(no_wal, &batch);
        ASSERT(status.ok());
        seconds += watch.seconds();
        batch.Clear();
      };
      for (all->SeekToFirst(); all->Valid(); all->Next()) {
        batch.Put(all->key(), all->value());
        if (batch.Count() == 1000) write();
      }
      write();
      Stopwatch watch;
      auto flushed = to->Flush({});
      ASSERT(flushed.ok());
      seconds += watch.seconds();
    }
    floors.push_back(static_cast<double>(events) / seconds);
    ratios.push_back(figure / floors.back());
  }
  report("views rebuilt", median(ratios) * median(floors), median(floors), 0.5, "events/s");
}

void bench_looks(const Options& options, std::uint64_t events) {
  events::LogOptions log_options;
  log_options.folder = options.folder / "reading";
  projections::StoreOptions store_options;
  store_options.folder = options.folder / "views";
  const auto& board = *projections::find_view("board");
  Stopwatch watch;
  auto log = events::Log::open_reader(log_options);
  ASSERT(log.has_value());
  auto store = projections::open_at(store_options, **log, projections::all, (*log)->head());
  ASSERT(store.has_value());
  projections::Scan scan;
  scan.prefix = {"r-1"};
  scan.limit = 200;
  auto page = (*store)->scan(board, scan);
  ASSERT(page.has_value());
  report_limit("open to first answer", watch.seconds(), 1, "s");
  std::mt19937_64 random(1);
  std::vector<double> times;
  std::uint64_t rounds = std::max<std::uint64_t>(1, events / 14'000);
  for (int i = 0; i < 2000; ++i) {
    scan.prefix = {"r-" + std::to_string(1 + random() % rounds)};
    scan.at = 1 + random() % (*log)->head();
    Stopwatch look;
    auto rows = (*store)->scan(board, scan);
    ASSERT(rows.has_value());
    times.push_back(look.seconds() * 1000);
  }
  std::ranges::sort(times);
  report_limit("a view of up to 200 rows as of a position, p99", percentile(times, 0.99), 10, "ms");
}

}  // namespace

void bench_reading(const Options& options) {
  const char* folded = "every subject folded in one pass";
  const char* verified = "log verified, two threads";
  const char* rebuilt = "views rebuilt";
  if (!options.wants(folded) && !options.wants(verified) && !options.wants(rebuilt)) return;
  events::LogOptions log_options;
  log_options.folder = options.folder / "reading";
  auto log = events::Log::create(log_options);
  ASSERT(log.has_value());
  Filler(**log).fill(options.events);
  std::uint64_t events = (*log)->head();
  auto iterate = [&] {
    std::size_t bytes = 0;
    auto cursor = (*log)->read(0);
    while (cursor.next()) bytes += cursor.bytes().size();
    ASSERT(bytes > 0);
  };
  iterate();
  Floor floor((options.folder / "reading-floor").string());
  for (events::Position after = 0; after < events; after += 100'000) {
    floor.write(entries_of(**log, after, after + 100'000), 512);
  }
  auto bare = [&] { ASSERT(floor.iterate() > 0); };
  compare(
      folded, options, events, 0.4, [&] { ASSERT(fold_all(**log) > 0); }, bare);
  compare(
      verified, options, events, 0.4,
      [&] {
        events::VerifyOptions how;
        how.threads = 2;
        auto report = events::verify_log(**log, how);
        ASSERT(report.has_value());
        ASSERT(report->faults.empty());
      },
      bare);
  if (!options.wants(rebuilt)) return;
  bench_views(**log, options, events);
  log->reset();
  bench_looks(options, events);
}

}  // namespace bench
