// What a durable command costs among many tenants, most of whom are idle.
#include "crowd.hpp"
#include "rounds.hpp"

namespace bench {
namespace {

/// The engine among so many tenants.
class among {
  public:
    among(const std::string& database, std::size_t size, commands& make)
        : tenants_{database, make, crowd::logs::of_the_busy}, on_{opened(database), 0, make} {
        tenants_.grow_to(size, [](std::size_t, std::size_t) {});
    }
    /// The microseconds of one command, of a tenant whose state the engine has.
    double commit(commands& make) {
        next_ = (next_ + 617) % tenants_.busy().size();
        const auto& id = tenants_.busy()[next_];
        on_.do_one(make.by(engineer, id, attempt()));  // loads it
        const auto again = make.by(engineer, id, attempt());
        return timed([&] { on_.do_one(again); }) / 1e3;
    }

  private:
    crowd tenants_;
    served<postgres_store> on_;
    std::size_t next_ = 0;
};

}  // namespace

void postgres_growth(figures& into, postgres_server::server& on, commands& make) {
    among few{on.fresh(), 10'000, make};
    among many{on.fresh(), 1'000'000, make};
    const auto found = in_turns(
        1000, [&] { return many.commit(make); }, [&] { return few.commit(make); });
    into.push_back({"postgres_growth", "us", found.ours, found.reference, bar::at_most, 1.3,
                    "one durable command among 1M tenants / among 10k"});
}

}  // namespace bench
