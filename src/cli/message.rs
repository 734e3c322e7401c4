//! What is said on stderr.

use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

static QUIET: AtomicBool = AtomicBool::new(false);

/// With `true`, only errors are said.
pub fn set_quiet(quiet: bool) {
    QUIET.store(quiet, Ordering::Relaxed);
}

/// Says a line. That nobody listens is no reason to stop.
pub fn say(text: impl Display) {
    if !QUIET.load(Ordering::Relaxed) {
        let _ = writeln!(std::io::stderr(), "{text}");
    }
}

pub fn warning(text: impl Display) {
    say(format!("warning: {text}").replace("\nhint:", "\n  hint:"));
}

/// Says an error with its causes, unless it says them itself, and what to do about it below.
pub fn error(error: &anyhow::Error) {
    let _ = writeln!(std::io::stderr(), "error: {}", text_of(error));
}

fn text_of(error: &anyhow::Error) -> String {
    const HINT: &str = "\nhint: ";
    let mut causes: Vec<String> = Vec::new();
    let mut hint = None;
    for cause in error.chain() {
        let cause = cause.to_string();
        let (cause, own_hint) = match cause.split_once(HINT) {
            Some((cause, hint)) => (cause.to_owned(), Some(hint.to_owned())),
            None => (cause, None),
        };
        hint = hint.or(own_hint);
        if !causes.iter().any(|said| said.contains(&cause)) {
            causes.push(cause);
        }
    }
    let hint = hint.map_or(String::new(), |hint| format!("\n  hint: {hint}"));
    causes.join(": ") + &hint
}

/// A progress display, on a terminal only.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// `total`: the number of steps, where it is known.
    pub fn new(what: &'static str, total: Option<u64>) -> Self {
        let is_shown = std::io::stderr().is_terminal() && !QUIET.load(Ordering::Relaxed);
        let target = if is_shown {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let (template, length) = match total {
            Some(_) => ("{msg} [{bar:30}] {pos}/{len}  {per_sec}  {eta} left", total),
            None => ("{spinner} {msg} {pos}  {per_sec}", None),
        };
        // Both templates are tested by being shown; a bad one shows the default bar.
        let style = ProgressStyle::with_template(template)
            .unwrap_or_else(|_| ProgressStyle::default_bar())
            .progress_chars("━╸ ");
        let bar = ProgressBar::with_draw_target(length, target).with_style(style);
        bar.set_message(what);
        if is_shown {
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Self { bar }
    }

    pub fn step(&self, count: usize) {
        self.bar.inc(count as u64);
    }

    /// Says a line above the bar.
    pub fn say(&self, text: impl Display) {
        self.bar.suspend(|| say(text));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context;

    #[test]
    fn causes_stand_before_the_hint_and_are_said_once() {
        let denied = || std::io::Error::other("permission denied");
        let error = Err::<(), _>(denied())
            .context("cannot write a\nhint: try b")
            .unwrap_err();
        assert_eq!(
            text_of(&error),
            "cannot write a: permission denied\n  hint: try b"
        );
        let error = Err::<(), _>(denied())
            .context("store: permission denied")
            .unwrap_err();
        assert_eq!(text_of(&error), "store: permission denied");
    }
}
