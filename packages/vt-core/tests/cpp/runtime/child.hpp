// SPDX-License-Identifier: Apache-2.0
// Running part of a test in a forked child: limits, fork safety and deaths stay there.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

namespace vt::test {

inline constexpr int kChildPassed = 42;
inline constexpr unsigned kChildSeconds = 20;

// Runs `body` in a child and returns its wait status in words: "passed" when it returned true within kChildSeconds.
template <class Body>
const char* run_in_child(Body&& body) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    alarm(kChildSeconds);
    bool passed = false;
    try {
      passed = body();
    } catch (...) {
      _exit(1);
    }
    _exit(passed ? kChildPassed : 2);
  }
  int status = 0;
  if (waitpid(child, &status, 0) != child) return "not waited for";
  if (WIFSIGNALED(status)) return WTERMSIG(status) == SIGALRM ? "hung" : "killed by a signal";
  switch (WEXITSTATUS(status)) {
    case kChildPassed: return "passed";
    case 1: return "threw";
    default: return "failed";
  }
}

}  // namespace vt::test
