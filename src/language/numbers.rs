//! How the long lists of small things are packed into the program: as whole numbers of four bytes, which are taken over many at a time where
//! fields would be read one by one. For `#[serde(with)]`.

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// What can be written as `N` numbers.
pub(super) trait Numbers<const N: usize>: Sized {
    /// As numbers.
    fn to_numbers(&self) -> [u32; N];
    /// From the numbers that [`Self::to_numbers`] made; None for others.
    fn of_numbers(numbers: [u32; N]) -> Option<Self>;
}

impl Numbers<1> for u32 {
    fn to_numbers(&self) -> [u32; 1] {
        [*self]
    }

    fn of_numbers([number]: [u32; 1]) -> Option<u32> {
        Some(number)
    }
}

pub(super) fn serialize<T: Numbers<N>, S: Serializer, const N: usize>(list: &[T], to: S) -> Result<S::Ok, S::Error> {
    let bytes: Vec<u8> = list.iter().flat_map(T::to_numbers).flat_map(u32::to_le_bytes).collect();
    to.serialize_bytes(&bytes)
}

pub(super) fn deserialize<'de, T: Numbers<N>, D: Deserializer<'de>, const N: usize>(from: D) -> Result<Vec<T>, D::Error> {
    from.deserialize_bytes(Bytes(PhantomData))
}

struct Bytes<T, const N: usize>(PhantomData<T>);

impl<T: Numbers<N>, const N: usize> Visitor<'_> for Bytes<T, N> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("numbers of four bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
        let (numbers, rest) = bytes.as_chunks::<4>();
        let (items, more) = numbers.as_chunks::<N>();
        let strange = || E::custom("these are no such numbers");
        if !rest.is_empty() || !more.is_empty() {
            return Err(strange());
        }
        let mut list = Vec::with_capacity(items.len());
        for numbers in items {
            list.push(T::of_numbers(numbers.map(u32::from_le_bytes)).ok_or_else(strange)?);
        }
        Ok(list)
    }
}
