//! The model being learnt: stochastic gradient descent with AdaGrad (Duchi 2011) on the softmax of [`crate::weighing::model`], with L2.
//!
//! What is learnt depends a little on the order in which samples are seen. It is therefore learnt in several orders, and the mean is taken: the sums
//! over it are the means of the sums.

use super::data::{Data, Sample};
use super::{Chance, Settings};
use crate::weighing::model::{Model, Own, Row, logistic, softmax};
use std::collections::HashMap;

/// A sample that is as good as right teaches nothing.
const RIGHT: f32 = 1e-3;

/// The place of a pair of feature and element that has no weights of its own.
const NONE: u32 = u32::MAX;

/// Weights of all features.
pub struct Learner {
    /// Per feature its elements, sorted, with the place of their weights.
    pairs: Vec<Vec<(u16, u32)>>,
    weights: Weights,
}

/// Weights per feature, and per pair of feature and element.
struct Weights {
    shared: Vec<[f32; 4]>,
    speaks: Vec<f32>,
    /// About and shown.
    own: Vec<[f32; 2]>,
    topic: Vec<f32>,
}

/// The sums of a passage over all elements.
pub struct Sums {
    shared: [f32; 4],
    speaks: f32,
    /// About, shown and topic.
    own: Vec<[f32; 3]>,
}

impl Sums {
    /// The shares for an element, in the order of the classes.
    pub fn shares(&self, element: usize) -> [f32; 4] {
        let [about, shown, topic] = self.own[element];
        let z = &self.shared;
        let on = logistic(self.speaks + topic);
        softmax([z[0] + about + shown, z[1] + about, z[2] + about, z[3]]).map(|v| v * on)
    }
}

/// AdaGrad: a step against the gradient, shorter where there have been many.
fn step(w: &mut f32, h: &mut f32, gradient: f32, l2: f32, rate: f32) {
    let d = gradient + l2 * *w;
    *h += d * d;
    *w -= rate * d / (h.sqrt() + 1e-6);
}

impl Learner {
    /// Learns from samples over so many features.
    pub fn learn(samples: &[&Sample], features: usize, settings: &Settings) -> Learner {
        // A pair of feature and element has weights of its own when seen together often enough in what was labelled for the element.
        let mut seen: HashMap<(u32, u16), u32> = HashMap::new();
        for s in samples.iter().filter(|s| s.weight > 0.0) {
            s.features.iter().for_each(|&f| *seen.entry((f, s.element)).or_default() += 1);
        }
        let mut kept: Vec<(u32, u16)> = seen.into_iter().filter(|(_, n)| *n >= settings.least).map(|(k, _)| k).collect();
        kept.sort_unstable();
        let mut pairs: Vec<Vec<(u16, u32)>> = vec![Vec::new(); features];
        kept.iter().enumerate().for_each(|(i, (f, e))| pairs[*f as usize].push((*e, i as u32)));
        let mut l = Learner { pairs, weights: Weights::none(features, kept.len()) };
        let places: Vec<Vec<u32>> = samples.iter().map(|s| l.places(s)).collect();
        let about: Vec<usize> = (0..samples.len()).filter(|&i| samples[i].on.is_some()).collect();
        let labelled: Vec<usize> = (0..samples.len()).filter(|&i| samples[i].weight > 0.0).collect();
        for order in 0..settings.orders {
            let mut once = Weights::none(features, kept.len());
            once.learn_topic(samples, &places, about.clone(), Chance::of(order), settings);
            once.learn_verdict(samples, &places, labelled.clone(), Chance::of(order), settings);
            l.weights.add(&once, 1.0 / settings.orders as f32);
        }
        l
    }

    /// Per feature of a sample the place of its weights for the element.
    fn places(&self, s: &Sample) -> Vec<u32> {
        let place = |f: u32| {
            let row = &self.pairs[f as usize];
            row.binary_search_by_key(&s.element, |p| p.0).map_or(NONE, |i| row[i].1)
        };
        s.features.iter().map(|&f| place(f)).collect()
    }

    /// The four sums of a sample for its own element.
    pub fn logits(&self, s: &Sample) -> [f32; 4] {
        self.weights.logits(&s.features, &self.places(s))
    }

    /// The sums of a passage for so many elements.
    pub fn sums(&self, features: &[u32], elements: usize) -> Sums {
        let mut s = Sums { shared: [0.0; 4], speaks: 0.0, own: vec![[0.0; 3]; elements] };
        for &f in features {
            for (z, w) in s.shared.iter_mut().zip(self.weights.shared[f as usize]) {
                *z += w;
            }
            s.speaks += self.weights.speaks[f as usize];
            for &(e, p) in &self.pairs[f as usize] {
                let (own, [about, shown]) = (&mut s.own[e as usize], self.weights.own[p as usize]);
                own[0] += about;
                own[1] += shown;
                own[2] += self.weights.topic[p as usize];
            }
        }
        s
    }

    /// The file of weights, as [`Model::parse`] reads it.
    pub fn written(&self, data: &Data) -> String {
        let own = |i: usize| {
            let own = |&(element, p): &(u16, u32)| {
                let [about, shown] = self.weights.own[p as usize];
                Own { element, about, shown, topic: self.weights.topic[p as usize] }
            };
            self.pairs[i].iter().map(own).collect()
        };
        let row = |i: usize| Row { shared: self.weights.shared[i], speaks: self.weights.speaks[i], own: own(i) };
        let mut rows: Vec<(String, Row)> = data.names.all().iter().enumerate().map(|(i, n)| (n.clone(), row(i))).collect();
        rows.sort_by(|x, y| x.0.cmp(&y.0));
        Model::write(&data.elements, &rows)
    }
}

