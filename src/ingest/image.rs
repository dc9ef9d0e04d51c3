//! Pixels to a small PNG file: at most 256 colours, which a page of print rarely misses.

use std::cmp::Reverse;

/// Bits kept of each of red, green and blue.
const BITS: u32 = 5;
/// Colours that can be told apart with these bits.
const SHADES: usize = 1 << (3 * BITS);
/// Colours of an image.
const COLOURS: usize = 256;
/// What costs half the time of the best compression and makes files a tenth larger.
const LEVEL: u8 = 4;

/// A PNG file of opaque pixels, given as red, green, blue and alpha.
pub(super) fn png(rgba: &[u8], (width, height): (u32, u32)) -> Vec<u8> {
    let kept: [u16; 256] = std::array::from_fn(|v| keep(v as u8));
    let [red, green, blue] = [0, 1, 2].map(|n| move |pixel: &[u8]| kept[usize::from(pixel[n])] << ((2 - n) as u32 * BITS));
    let shades: Vec<u16> = rgba.chunks_exact(4).map(|p| red(p) | green(p) | blue(p)).collect();
    let (palette, index) = palette(&shades);
    let pixels: Vec<u8> = shades.iter().map(|s| index[usize::from(*s)]).collect();
    let mut file = Vec::with_capacity(pixels.len() / 8);
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(palette);
    // Print repeats itself from row to row; there whole rows of indices compress better than differences.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_deflate_compression(png::DeflateCompression::Level(LEVEL));
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels));
    written.map_or_else(|_| Vec::new(), |()| file)
}

/// The bits that are kept of one of red, green and blue.
fn keep(value: u8) -> u16 {
    (u16::from(value) * ((1 << BITS) - 1) + 127) / 255
}

/// The colour of a shade.
fn colour(shade: usize) -> [u8; 3] {
    let most = (1 << BITS) - 1;
    [2, 1, 0].map(|n| ((shade >> (n * BITS) & most) * 255 / most) as u8)
}

/// The colours that occur most, three bytes each, and for every shade the nearest of them.
fn palette(shades: &[u16]) -> (Vec<u8>, Vec<u8>) {
    let mut count = vec![0; SHADES];
    for same in shades.chunk_by(|a, b| a == b) {
        count[usize::from(same[0])] += same.len();
    }
    let mut used: Vec<usize> = (0..SHADES).filter(|s| count[*s] > 0).collect();
    used.sort_unstable_by_key(|s| (Reverse(count[*s]), *s));
    let chosen: Vec<[u8; 3]> = used.iter().take(COLOURS).map(|s| colour(*s)).collect();
    let mut index = vec![0; SHADES];
    for (n, shade) in used.into_iter().enumerate() {
        index[shade] = if n < COLOURS { n as u8 } else { nearest(&chosen, colour(shade)) };
    }
    (chosen.concat(), index)
}

/// The place of the colour that differs least; the first when there are more.
fn nearest(chosen: &[[u8; 3]], wanted: [u8; 3]) -> u8 {
    let apart = |c: &[u8; 3]| c.iter().zip(wanted).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>();
    let best = chosen.iter().enumerate().min_by_key(|(_, c)| apart(c));
    best.map_or(0, |(n, _)| n as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pixels of a PNG file as red, green and blue.
    fn decoded(file: &[u8]) -> Vec<u8> {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("small")];
        reader.next_frame(&mut pixels).expect("pixels");
        pixels
    }

    #[test]
    fn few_colours_come_out_as_they_went_in() {
        let pixels = [[255, 255, 255], [0, 0, 0], [255, 0, 0], [255, 255, 255]];
        let rgba: Vec<u8> = pixels.iter().flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect();
        assert_eq!(decoded(&png(&rgba, (2, 2))), pixels.concat());
        // A tint in a table stays apart from the paper, and near to what it was.
        let tint = decoded(&png(&[244, 248, 251, 255], (1, 1)));
        assert!(tint != [255; 3] && tint.iter().zip([244u8, 248, 251]).all(|(a, b)| a.abs_diff(b) <= 4), "{tint:?}");
    }

    #[test]
    fn of_many_colours_the_most_used_stay() {
        // Every shade once, and paper.
        let all = (0..SHADES).map(colour).chain([[255; 3]; 9]);
        let rgba: Vec<u8> = all.flat_map(|[r, g, b]| [r, g, b, 255]).collect();
        let size = (rgba.len() as u32 / 4, 1);
        let pixels = decoded(&png(&rgba, size));
        assert_eq!(pixels.len(), rgba.len() / 4 * 3);
        assert_eq!(pixels[pixels.len() - 3..], [255; 3]);
        let colours: std::collections::BTreeSet<&[u8]> = pixels.chunks(3).collect();
        assert_eq!(colours.len(), COLOURS);
    }
}
