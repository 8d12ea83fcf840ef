import type { ReactNode } from 'react'
import type { PictureWords } from '../words/picture-words.ts'

export interface MissingPictureProps {
  readonly alt: string
  readonly reason: keyof PictureWords
  readonly words: PictureWords
  /** In place of the drawing and its word. */
  readonly children: ReactNode
}

/** Stands where a picture cannot be seen; the stylesheet draws. It is called what the picture is called: nobody hears of the trouble twice. */
export function MissingPicture({ alt, reason, words, children }: MissingPictureProps): ReactNode {
  return (
    <span
      {...(alt ? { role: 'img', 'aria-label': alt } : { 'aria-hidden': true })}
      data-slot="picture-missing"
      data-reason={reason}
    >
      {children ?? <span data-slot="picture-word">{words[reason]}</span>}
    </span>
  )
}
