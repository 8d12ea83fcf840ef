/** More than any sign that people write: what is longer was made to fill the screen. */
const MAX_SIGN_LENGTH = 32
const MAX_NAME_LENGTH = 1000

const sign = /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u

/**
 * Takes the first letter of the first and of the last word, as people who read the name count letters. What is no letter, digit
 * or picture is passed over.
 * @returns Nothing if the name has no such sign.
 */
export function toInitials(name: string): string {
  const words = name.slice(0, MAX_NAME_LENGTH).split(/\s+/u)
  const signs = words.map(toFirstSign).filter((first) => first !== '')
  const ends = signs.length > 1 ? [signs[0], signs.at(-1)] : signs
  return ends.join('')
}

/** Control characters and lone halves of characters are segments of their own, so none is part of a sign. */
function toFirstSign(word: string): string {
  const segments = new Intl.Segmenter().segment(word)
  for (const { segment } of segments) if (sign.test(segment)) return shorten(segment)
  return ''
}

function shorten(segment: string): string {
  const shown = segment.length > MAX_SIGN_LENGTH ? (segment.match(sign)?.[0] ?? '') : segment
  return shown.toUpperCase()
}
