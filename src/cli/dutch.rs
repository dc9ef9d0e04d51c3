//! clap speaks English; here its help gets Dutch headings and its errors become Dutch sentences.

use super::Exit;
use super::args::Arguments;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches};
use std::error::Error as _;
use std::ffi::OsString;

const TEMPLATE: &str = "{about-with-newline}\nGebruik: {usage}\n\n{all-args}{after-help}";

/// The arguments, or how to end.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, Exit> {
    let parsed = command().try_get_matches_from(arguments).and_then(|mut m| Arguments::from_arg_matches_mut(&mut m));
    parsed.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A reader that stopped reading help is no fault.
            let _ = error.print();
            Exit::Clean
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            Exit::Misuse
        }
        _ => {
            eprintln!("fout: {}\n  Meer uitleg: plantoets --help", plantoets::report::harmless(&sentence(&error)));
            Exit::Misuse
        }
    })
}

/// The command with Dutch help.
pub fn command() -> Command {
    dutch(Arguments::command(), "plantoets")
}

fn dutch(command: Command, path: &str) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    let mut command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .help_template(TEMPLATE)
        .subcommand_help_heading("Opdrachten")
        .subcommand_value_name("OPDRACHT")
        .arg(Arg::new("help").long("help").short('h').action(ArgAction::Help).help("Toon deze hulp"));
    if path == "plantoets" {
        command = command.arg(Arg::new("version").long("version").short('V').action(ArgAction::Version).help("Toon de versie"));
    }
    command = command.mut_args(|arg| {
        let heading = if arg.is_positional() { "Argumenten" } else { "Opties" };
        let arg = arg.help_heading(heading);
        if arg.get_action().takes_values() { arg.hide_default_value(true).hide_possible_values(true) } else { arg }
    });
    let usage = usage(&command, path);
    for name in names {
        let path = format!("{path} {name}");
        command = command.mut_subcommand(name, |sub| dutch(sub, &path));
    }
    command.override_usage(usage)
}

/// "plantoets check [OPTIES] <PAD>...".
fn usage(command: &Command, path: &str) -> String {
    let mut usage = format!("{path} [OPTIES]");
    for arg in command.get_positionals() {
        let name = arg.get_value_names().and_then(|n| n.first()).map_or("", |n| n.as_str());
        let more = if matches!(arg.get_action(), ArgAction::Append) { "..." } else { "" };
        usage += &format!(" <{name}>{more}");
    }
    if command.has_subcommands() {
        usage += " <OPDRACHT>";
    }
    usage
}

/// What was wrong, and what to do.
fn sentence(error: &clap::Error) -> String {
    let get = |kind| error.get(kind).map(words).unwrap_or_default();
    let arg = get(ContextKind::InvalidArg);
    let meant = |kind| match get(kind) {
        name if name.is_empty() => String::new(),
        name => format!("; bedoelde u {name}?"),
    };
    match error.kind() {
        ErrorKind::InvalidValue if get(ContextKind::InvalidValue).is_empty() => {
            format!("bij {arg} ontbreekt een waarde; kies uit {}", get(ContextKind::ValidValue))
        }
        ErrorKind::InvalidValue => {
            let valid = get(ContextKind::ValidValue);
            format!("'{}' kan niet bij {arg}; kies uit {valid}", get(ContextKind::InvalidValue))
        }
        ErrorKind::ValueValidation => {
            let why = error.source().map(|s| s.to_string()).unwrap_or_default();
            format!("'{}' kan niet bij {arg}; {why}", get(ContextKind::InvalidValue))
        }
        ErrorKind::UnknownArgument => format!("onbekende optie '{arg}'{}", meant(ContextKind::SuggestedArg)),
        ErrorKind::InvalidSubcommand => {
            let valid = get(ContextKind::ValidSubcommand);
            let hint = if valid.is_empty() { meant(ContextKind::SuggestedSubcommand) } else { format!("; kies uit {valid}") };
            format!("onbekende opdracht '{}'{hint}", get(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("hier ontbreekt {arg}"),
        ErrorKind::MissingSubcommand => format!("hier ontbreekt een opdracht; kies uit {}", get(ContextKind::ValidSubcommand)),
        ErrorKind::ArgumentConflict if arg == get(ContextKind::PriorArg) => format!("{arg} mag maar één keer"),
        ErrorKind::ArgumentConflict => format!("{arg} kan niet samen met {}", get(ContextKind::PriorArg)),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("bij {arg} staat een verkeerd aantal waarden")
        }
        ErrorKind::InvalidUtf8 => "een van de opties is geen UTF-8".to_owned(),
        _ => "de opdracht is niet te begrijpen".to_owned(),
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(one) => one.clone(),
        ContextValue::Strings(list) => list.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(list) => list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        ContextValue::Number(n) => n.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(line: &str) -> String {
        let arguments = line.split_whitespace();
        let parsed = command().try_get_matches_from(arguments).and_then(|mut m| Arguments::from_arg_matches_mut(&mut m));
        sentence(&parsed.unwrap_err())
    }

    #[test]
    fn clap_finds_no_fault_in_the_definition() {
        command().debug_assert();
    }

    #[test]
    fn wrong_use_is_told_in_dutch() {
        let cases = [
            ("plantoets check a --format xml", "'xml' kan niet bij --format <VORM>; kies uit text, json"),
            ("plantoets check a --peildatum morgen", "'morgen' kan niet bij --peildatum <JJJJ-MM-DD>; schrijf jaar"),
            ("plantoets check a --fromat json", "onbekende optie '--fromat'; bedoelde u --format?"),
            ("plantoets chek a", "onbekende opdracht 'chek'"),
            ("plantoets check", "hier ontbreekt <PAD>..."),
            ("plantoets check a --format json --format text", "--format <VORM> mag maar één keer"),
            ("plantoets check a --format", "bij --format <VORM> ontbreekt een waarde"),
            ("plantoets eval a --part 3/2", "geen deel; schrijf bijvoorbeeld 1/2"),
        ];
        for (line, wanted) in cases {
            let said = said(line);
            assert!(said.contains(wanted), "{line}: {said}");
        }
    }

    #[test]
    fn the_help_speaks_dutch_only() {
        let mut all = vec![command()];
        while let Some(mut command) = all.pop() {
            command.build();
            let help = command.render_help().to_string();
            for english in ["Usage", "Options", "Arguments", "Commands", "Print", "possible", "default:", "OPTIONS"] {
                assert!(!help.contains(english), "{english}:\n{help}");
            }
            assert!(help.contains("Gebruik: plantoets"), "{help}");
            all.extend(command.get_subcommands().cloned());
        }
    }
}
