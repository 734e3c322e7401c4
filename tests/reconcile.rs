//! `newsgraph link --reconcile` with a real service: csv-reconcile, which makes one from a table.
//!
//! Needs Python with csv-reconcile: `scripts/test` installs it and runs this. By hand, with
//! NEWSGRAPH_PYTHON naming a Python that has it: `cargo test --release --test reconcile -- --ignored`.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The rows of the sample gazetteer that a service of names alone can tell apart, and others.
const TABLE: &str = "id\tname\nQ1\tMarta Quell\nQ2\tPetro Olenskyy\nQ3\tLena Sorensen\nQ4\tJohn Smith\n\
    Q5\tJohn Smith\nQ6\tNorthern Ferries\nQ7\tTomas Vaner\n";
const MANIFEST: &str = r#"{"name": "Directory", "identifierSpace": "https://directory.example/"}"#;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Python with csv-reconcile: what `scripts/test` made, if nothing else is said.
fn python() -> PathBuf {
    std::env::var_os("NEWSGRAPH_PYTHON").map_or_else(
        || Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("python/bin/python"),
        PathBuf::from,
    )
}

/// A service that runs until it is dropped.
struct Service {
    process: Child,
    url: String,
    _folder: tempfile::TempDir,
}

impl Service {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let table = folder.path().join("table.tsv");
        std::fs::write(&table, TABLE).expect("a table");
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = free.local_addr().expect("an address");
        drop(free);
        let process = Command::new(python())
            .arg(root().join("tests/reconcile_server.py"))
            .args([&table, folder.path()])
            .args([&address.port().to_string(), MANIFEST])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect(
                "Python with csv-reconcile: scripts/test installs it, NEWSGRAPH_PYTHON names it",
            );
        let service = Self {
            process,
            url: format!("http://{address}/reconcile"),
            _folder: folder,
        };
        let begin = Instant::now();
        while TcpStream::connect(address).is_err() {
            assert!(
                begin.elapsed() < Duration::from_secs(60),
                "csv-reconcile does not start"
            );
            std::thread::sleep(Duration::from_millis(100));
        }
        service
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Exit status, stdout, stderr of `newsgraph link` on the sample articles.
fn link(url: &str, arguments: &[&str]) -> (i32, String, String) {
    let output = assert_cmd::Command::cargo_bin("newsgraph")
        .expect("the program is built")
        .arg("link")
        .args([
            "--memory",
            "tests/fixtures/link/articles",
            "--reconcile",
            url,
        ])
        .args(arguments)
        .current_dir(root())
        .output()
        .expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.code().expect("an exit status"),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
#[ignore = "needs csv-reconcile (PyPI), which scripts/test installs"]
fn a_real_service_links_what_is_no_guess() {
    let service = Service::start();
    let (status, stdout, stderr) = link(&service.url, &[]);
    assert_eq!(status, 0, "{stderr}");
    let links: Vec<(String, String)> = stdout
        .lines()
        .map(|line| {
            let link: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let text = |field: &str| link[field].as_str().expect(field).to_owned();
            assert_eq!(text("source"), service.url);
            assert!(text("reason").contains("for the service"), "{line}");
            (text("entity"), text("same_as"))
        })
        .collect();
    // Spelt otherwise is a match where nothing else is found; two of one name are none; another
    // family name is another person, whatever the service holds of it.
    let expected = [
        ("person/marta-quell", "https://directory.example/Q1"),
        ("person/petro-olenskiy", "https://directory.example/Q2"),
    ];
    assert_eq!(links, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert!(
        stderr.contains("Directory: 2 linked, 1 ambiguous"),
        "{stderr}"
    );
    assert!(stderr.contains("ambiguous: John Smith"), "{stderr}");
}

#[test]
#[ignore = "needs csv-reconcile (PyPI), which scripts/test installs"]
fn a_service_that_is_elsewhere_is_told_by_its_address() {
    let service = Service::start();
    let elsewhere = service.url.replace("/reconcile", "/nowhere");
    let (status, _, stderr) = link(&elsewhere, &[]);
    assert_eq!(status, 2);
    assert!(
        stderr.contains(&elsewhere) && stderr.contains("status 404"),
        "{stderr}"
    );
}
