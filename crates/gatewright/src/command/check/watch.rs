//! `gatewright check --watch`: checks again whenever a file changes.

use std::collections::BTreeSet;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecursiveMode, Watcher};

use crate::args::Check;
use crate::render::{BOLD_RED, DIM, RESET};
use crate::visible::visible;
use crate::walk::folders;
use crate::{Failure, Outcome};

/// Editors write a file in several steps: a check waits until nothing has changed for this long,
const QUIET: Duration = Duration::from_millis(10);

/// but not longer than this.
const LONGEST: Duration = Duration::from_millis(50);

/// Checks, and checks again after every change, until the program is stopped.
pub(super) fn run(args: &Check) -> Result<Outcome, Failure> {
    if args.paths.iter().any(|it| it.as_os_str() == "-") {
        return Err(Failure::new("`--watch` watches files, and standard input is none"));
    }
    let cannot = |it: notify::Error| Failure::new(format!("cannot watch files: {it}"));
    let (sender, changes) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Nobody listens any more when the program ends.
        let _ = sender.send(event);
    })
    .map_err(cannot)?;
    let mut watched: BTreeSet<PathBuf> = BTreeSet::new();
    loop {
        clear();
        // Before the check, so that no change is missed; folders come and go.
        let now: BTreeSet<PathBuf> = folders(&args.paths).into_iter().collect();
        for gone in watched.difference(&now) {
            let _ = watcher.unwatch(gone);
        }
        for new in now.difference(&watched) {
            // A folder that is gone by now was said to be.
            let result = watcher.watch(new, RecursiveMode::NonRecursive);
            if let Err(it) = result
                && new.is_dir()
            {
                return Err(cannot(it));
            }
        }
        watched = now;
        // What is wrong now may be right after the next change.
        if let Err(Failure(message)) = super::once(args) {
            anstream::eprintln!("{BOLD_RED}error{RESET}: {}", visible(&message));
        }
        let count = watched.len();
        let folders = if count == 1 { "folder" } else { "folders" };
        anstream::eprintln!("{DIM}watching {count} {folders}; Ctrl-C ends{RESET}");
        wait(&changes)?;
    }
}

/// An empty terminal, so that what is shown is what is true now.
fn clear() {
    let mut out = std::io::stdout();
    if out.is_terminal() {
        // Everything, what was scrolled away, and back to the top. Source: ECMA-48, and xterm's control sequences.
        let _ = out.write_all(b"\x1b[2J\x1b[3J\x1b[H").and_then(|()| out.flush());
    }
}

/// Waits for a change that may matter, and for those that belong to it.
fn wait(changes: &Receiver<notify::Result<Event>>) -> Result<(), Failure> {
    let stopped = || Failure::new("files are no longer watched");
    loop {
        let event = changes.recv().map_err(|_| stopped())?;
        if matters(&event) {
            break;
        }
    }
    let start = Instant::now();
    while start.elapsed() < LONGEST {
        match changes.recv_timeout(QUIET) {
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return Err(stopped()),
        }
    }
    Ok(())
}

/// Whether an event may change what is found: something was written, renamed or removed.
fn matters(event: &notify::Result<Event>) -> bool {
    match event {
        Ok(event) => !matches!(event.kind, EventKind::Access(_)),
        // Events were lost: look at everything.
        Err(_) => true,
    }
}
