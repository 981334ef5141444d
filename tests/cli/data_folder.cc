#include "tests/cli/data_folder.h"

#include <chrono>
#include <fstream>
#include <iterator>

#include "cli/folder.h"
#include "events/assert.h"
#include "tests/built.h"
#include "tests/given.h"

namespace tests {
namespace {

events::Moment opening() { return *events::parse_moment("2017-05-01T09:00:00+08:00"); }

}  // namespace

DataFolder::DataFolder(int people) {
  {
    auto made = cli::create_folder(app(), {origin, "Asia/Shanghai", "admin", opening()});
    ASSERT(made.has_value());
  }
  send(people);
}

void DataFolder::add(int people) {
  ++days_;
  send(people);
}

void DataFolder::send(int people) {
  auto opened = cli::open_to_write(app());
  ASSERT(opened.has_value());
  cli::WritingFolder folder = *std::move(opened);
  folder.simulated->move_to(opening() + std::chrono::days(days_) + std::chrono::minutes(1));
  for (int i = 0; i < people; ++i) {
    std::string id = "p-" + std::to_string(++people_);
    auto reply = folder.writer->write(command(
        R"({"id": "register-)" + id + R"(", "actor": "admin", "registerPerson": {"person": ")" +
        id + R"(", "name": "王小)" + id + R"("}})"));
    ASSERT(!reply.refusal);
  }
}

cli::App DataFolder::app() const {
  cli::App app;
  app.data = data();
  return app;
}

Ending DataFolder::run_in(const char* language, std::vector<std::string> arguments) {
  Program program;
  program.arguments = {tests::built_program, "--data", data(), "--lang", language};
  program.arguments.insert(program.arguments.end(), globals.begin(), globals.end());
  program.arguments.insert(program.arguments.end(), arguments.begin(), arguments.end());
  return run(program);
}

Ending DataFolder::probity(std::vector<std::string> arguments) {
  return run_in("zh", std::move(arguments));
}

Ending DataFolder::probity_en(std::vector<std::string> arguments) {
  return run_in("en", std::move(arguments));
}

std::string DataFolder::write(const std::string& name, const std::string& text) const {
  std::ofstream(file(name), std::ios::binary) << text;
  return file(name);
}

std::string DataFolder::read(const std::string& name) const {
  std::ifstream in(file(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void DataFolder::change_store(const std::function<void(events::Store&)>& change) const {
  events::LogOptions options;
  options.folder = data();
  auto store = events::open_store(options, events::Access::write);
  ASSERT(store.has_value());
  change(**store);
}

}  // namespace tests
