//! The command line: arguments, help and errors in Dutch, and what each command does.

mod args;
mod batch;
mod check;
mod dutch;
mod evaluate;
mod lists;
mod output;
mod progress;
mod rules;
mod text;

use args::Command;
use output::Messages;
use std::ffi::OsString;
use std::process::ExitCode;

/// How a command ends. The numbers are part of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// No findings at the chosen level.
    Clean = 0,
    /// Findings at the chosen level.
    Findings = 1,
    /// Some document could not be read.
    Unreadable = 3,
    /// Wrong use, or a fault in a dossier.toml or rule file.
    Misuse = 2,
    /// Broken off by the user.
    BrokenOff = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Parses and runs.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let args = match dutch::parse(arguments) {
        Ok(args) => args,
        Err(exit) => return exit,
    };
    let messages = Messages::new(args.color);
    let done = match args.command {
        Command::Check(a) => check::run(*a, &messages),
        Command::Explain(a) => rules::explain(&a, &messages),
        Command::Checks(a) => rules::checks(&a.command, &messages),
        Command::Text(a) => text::run(&a, &messages),
        Command::Eval(a) => evaluate::run(&a, &messages),
        Command::Worker => plantoets::batch::worker::run().map(|()| Exit::Clean).map_err(Into::into),
    };
    done.unwrap_or_else(|error| {
        messages.error(&format!("{error:#}"));
        Exit::Misuse
    })
}
