import type { ReactNode } from 'react'
import type { PictureWords } from '../words/picture-words.ts'

export interface MissingPictureProps {
  readonly alt: string
  readonly reason: keyof PictureWords
  readonly words: PictureWords
  /** In place of the drawing and its word. */
  readonly children: ReactNode
}

/** Stands where a picture cannot be seen. It is called what the picture is called: nobody hears of the trouble twice. */
export function MissingPicture({ alt, reason, words, children }: MissingPictureProps): ReactNode {
  return (
    <span
      {...(alt ? { role: 'img', 'aria-label': alt } : { 'aria-hidden': true })}
      data-slot="picture-missing"
      data-reason={reason}
    >
      {children ?? (
        <>
          <svg viewBox="0 0 24 24" data-slot="picture-drawing">
            <path d="M3 5.5h18v13H3zM3 16l5-5 4 4 3-3 6 5M15.5 9.2h.01" />
          </svg>
          <span data-slot="picture-word">{words[reason]}</span>
        </>
      )}
    </span>
  )
}
