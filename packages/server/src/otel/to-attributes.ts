import type { Attributes } from '@opentelemetry/api'

/** Puts our words, which are those of the events, under our name; a failure goes where the conventions put it. */
export function toAttributes(
  words: Readonly<Record<string, string>>,
  failure?: string,
): Attributes {
  const own = Object.entries(words).map(([word, value]) => [`lightfast.${word}`, value])
  return { ...Object.fromEntries(own), ...(failure !== undefined && { 'error.type': failure }) }
}
