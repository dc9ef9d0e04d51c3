//! The rules are embedded: a rule file that is added or taken away must rebuild the program.

fn main() {
    println!("cargo:rerun-if-changed=checks");
}
