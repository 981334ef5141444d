// All that runs while the server does: the log and its writer behind a queue, the views that follow
// it, and the ticker that sends what has fallen due. Any thread may submit and read.
#pragma once

#include <future>
#include <memory>
#include <thread>

#include "cli/attempts.h"
#include "cli/folder.h"
#include "cli/metrics.h"
#include "cli/page_token.h"
#include "cli/passphrases.h"
#include "cli/people.h"
#include "engine/command_bus.h"
#include "projections/follower.h"
#include "projections/store.h"

namespace cli {

class Office {
 public:
  // `grown` is called, on a thread of the office, whenever the log has grown; `caught_up` while the
  // views are being brought to its head, before this returns.
  static events::Result<std::unique_ptr<Office>> open(
      const App& app, const engine::CommandBusOptions& queue, std::function<void()> grown,
      const projections::Follower::Progress& caught_up);
  explicit Office(WritingFolder folder, std::unique_ptr<projections::Store> store,
                  const std::filesystem::path& safe, const engine::CommandBusOptions& queue,
                  std::function<void()> grown);
  ~Office();  // What was submitted is written first.
  Office(const Office&) = delete;
  Office& operator=(const Office&) = delete;

  events::Log& log() { return *folder_.log; }
  const events::Safe& safe() const { return *folder_.safe; }
  const projections::Store& store() const { return *store_; }
  Metrics& metrics() { return metrics_; }
  const Passphrases& passphrases() const { return passphrases_; }
  Attempts& attempts() { return attempts_; }
  const PageTokens& page_tokens() const { return page_tokens_; }
  People& people() { return people_; }
  events::Moment now() const { return folder_.clock->now(); }

  // The store, once the view has come to the position.
  events::Result<const projections::Store*> rows(const projections::View& view,
                                                 events::Position position);
  events::Result<> submit(events::Message<engine::Command> command, engine::CommandBus::Done done,
                          events::Authentication authentication);
  // What the server itself says for somebody whom it has let in; waits until it is on disk.
  events::Result<> say(const std::string& person,
                       const std::function<void(engine::Command::Builder)>& fill);
  // Whether what is sent to it is encrypted: a cookie is then for nothing else.
  bool secure() const { return secure_; }
  void set_secure(bool secure) { secure_ = secure; }

 private:
  void tick(std::stop_token stop);
  void watch(std::stop_token stop);

  WritingFolder folder_;
  std::unique_ptr<projections::Store> store_;
  std::unique_ptr<projections::Follower> follower_;
  Passphrases passphrases_;
  Attempts attempts_;
  PageTokens page_tokens_;
  People people_;
  Metrics metrics_;
  std::function<void()> grown_;
  bool secure_ = false;
  std::unique_ptr<engine::CommandBus> bus_;
  // Ended in the reverse order, each before what it uses.
  std::jthread following_;
  std::jthread watching_;
  std::jthread ticking_;
};

}  // namespace cli
