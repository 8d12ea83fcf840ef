import type { ReactNode } from 'react'

export interface MissingPictureProps {
  readonly alt: string
  readonly word: string
  /** In place of the word. */
  readonly missing: ReactNode
}

/** Stands where a picture cannot be seen; the stylesheet draws. It is called what the picture is called: nobody hears of the trouble twice. */
export function MissingPicture({ alt, word, missing }: MissingPictureProps): ReactNode {
  return (
    <span
      {...(alt ? { role: 'img', 'aria-label': alt } : { 'aria-hidden': true })}
      data-slot="picture-missing"
    >
      {missing ?? <span data-slot="picture-word">{word}</span>}
    </span>
  )
}
