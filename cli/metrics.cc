#include "cli/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/text_serializer.h>

#include "cli/app.h"

namespace cli {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

const prometheus::Histogram::BucketBoundaries seconds = {0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25,
                                                         0.5,   0.75, 1,     2.5,  5,     7.5, 10};

MetricFamily gauge(const char* name, const std::string& words, double value) {
  ClientMetric one;
  one.gauge.value = value;
  return {name, words, MetricType::Gauge, {one}};
}

MetricFamily counter(const char* name, const std::string& words, double value) {
  ClientMetric one;
  one.counter.value = value;
  return {name, words, MetricType::Counter, {one}};
}

MetricFamily lags(const Health& health) {
  MetricFamily family{"probity_projection_lag_events",
                      help("视图落后日志的事件数", "events that a view has not taken in yet"),
                      MetricType::Gauge,
                      {}};
  for (const auto& lag : health.lags) {
    ClientMetric one;
    one.label = {{"projection", std::string(lag.view)}};
    one.gauge.value = static_cast<double>(lag.events);
    family.metric.push_back(one);
  }
  return family;
}

MetricFamily build_info() {
  auto family = gauge("probity_build_info", help("程序版本", "the program's version"), 1);
  family.metric.front().label = {{"version", PROBITY_VERSION}};
  return family;
}

}  // namespace

Metrics::Metrics()
    : durations_(prometheus::BuildHistogram()
                     .Name("probity_http_request_duration_seconds")
                     .Help(help("到答复为止的时间；流到开始为止",
                                "until a request is answered; of a stream, until it begins"))
                     .Register(registry_)),
      commands_(prometheus::BuildCounter()
                    .Name("probity_commands_total")
                    .Help(help("已答复的指令", "commands that were answered"))
                    .Register(registry_)) {}

void Metrics::answered(const std::string& method, const std::string& route, int status,
                       std::chrono::duration<double> took) {
  durations_
      .Add({{"method", method}, {"route", route}, {"status", std::to_string(status)}}, seconds)
      .Observe(took.count());
}

void Metrics::commanded(const std::string& type, const std::string& outcome) {
  commands_.Add({{"type", type}, {"outcome", outcome}}).Increment();
}

std::string Metrics::text(const Health& health, const Traffic& traffic) const {
  auto all = registry_.Collect();
  all.push_back(build_info());
  all.push_back(gauge("probity_connections", help("打开的连接", "open connections"),
                      static_cast<double>(traffic.connections)));
  all.push_back(
      counter("probity_connections_refused_total",
              help("因连接过多而关闭的新连接", "new connections closed for there were too many"),
              static_cast<double>(traffic.connections_refused)));
  all.push_back(gauge("probity_sse_clients", help("打开的事件流", "open streams of events"),
                      static_cast<double>(traffic.streams)));
  all.push_back(counter("probity_sse_dropped_total",
                        help("因读取过慢而切断的事件流", "streams cut because nobody read them"),
                        static_cast<double>(traffic.streams_cut)));
  all.push_back(gauge("probity_log_position", help("日志末位", "the head of the log"),
                      static_cast<double>(health.head)));
  all.push_back(lags(health));
  all.push_back(gauge("probity_checkpoint_behind_seconds",
                      help("最早的未签名事件已等待的时间；没有则为 0",
                           "how long the oldest event without a checkpoint has waited; 0: none"),
                      health.checkpoint_behind.count()));
  all.push_back(gauge("probity_disk_free_bytes",
                      help("数据所在磁盘的可用空间", "free space where the data lie"),
                      static_cast<double>(health.disk_free_bytes)));
  return prometheus::TextSerializer().Serialize(all);
}

}  // namespace cli