impl Weights {
    fn none(features: usize, pairs: usize) -> Weights {
        Weights { shared: vec![[0.0; 4]; features], speaks: vec![0.0; features], own: vec![[0.0; 2]; pairs], topic: vec![0.0; pairs] }
    }

    /// Adds a part of other weights.
    fn add(&mut self, other: &Weights, part: f32) {
        let add = |to: &mut [f32], from: &[f32]| to.iter_mut().zip(from).for_each(|(t, f)| *t += part * f);
        add(self.shared.as_flattened_mut(), other.shared.as_flattened());
        add(&mut self.speaks, &other.speaks);
        add(self.own.as_flattened_mut(), other.own.as_flattened());
        add(&mut self.topic, &other.topic);
    }

    fn logits(&self, features: &[u32], places: &[u32]) -> [f32; 4] {
        let mut z = [0.0f32; 4];
        let (mut about, mut shown) = (0.0, 0.0);
        for (&f, &p) in features.iter().zip(places) {
            for (z, w) in z.iter_mut().zip(self.shared[f as usize]) {
                *z += w;
            }
            if p != NONE {
                about += self.own[p as usize][0];
                shown += self.own[p as usize][1];
            }
        }
        [z[0] + about + shown, z[1] + about, z[2] + about, z[3]]
    }

    fn learn_topic(&mut self, samples: &[&Sample], places: &[Vec<u32>], mut order: Vec<usize>, mut chance: Chance, settings: &Settings) {
        let l2 = settings.l2_own / (order.len() as f32).sqrt();
        let (mut hs, mut ho) = (vec![0.0f32; self.speaks.len()], vec![0.0f32; self.topic.len()]);
        for _ in 0..settings.epochs {
            chance.shuffle(&mut order);
            for &i in &order {
                let (s, places) = (samples[i], &places[i]);
                let Some((on, weight)) = s.on else { continue };
                let own = |p: u32| if p == NONE { 0.0 } else { self.topic[p as usize] };
                let sum: f32 = s.features.iter().zip(places).map(|(&f, &p)| self.speaks[f as usize] + own(p)).sum();
                let g = weight * (logistic(sum) - f32::from(u8::from(on)));
                if g.abs() < RIGHT {
                    continue;
                }
                for (&f, &p) in s.features.iter().zip(places) {
                    step(&mut self.speaks[f as usize], &mut hs[f as usize], g, l2, settings.rate);
                    if p != NONE {
                        step(&mut self.topic[p as usize], &mut ho[p as usize], g, l2, settings.rate);
                    }
                }
            }
        }
    }

    fn learn_verdict(&mut self, samples: &[&Sample], places: &[Vec<u32>], mut order: Vec<usize>, mut chance: Chance, settings: &Settings) {
        let many = (order.len() as f32).sqrt();
        let (l2, l2_own, rate) = (settings.l2 / many, settings.l2_own / many, settings.rate);
        let (mut hs, mut ho) = (vec![[0.0f32; 4]; self.shared.len()], vec![[0.0f32; 2]; self.own.len()]);
        for _ in 0..settings.epochs {
            chance.shuffle(&mut order);
            for &i in &order {
                let (s, places) = (samples[i], &places[i]);
                let p = softmax(self.logits(&s.features, places));
                let g: [f32; 4] = std::array::from_fn(|c| s.weight * (p[c] - f32::from(u8::from(c == s.class as usize))));
                if g.iter().all(|v| v.abs() < RIGHT) {
                    continue;
                }
                for (&f, &p) in s.features.iter().zip(places) {
                    for c in 0..4 {
                        step(&mut self.shared[f as usize][c], &mut hs[f as usize][c], g[c], l2, rate);
                    }
                    if p != NONE {
                        step(&mut self.own[p as usize][0], &mut ho[p as usize][0], g[0] + g[1] + g[2], l2_own, rate);
                        step(&mut self.own[p as usize][1], &mut ho[p as usize][1], g[0], l2_own, rate);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::{Settings, learn, toys};

    #[test]
    fn two_elements_are_told_apart() {
        let data = toys::data();
        let learner = learn(&data, &|_| false, &Settings::default());
        for s in data.samples.iter().take(data.fragments) {
            let found = |element: usize| learner.sums(&s.features, data.elements.len()).shares(element)[0];
            let (own, other) = (found(s.element as usize), found(1 - s.element as usize));
            if s.class == 0 {
                assert!(own > 0.5 && own > 2.0 * other, "{}: {own} against {other}", s.place);
            } else {
                assert!(own < 0.5, "{}: {own}", s.place);
            }
        }
    }

    #[test]
    fn another_order_teaches_something_else() {
        let data = toys::data();
        let [one, two] = [1, 2].map(|orders| learn(&data, &|_| false, &Settings { orders, ..Settings::default() }).written(&data));
        assert_ne!(one, two);
    }

    #[test]
    fn the_mean_of_equal_weights_is_what_they_are() {
        let one = Weights { shared: vec![[4.0, -8.0, 0.0, 1.0]], speaks: vec![2.0], own: vec![[-1.0, 3.0]], topic: vec![6.0] };
        let mut mean = Weights::none(1, 1);
        (0..4).for_each(|_| mean.add(&one, 0.25));
        assert_eq!((mean.shared, mean.speaks, mean.own, mean.topic), (one.shared, one.speaks, one.own, one.topic));
    }

    #[test]
    fn the_same_data_give_the_same_bytes() {
        let write = || {
            let data = toys::data();
            learn(&data, &|_| false, &Settings::default()).written(&data)
        };
        let once = write();
        assert_eq!(once, write());
        assert_eq!(Model::parse(&once).unwrap().elements, ["1.5.a", "2.6.a"]);
    }
}
