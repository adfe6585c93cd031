// Loaded before a program: its clock of the day goes back one day each time somebody looks.
#include <atomic>
#include <ctime>
#include <dlfcn.h>

// NOLINTBEGIN(readability-identifier-naming): the C library's names
extern "C" int clock_gettime(clockid_t clock, timespec* out) noexcept {
  using Real = int (*)(clockid_t, timespec*);
  static const Real real = reinterpret_cast<Real>(::dlsym(RTLD_NEXT, "clock_gettime"));
  static std::atomic<std::time_t> looks = 0;
  constexpr std::time_t kDay = 86400;
  const int result = real(clock, out);
  if (result == 0 && clock == CLOCK_REALTIME) out->tv_sec -= kDay * looks++;
  return result;
}

extern "C" std::time_t time(std::time_t* out) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (out != nullptr) *out = now.tv_sec;
  return now.tv_sec;
}
// NOLINTEND(readability-identifier-naming)
