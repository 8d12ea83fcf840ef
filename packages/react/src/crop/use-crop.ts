'use client'

import { useState } from 'react'
import type { CropArea } from './crop-plan.ts'
import { cropPicture } from './crop-picture.ts'
import type { CropOptions } from './crop-picture.ts'
import { startView } from './crop-view.ts'
import type { CropView, Stage } from './crop-view.ts'

/** `opening`: the picture is not there yet. `working`: the cropped file is being made. */
export type CropStatus = 'opening' | 'ready' | 'working' | 'failed'

export interface CropControl {
  readonly status: CropStatus
  readonly view: CropView
  readonly stage: Stage | null
  readonly setView: (change: (view: CropView) => CropView) => void
  readonly setStage: (part: Partial<Stage>) => void
  readonly setArea: (area: CropArea) => void
  /** Makes the cropped file. Yields null where this device cannot. */
  readonly finish: () => Promise<File | null>
}

/** Holds how a picture lies under the mask, and cuts it. */
export function useCrop(file: File, options: Omit<CropOptions, 'area' | 'turn'>): CropControl {
  const [view, setView] = useState(startView)
  const [parts, setParts] = useState<Partial<Stage>>({})
  const [area, setArea] = useState<CropArea | null>(null)
  const [work, setWork] = useState<'none' | 'working' | 'failed'>('none')
  const { media, mask } = parts
  const ready = area === null ? 'opening' : 'ready'

  async function finish(): Promise<File | null> {
    if (area === null || work === 'working') return null
    setWork('working')
    const cropped = await cropPicture(file, { ...options, area, turn: view.turn }).catch(() => null)
    if (cropped === null) setWork('failed')
    return cropped
  }
  return {
    status: work === 'none' ? ready : work,
    view,
    stage: media && mask ? { media, mask } : null,
    setView,
    setStage: (part) => setParts((before) => ({ ...before, ...part })),
    setArea,
    finish,
  }
}
