//! `gatewright check --watch`: what changes is checked again, soon.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use libtest_mimic::{Failed, Trial};

use crate::{gatewright, scratch};

pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("watch::changes_are_checked_again", changes)]
}

/// A program that is stopped at the end, whatever happens.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

const RIGHT: &str = "gatewright: 1\nname: orders\nkind: http\ncors: none\nfunctions: { orders: { name: orders } }\nroutes:\n  GET /orders: orders\n";

fn changes() -> Result<(), Failed> {
    let folder = scratch("watch");
    let file = folder.join("gatewright.yaml");
    std::fs::write(&file, RIGHT)?;
    let mut child = gatewright()
        .args(["check", "--watch"])
        .current_dir(&folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    let said = BufReader::new(child.stderr.take().ok_or("no standard error")?);
    let _running = Running(child);
    let (sender, lines) = channel();
    std::thread::spawn(move || said.lines().map_while(Result::ok).try_for_each(|it| sender.send(it)));

    until(&lines, "no findings in 1 file")?;
    until(&lines, "watching 1 folder")?;
    let start = Instant::now();
    std::fs::write(&file, RIGHT.replace(": orders\n", ": ordres\n"))?;
    until(&lines, "1 error in 1 file")?;
    let taken = start.elapsed();
    // As editors save: a new file takes the place of the old one.
    until(&lines, "watching 1 folder")?;
    std::fs::write(folder.join("new.tmp"), RIGHT)?;
    std::fs::rename(folder.join("new.tmp"), &file)?;
    until(&lines, "no findings in 1 file")?;
    // A folder that was not there before is watched, too.
    std::fs::create_dir(folder.join("more"))?;
    until(&lines, "watching 2 folders")?;
    std::fs::write(folder.join("more/gatewright.yaml"), RIGHT)?;
    until(&lines, "no findings in 2 files")?;
    // It takes some 20 ms; a machine with other work to do takes longer.
    if taken > Duration::from_secs(2) {
        return Err(format!("a change was seen after {taken:?}").into());
    }
    Ok(())
}

/// Waits for a line.
fn until(lines: &Receiver<String>, wanted: &str) -> Result<(), Failed> {
    let mut seen = Vec::new();
    loop {
        match lines.recv_timeout(Duration::from_secs(20)) {
            Ok(line) if line.contains(wanted) => return Ok(()),
            Ok(line) => seen.push(line),
            Err(it) => return Err(format!("`{wanted}` was not said ({it}):\n{}", seen.join("\n")).into()),
        }
    }
}
