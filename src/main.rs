//! The command line of newsgraph.

mod cli;

/// A graph is millions of short texts, which the system's allocator takes long for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
