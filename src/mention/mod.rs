//! Owns what the text says *at a span*: names, titles, pronouns, noun phrases that refer, dates,
//! places, quotations, cues, event words. Must not know who anything really is.
