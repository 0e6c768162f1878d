// Judges a reply and writes another, for the case in a file. Prints what `svar validate` and `svar draft` print; what was
// found is told for people, from values.
//
//   cargo rustc --release --lib --features capi --crate-type cdylib
//   c++ -std=c++17 -Iinclude examples/cpp/example.cpp -Ltarget/release -lsvar -Wl,-rpath,target/release -o example
//   ./example examples/case.json
#include <fstream>
#include <iostream>
#include <iterator>

#include "svar.hpp"

int main(int count, char **arguments) {
  if (count != 2) return 2;
  std::ifstream file(arguments[1], std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  std::string reply = "Hei Jonas! 🙃 Du burde ha lest driftsmeldingene. Hilsen Ida";
  try {
    svar::Policy policy = svar::Policy::builtin();  // once
    svar::Scratch scratch;                          // once for each thread

    // May we say this? As JSON, and as values.
    std::cout << policy.ask("validate", R"({"case":)" + text + R"(,"reply":")" + reply + R"("})", scratch) << '\n';

    svar::Case facts;
    facts.channel = "facebook";
    facts.language = "nb";
    facts.intent = "complaint";
    facts.agent_name = "Ida";
    facts.messages.push_back({"Ruteren har blinket rødt siden i går, og ingen svarer på chatten!!"});
    svar::Report report = policy.validate(facts, reply, scratch);
    for (std::size_t at = 0; at < report.size(); at++) {
      svar::Finding finding = report[at];
      std::cerr << finding.rule << ": " << finding.message << '\n';
    }
    std::cout << report.json() << '\n';

    // What should we say?
    std::cout << policy.ask("draft", R"({"case":)" + text + "}", scratch) << '\n';
  } catch (const svar::Error &error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
