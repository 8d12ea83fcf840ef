/** Takes the first letter of the first and of the last word, as people who read the name count letters. */
export function toInitials(name: string): string {
  const [first, ...others] = name.match(/\S+/g) ?? []
  return firstLetter(first) + firstLetter(others.at(-1))
}

let segmenter: Intl.Segmenter | undefined

/** Plain letters, as most names begin with, need nobody to count: a segmenter takes longer than all the rest of an avatar. */
function firstLetter(word = ''): string {
  const letter =
    /^\w(?!\W)/.exec(word)?.[0] ??
    (segmenter ??= new Intl.Segmenter()).segment(word).containing(0)?.segment
  return letter?.toLocaleUpperCase() ?? ''
}

/** How many pairs of ground and ink the stylesheet has for initials. */
const TINTS = 6

/** Picks a pair by the name: the same person looks the same everywhere. */
export function toTint(name: string): number {
  let sum = 0
  for (const letter of name) sum += letter.charCodeAt(0)
  return sum % TINTS
}
