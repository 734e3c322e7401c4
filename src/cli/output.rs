//! Where data go: stdout or a file.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Standard output or a file, buffered.
pub struct Output {
    writer: BufWriter<Box<dyn Write>>,
    path: Option<PathBuf>,
}

impl Output {
    /// Standard output, or the file at `path` unless that is `-`.
    pub fn new(path: Option<&Path>) -> Result<Self> {
        let path = path.filter(|p| *p != Path::new("-")).map(Path::to_path_buf);
        let writer: Box<dyn Write> = match &path {
            None => Box::new(io::stdout().lock()),
            Some(path) => Box::new(File::create(path).with_context(|| unwritable(path))?),
        };
        Ok(Self {
            writer: BufWriter::with_capacity(1 << 16, writer),
            path,
        })
    }

    /// Whether a person reads along.
    pub fn is_terminal(&self) -> bool {
        self.path.is_none() && io::stdout().is_terminal()
    }

    /// Writes all that is still held back.
    pub fn finish(mut self) -> Result<()> {
        match &self.path {
            Some(path) => self.writer.flush().with_context(|| unwritable(path)),
            None => Ok(self.writer.flush()?),
        }
    }
}

impl Write for Output {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.writer.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// The start of a message about a path that cannot be written.
pub fn unwritable(path: &Path) -> String {
    let hint = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() && !parent.exists() => {
            format!("make the folder {} first", parent.display())
        }
        _ => "choose another place with --output".to_owned(),
    };
    format!("cannot write {}\nhint: {hint}", path.display())
}
