'use client'

import type { Image } from '@lightfast/core'
import { Announcer } from '../announcer.tsx'
import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { GridContext } from './grid-context.ts'
import type { GridLayout } from './grid-context.ts'
import { toGridStatus } from './grid-status.ts'
import type { SelectionMode } from './selection.ts'
import { useGridAnnouncement } from './use-grid-announcement.ts'
import { useGridWords } from './use-grid-words.ts'
import type { GallerySpeech } from './use-grid-words.ts'
import type { ImagesControl } from './use-images.ts'
import { useSelection } from './use-selection.ts'
import type { SelectionOptions } from './use-selection.ts'

export type ImageGridRootProps = PartProps<
  'div',
  SelectionOptions & {
    /** What `useImages` yields; a literal will do. */
    readonly images: ImagesControl
    /** @default 'none' */
    readonly selection?: SelectionMode
    /** @default 'rows' */
    readonly layout?: GridLayout
    /** Everything that is said: the provider's language unless given, else English. Make it once, outside the component. */
    readonly words?: GallerySpeech
    /** Shows one picture by itself: by Enter or a double click where pictures are chosen by a click, else by a click. */
    readonly onOpen?: (image: Image) => void
    /** Signs the person in again. Without it, `Try again` stands where `Sign in` would. */
    readonly onSignIn?: () => void
  }
>

/** Holds the parts of a gallery together, keeps what is chosen, and speaks for them. */
export const ImageGridRoot: Part<HTMLDivElement, ImageGridRootProps> = createPart(
  'ImageGrid.Root',
  function renderRoot(allProps, ref) {
    const { images, selection: mode = 'none', layout = 'rows', words: own, ...others } = allProps
    const { selected, defaultSelected, onSelectedChange, onOpen, onSignIn, ...rest } = others
    const { children, ...props } = rest
    const words = useGridWords(own)
    const rules = { mode, ids: images.state.images.map(({ id }) => id) }
    const options = { selected, defaultSelected, onSelectedChange }
    const [selection, select] = useSelection(rules, options)
    const said = useGridAnnouncement(images.state, selection.selected.length, words.grid)
    const status = toGridStatus(images.state)
    const given = { images, words, status, layout, mode, selection, select, onOpen, onSignIn }
    return (
      <GridContext.Provider value={given}>
        <div
          {...props}
          ref={ref}
          data-slot="image-grid-root"
          data-status={status}
          data-layout={layout}
          data-selection={mode}
        >
          {children}
          <Announcer said={said} />
        </div>
      </GridContext.Provider>
    )
  },
)
