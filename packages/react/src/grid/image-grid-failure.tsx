'use client'

import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { useGrid } from './grid-context.ts'
import { toReason } from './grid-status.ts'

export type ImageGridFailureProps = PartProps<'div'>

/** Says why the list is not there, and offers the way out. Absent while nothing has failed. */
export const ImageGridFailure: Part<HTMLDivElement, ImageGridFailureProps> = createPart(
  'ImageGrid.Failure',
  function renderFailure(props, ref) {
    const { status, images, words, onSignIn } = useGrid('Failure')
    if (images.state.status !== 'failed') return null
    const reason = toReason(images.state.failure.code, words.grid)
    const signIn = reason === 'signed-out' ? onSignIn : undefined
    const { title, lines } = words.grid.failed
    return (
      <div
        {...props}
        ref={ref}
        data-slot="image-grid-failure"
        data-status={status}
        data-reason={reason}
      >
        <p data-slot="image-grid-title">{title}</p>
        <p data-slot="image-grid-line">{lines[reason]}</p>
        <button type="button" onClick={signIn ?? images.retry} data-slot="image-grid-action">
          {signIn ? words.grid.signIn : words.grid.retry}
        </button>
      </div>
    )
  },
)
