//! What goes over the pipes between the program and its workers: messages in postcard, each after its length.

use crate::dossier::{DocumentEntry, Dossier};
use crate::ingest::picture::Drawn;
use crate::pipeline::{Identity, Options};
use crate::run::DossierRun;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::io::{self, Read, Write};
use std::path::PathBuf;

/// The first message to a worker.
#[derive(Serialize, Deserialize)]
pub struct Start {
    /// What was asked of the run.
    pub options: Options,
    /// Rules of the user's own.
    pub checks: Option<PathBuf>,
    /// So many bytes of memory.
    pub memory: u64,
}

/// What a worker is asked to do. Documents as read travel as the bytes that the worker itself made of them: the program keeps them and never
/// looks inside.
#[derive(Serialize, Deserialize)]
pub enum Job {
    /// Read a document.
    Read(DocumentEntry),
    /// Say of whom a document is.
    Identify(Vec<u8>),
    /// Assess a dossier, given its documents as read.
    Judge(Box<Dossier>, Vec<Vec<u8>>),
    /// Draw pages of a document.
    Draw(PathBuf, Vec<u32>),
}

/// What a worker says.
#[derive(Serialize, Deserialize)]
pub enum Answer {
    /// It begins on this document of the dossier, or on all together.
    At(Option<usize>),
    /// A document as read.
    Read(Reading),
    /// Of whom a document is.
    Identified(Identity),
    /// A dossier as assessed.
    Judged(Box<DossierRun>),
    /// Pages as drawn, and the digest of the bytes they were drawn from. Err says in Dutch why there are none.
    Drawn(Option<String>, Result<Vec<Drawn>, String>),
}

/// A document as read.
#[derive(Serialize, Deserialize)]
pub struct Reading {
    /// The digest of the bytes that were read.
    pub sha256: Option<String>,
    /// Number of pages.
    pub pages: usize,
    /// It would come out the same another time, as far as the worker can tell.
    pub lasting: bool,
    /// A `ReadDocument` without its path and kind, which are the dossier's.
    pub bytes: Vec<u8>,
}

/// Sends a message.
pub fn send<T: Serialize>(out: &mut impl Write, message: &T) -> io::Result<()> {
    let bytes = postcard::to_stdvec(message).map_err(io::Error::other)?;
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(&bytes)?;
    out.flush()
}

/// Waits for a message.
pub fn receive<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<T> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    // Grows with what comes: a length by itself is no reason to take memory.
    let mut bytes = Vec::new();
    if from.take(length.into()).read_to_end(&mut bytes)? < length as usize {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    postcard::from_bytes(&bytes).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_out_as_they_went_in() {
        let mut pipe = Vec::new();
        send(&mut pipe, &Answer::At(Some(3))).unwrap();
        send(&mut pipe, &Job::Identify(vec![7; 300])).unwrap();
        let mut from = pipe.as_slice();
        assert!(matches!(receive(&mut from).unwrap(), Answer::At(Some(3))));
        assert!(matches!(receive(&mut from).unwrap(), Job::Identify(bytes) if bytes == [7; 300]));
        assert_eq!(receive::<Job>(&mut from).err().unwrap().kind(), io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn a_broken_message_is_an_error() {
        let mut pipe = Vec::new();
        send(&mut pipe, &Job::Identify(vec![7; 300])).unwrap();
        assert!(receive::<Job>(&mut &pipe[..100]).is_err());
        assert!(receive::<Job>(&mut [255u8, 255, 255, 255, 1].as_slice()).is_err());
        assert!(receive::<Job>(&mut [1u8, 0, 0, 0, 99].as_slice()).is_err());
    }

    #[test]
    fn a_whole_dossier_goes_over_the_pipe() {
        let run = crate::report::samples::run();
        let mut pipe = Vec::new();
        for dossier in &run.dossiers {
            send(&mut pipe, dossier).unwrap();
        }
        let mut from = pipe.as_slice();
        for dossier in &run.dossiers {
            assert_eq!(receive::<DossierRun>(&mut from).unwrap(), *dossier);
        }
    }
}
