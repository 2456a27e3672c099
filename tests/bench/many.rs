//! A repository of 1,000 files with 20 routes each, checked in one run: process start, walk and report included, beside the
//! bare parse of the same files on the same cores.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::bare_parse;
use crate::specification::Kind;

/// How many files there are.
const FILES: usize = 1_000;

pub(crate) fn measure() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-many");
    let text = Kind::Http.specification(20);
    let paths: Vec<_> =
        (0..FILES).map(|it| folder.join(format!("services/{it:04}/gatewright.yaml"))).collect();
    for path in &paths {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &text).unwrap();
    }
    let bare = || {
        let start = Instant::now();
        let events: usize =
            paths.par_iter().map(|it| bare_parse(&std::fs::read_to_string(it).unwrap())).sum();
        assert!(events > FILES);
        start.elapsed()
    };
    let check = || {
        let start = Instant::now();
        let output = Command::new(env!("CARGO_BIN_EXE_gatewright"))
            .arg("check")
            .current_dir(&folder)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let time = start.elapsed();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && said.contains(&format!("{FILES} files")), "{said}");
        time
    };
    // One after the other, so that a noisy machine is noisy for both.
    let mut times: Vec<(Duration, Duration)> = (0..15).map(|_| (bare(), check())).collect();
    times.sort_by_key(|it| it.0);
    let bare = times[0].0;
    let check = times.iter().map(|it| it.1).min().unwrap_or_default();
    println!(
        "\n{FILES} files of 20 routes: {:.1} ms for the bare parse of all on {} cores, {:.1} ms for `gatewright check`: \
         {:.2}×",
        bare.as_secs_f64() * 1e3,
        rayon::current_num_threads(),
        check.as_secs_f64() * 1e3,
        check.as_secs_f64() / bare.as_secs_f64(),
    );
}
