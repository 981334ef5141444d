#include "events/parse_yaml.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <spanstream>

#include "events/faults.h"
#include "events/node_builder.h"
#include "events/utf8.h"

namespace events {

namespace {

// What yaml-cpp calls. It cannot be told to stop, so after a fault that leaves the tree without its
// shape the handler only waits for the end.
class Handler : public YAML::EventHandler {
 public:
  Handler(std::string_view text, Places& places, Faults& faults)
      : text_(text), places_(places), faults_(faults), builder_(faults, yaml_depth_max) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 1) return;
    stop(mark, {"文件中只能有一个 YAML 文档", "only one YAML document may stand in a file"});
  }
  void OnDocumentEnd() override {}

  void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
    refuse(mark, {fmt::format("不允许使用锚点（&{}）", shown(name)),
                  fmt::format("anchors are not permitted (&{})", shown(name))});
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse(mark, {"不允许使用别名（*）", "aliases are not permitted (*)"});
    scalar(mark, Node{});
  }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse_tag(mark, "");
    scalar(mark, Node{});
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    refuse_tag(mark, tag);
    refuse_open_quote(mark);
    Node node;
    node.kind = Node::Kind::text;
    node.plain = tag == "?";
    node.text = value;
    scalar(mark, std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, Node::Kind::list);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, Node::Kind::map);
  }
  void OnMapEnd() override { close(); }

  int documents() const { return documents_; }
  NodeBuilder& builder() { return builder_; }

 private:
  void scalar(const YAML::Mark& mark, Node node) {
    if (stopped_) return;
    node.place = place(mark);
    if (!builder_.awaits_name()) {
      stopped_ = !builder_.add(std::move(node));
    } else if (node.kind == Node::Kind::text) {
      builder_.name(std::move(node.text), node.place);
    } else {
      stop(mark, {"名称须为文本", "a name must be a text"});
    }
  }

  void open(const YAML::Mark& mark, const std::string& tag, Node::Kind kind) {
    refuse_tag(mark, tag);
    if (stopped_) return;
    if (builder_.awaits_name()) {
      stop(mark, {"名称须为文本", "a name must be a text"});
    } else if (!builder_.open(kind, place(mark))) {
      stopped_ = true;
    }
  }

  void close() {
    if (!stopped_) builder_.close();
  }

  // yaml-cpp gives "?" or "!" to what has no tag; a lone "!" can only be seen in the text.
  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    const bool lone = offset(mark) < text_.size() && text_[offset(mark)] == '!';
    if (!lone && (tag.empty() || tag == "?" || tag == "!")) return;
    refuse(mark, {"不允许使用标签（!）", "tags are not permitted (!)"});
  }

  // yaml-cpp takes the end of the text for the closing quote.
  void refuse_open_quote(const YAML::Mark& mark) {
    const std::size_t begin = offset(mark);
    const char quote = begin < text_.size() ? text_[begin] : '\0';
    if (quote != '"' && quote != '\'') return;
    std::size_t end = begin + 1;
    for (; end < text_.size(); ++end) {
      if (quote == '"' && text_[end] == '\\') {
        ++end;
      } else if (quote == '\'' && text_.substr(end, 2) == "''") {
        ++end;
      } else if (text_[end] == quote) {
        return;
      }
    }
    refuse(mark, {"引号没有闭合", "the quote is not closed"});
  }

  void refuse(const YAML::Mark& mark, Words words) {
    if (!stopped_) faults_.add(place(mark), builder_.path(), std::move(words));
  }

  void stop(const YAML::Mark& mark, Words words) {
    refuse(mark, std::move(words));
    stopped_ = true;
  }

  static std::size_t offset(const YAML::Mark& mark) {
    return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
  }
  Place place(const YAML::Mark& mark) { return places_.at(offset(mark)); }

  std::string_view text_;
  Places& places_;
  Faults& faults_;
  NodeBuilder builder_;
  int documents_ = 0;
  bool stopped_ = false;
};

// yaml-cpp ends the text at U+0004 without a word, and knows no other control character than a
// line's.
std::size_t control_at(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == 0x7f || (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r')) return i;
  }
  return std::string_view::npos;
}

// yaml-cpp passes over every line that begins so, wherever it stands.
std::size_t directive_at(std::string_view text) {
  if (text.starts_with('%')) return 0;
  const std::size_t line_end = text.find("\n%");
  return line_end == std::string_view::npos ? line_end : line_end + 1;
}

bool readable(std::string_view text, Places& places, Faults& faults) {
  if (text.size() > yaml_bytes_max) {
    faults.add(places.at(0), "",
               {fmt::format("YAML 超过 {} 字节", yaml_bytes_max),
                fmt::format("the YAML is longer than {} bytes", yaml_bytes_max)});
  } else if (const auto at = invalid_utf8_at(text); at != std::string_view::npos) {
    faults.add(places.at(at), "", {"不是有效的 UTF-8", "this is not valid UTF-8"});
  } else if (const auto control = control_at(text); control != std::string_view::npos) {
    faults.add(places.at(control), "", {"含有控制字符", "there is a control character"});
  } else if (const auto directive = directive_at(text); directive != std::string_view::npos) {
    faults.add(places.at(directive), "", {"行首不能是 %", "a line cannot begin with %"});
  }
  return faults.empty();
}

}  // namespace

Result<Node> parse_yaml(std::string_view text, std::string_view source) {
  if (text.starts_with("\ufeff")) text.remove_prefix(3);  // Some editors put it before UTF-8.
  Faults faults(source);
  Places places(text);
  if (!readable(text, places, faults)) return faults.refuse();

  Handler handler(text, places, faults);
  try {
    std::ispanstream stream(std::span<const char>(text.data(), text.size()));
    YAML::Parser parser(stream);
    while (handler.documents() < 2 && parser.HandleNextDocument(handler)) {
    }
  } catch (const YAML::Exception& exception) {
    const int at = exception.mark.pos;
    faults.add(places.at(at < 0 ? text.size() : static_cast<std::size_t>(at)),
               handler.builder().path(),
               {"YAML 写法有误：" + exception.msg, "this is not YAML: " + exception.msg});
  }
  if (faults.empty() && handler.documents() == 0) {
    faults.add(places.at(0), "", {"文本为空", "the text is empty"});
  }
  if (!faults.empty()) return faults.refuse();
  return handler.builder().take();
}

}  // namespace events
