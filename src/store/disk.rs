//! A store's folder: marker, lock, database.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::StoreError;
use crate::graph::Base;

/// Version of the way data lie in a store; a store of a greater version is not opened.
pub const FORMAT: u32 = 1;

const MARKER: &str = "newsgraph-store.json";
const NEW_MARKER: &str = "newsgraph-store.json.new";
const LOCK: &str = "lock";
const DATABASE: &str = "data";

/// What a folder says of itself.
#[derive(Serialize, Deserialize)]
struct Marker {
    format: u32,
    base: String,
}

/// Holds the lock file's lock until dropped; the system releases it when the process ends.
pub(super) struct Lock(#[expect(dead_code, reason = "dropping it unlocks")] Option<File>);

/// A store's folder, locked.
pub(super) struct Folder {
    path: PathBuf,
    base: Base,
    lock: Lock,
    is_read_only: bool,
}

impl Folder {
    /// Opens or makes the folder for writing.
    pub fn open(path: &Path, base: Option<&Base>) -> Result<Self, StoreError> {
        ensure_disk(path)?;
        if !path.exists() {
            fs::create_dir_all(path).map_err(file_error(path))?;
        }
        let has_marker = is_store(path)?;
        let lock = lock(path, false)?;
        let base = if has_marker {
            read_marker(path)?
        } else {
            let base = base.cloned().unwrap_or_default();
            write_marker(path, &base)?;
            base
        };
        Ok(Self {
            path: path.to_owned(),
            base,
            lock,
            is_read_only: false,
        })
    }

    /// Opens the folder for reading.
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        ensure_disk(path)?;
        // A folder whose making was interrupted has no data yet.
        if !path.exists() || !is_store(path)? || !path.join(DATABASE).exists() {
            return Err(StoreError::Missing {
                path: path.to_owned(),
            });
        }
        let lock = lock(path, true)?;
        Ok(Self {
            path: path.to_owned(),
            base: read_marker(path)?,
            lock,
            is_read_only: true,
        })
    }

    pub const fn base(&self) -> &Base {
        &self.base
    }

    pub fn into_lock(self) -> Lock {
        self.lock
    }

    /// Opens the database in the folder.
    #[cfg(feature = "rocksdb")]
    pub fn database(&self) -> Result<oxigraph::store::Store, StoreError> {
        use oxigraph::store::{StorageError, Store};

        let path = self.path.join(DATABASE);
        let opened = if self.is_read_only {
            Store::open_read_only(&path)
        } else {
            Store::open(&path)
        };
        opened.map_err(|error| {
            // Somebody else than newsgraph may hold RocksDB's own lock.
            let is_locked = error.to_string().contains("LOCK");
            match error {
                StorageError::Io(_) if is_locked => StoreError::Locked {
                    path: self.path.clone(),
                },
                StorageError::Io(source) => StoreError::File {
                    path: self.path.clone(),
                    source,
                },
                error => StoreError::Storage(error),
            }
        })
    }

    /// [`ensure_disk`] has refused before.
    #[cfg(not(feature = "rocksdb"))]
    pub fn database(&self) -> Result<oxigraph::store::Store, StoreError> {
        let _ = self.is_read_only;
        Err(StoreError::NoDisk {
            path: self.path.clone(),
        })
    }
}

fn ensure_disk(path: &Path) -> Result<(), StoreError> {
    if cfg!(feature = "rocksdb") {
        Ok(())
    } else {
        Err(StoreError::NoDisk {
            path: path.to_owned(),
        })
    }
}

fn file_error(path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::File { path, source }
}

/// Whether the folder is a store already; `false`: it is empty.
fn is_store(path: &Path) -> Result<bool, StoreError> {
    if !path.is_dir() {
        return Err(StoreError::NotAStore {
            path: path.to_owned(),
        });
    }
    if path.join(MARKER).exists() {
        return Ok(true);
    }
    for entry in fs::read_dir(path).map_err(file_error(path))? {
        let name = entry.map_err(file_error(path))?.file_name();
        if name != LOCK && name != NEW_MARKER {
            return Err(StoreError::NotAStore {
                path: path.to_owned(),
            });
        }
    }
    Ok(false)
}

fn read_marker(path: &Path) -> Result<Base, StoreError> {
    let file = path.join(MARKER);
    let text = fs::read_to_string(&file).map_err(file_error(&file))?;
    let broken = |what: String| {
        let source = io::Error::new(io::ErrorKind::InvalidData, what);
        StoreError::File {
            path: file.clone(),
            source,
        }
    };
    let marker: Marker = serde_json::from_str(&text).map_err(|e| broken(e.to_string()))?;
    if marker.format > FORMAT {
        let (found, path) = (marker.format, path.to_owned());
        return Err(StoreError::NewerVersion {
            path,
            found,
            supported: FORMAT,
        });
    }
    marker
        .base
        .parse()
        .map_err(|e: crate::graph::InvalidBase| broken(e.to_string()))
}

/// Writes the marker as a whole or not at all.
pub(super) fn write_marker(path: &Path, base: &Base) -> Result<(), StoreError> {
    let marker = Marker {
        format: FORMAT,
        base: base.to_string(),
    };
    let (new, file) = (path.join(NEW_MARKER), path.join(MARKER));
    let text = serde_json::to_string(&marker).map_err(|e| file_error(&file)(e.into()))?;
    fs::write(&new, text + "\n").map_err(file_error(&new))?;
    fs::rename(&new, &file).map_err(file_error(&file))
}

fn lock(path: &Path, is_shared: bool) -> Result<Lock, StoreError> {
    let file = path.join(LOCK);
    let opened = if is_shared {
        // On a read-only medium nobody writes, so a missing lock file is no harm.
        match File::open(&file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Lock(None)),
            opened => opened,
        }
    } else {
        OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&file)
    };
    let opened = opened.map_err(file_error(&file))?;
    let locked = if is_shared {
        opened.try_lock_shared()
    } else {
        opened.try_lock()
    };
    match locked {
        Ok(()) => Ok(Lock(Some(opened))),
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked {
            path: path.to_owned(),
        }),
        Err(TryLockError::Error(source)) => Err(StoreError::File { path: file, source }),
    }
}
