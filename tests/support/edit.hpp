// What a test does to a value: any callable, by reference, for the length of a call. Tests take
// some hundreds of lambdas for it, and a std::function of each is a quarter of what there is to
// compile.
#pragma once

#include <concepts>

namespace support {

template <class T>
class edit {
  public:
    template <std::invocable<T&> Callable>
    edit(const Callable& what)  // NOLINT(google-explicit-constructor)
        : what_(&what), call_([](const void* callable, T& value) {
              (*static_cast<const Callable*>(callable))(value);
          }) {}

    void operator()(T& value) const { call_(what_, value); }

  private:
    const void* what_;
    void (*call_)(const void*, T&);
};

}  // namespace support
