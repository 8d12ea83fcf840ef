'use client'

import type { ReactNode } from 'react'
import Cropper from 'react-easy-crop'
import type { CropWords } from '../words/crop-words.ts'
import { MAX_ZOOM } from './crop-view.ts'
import type { CropControl } from './use-crop.ts'

export interface CropStageProps {
  readonly url: string
  readonly shape: 'round' | 'rect'
  readonly aspect: number
  readonly words: CropWords
  readonly crop: CropControl
  /** Called where this device cannot open the picture. */
  readonly onUnreadable: () => void
}

/** An arrow key moves the picture by this much, in pixels; with Shift by a fifth. */
const KEYBOARD_STEP = 10

/** The picture under its mask: moved by pointer and arrow keys, zoomed by pinch and wheel. */
export function CropStage(props: CropStageProps): ReactNode {
  const { url, shape, aspect, words, crop, onUnreadable } = props
  const { view, setView, setStage, setArea } = crop
  return (
    <div data-slot="crop-stage" data-status={crop.status}>
      <Cropper
        image={url}
        crop={view.crop}
        zoom={view.zoom}
        rotation={view.turn}
        aspect={aspect}
        maxZoom={MAX_ZOOM}
        cropShape={shape}
        showGrid={shape === 'rect'}
        keyboardStep={KEYBOARD_STEP}
        // A `<style>` from a script is what a content security policy forbids: ours are in the stylesheet.
        disableAutomaticStylesInjection
        cropperProps={{ role: 'application', 'aria-label': words.stage }}
        mediaProps={{ onError: onUnreadable, draggable: false }}
        onCropChange={({ x, y }) => setView((before) => ({ ...before, crop: { x, y } }))}
        onZoomChange={(zoom) => setView((before) => ({ ...before, zoom }))}
        onCropAreaChange={(_, area) => setArea(area)}
        setMediaSize={(media) => setStage({ media })}
        setCropSize={(mask) => setStage({ mask })}
      />
    </div>
  )
}
