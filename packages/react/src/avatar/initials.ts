/** Takes the first letter of the first and of the last word, as people who read the name count letters. */
export function toInitials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== '')
  return [...words.slice(0, 1), ...words.slice(1).slice(-1)].map(firstLetter).join('')
}

/** Made once, when it is first needed: making one takes longer than the rest of an avatar. */
let segmenter: Intl.Segmenter | undefined

function firstLetter(word: string): string {
  segmenter ??= new Intl.Segmenter()
  const [first] = segmenter.segment(word)
  return (first?.segment ?? '').toLocaleUpperCase()
}

/** How many pairs of ground and ink the stylesheet has for initials. */
const TINTS = 6

/** Picks a pair by the name: the same person looks the same everywhere. */
export function toTint(name: string): number {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + letter.charCodeAt(0)) % 65_521
  return sum % TINTS
}
