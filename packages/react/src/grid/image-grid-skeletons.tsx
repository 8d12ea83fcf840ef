'use client'

import type { ReactNode } from 'react'
import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { useGrid } from './grid-context.ts'

export type ImageGridSkeletonsProps = PartProps<'div', { readonly count?: number }>

/** As pictures come: most of them wide, some upright. The same ones each time, so that a server agrees with the browser. */
const RATIOS = [1.5, 0.75, 1.33, 1, 1.78, 0.67, 1.5, 1.33]

/** Keeps the place of the first page while it is on its way. Absent once there is something else to see. */
export const ImageGridSkeletons: Part<HTMLDivElement, ImageGridSkeletonsProps> = createPart(
  'ImageGrid.Skeletons',
  function renderSkeletons({ count = 12, ...props }, ref): ReactNode {
    const { status, images, layout } = useGrid('Skeletons')
    if (status !== 'loading' || images.state.images.length > 0) return null
    return (
      <div
        aria-hidden
        {...props}
        ref={ref}
        data-slot="image-grid-skeletons"
        data-status={status}
        data-layout={layout}
      >
        {Array.from({ length: count }, (_, at) => {
          const ratio = layout === 'squares' ? 1 : RATIOS[at % RATIOS.length]
          const box = { aspectRatio: ratio, '--lf-ratio': ratio }
          return <span key={at} data-slot="image-grid-skeleton" style={box} />
        })}
      </div>
    )
  },
)
