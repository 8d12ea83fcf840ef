import type { SigningKeys } from './key-ring.ts'

/** With what is signed, and what is known of the account. */
export interface SigningTerms {
  readonly signWith: SigningKeys
  /** The variants that show private images to everybody (`neverRequireSignedURLs`): a signature would only pretend. */
  readonly openVariants?: readonly string[]
  /** What happens to their URLs: they are refused, or somebody is told. @default 'refuse' */
  readonly onOpenVariant?: 'refuse' | ((variant: string) => void)
}

/** Terms in which nothing is known of the account. */
export function toTerms(given: SigningKeys | SigningTerms): SigningTerms {
  return 'signWith' in given ? given : { signWith: given }
}

/** @throws TypeError if the variant is open, and such are refused. */
export function checkVariant(variant: string, terms: SigningTerms): void {
  const { openVariants = [], onOpenVariant = 'refuse' } = terms
  if (!openVariants.includes(variant)) return
  if (onOpenVariant !== 'refuse') return onOpenVariant(variant)
  throw new TypeError(
    `The variant ${variant} shows private images to everybody: no signature would protect them.`,
  )
}
