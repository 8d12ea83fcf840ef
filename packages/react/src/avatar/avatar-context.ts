'use client'

import { createContext, useContext } from 'react'
import type { PictureEvent, PictureState } from './picture-machine.ts'

export interface AvatarContextValue {
  readonly name: string
  readonly source: string | null
  readonly picture: PictureState
  readonly send: (event: PictureEvent) => void
}

export const AvatarContext = createContext<AvatarContextValue | null>(null)

export function useAvatar(part: string): AvatarContextValue {
  const value = useContext(AvatarContext)
  if (value === null) throw new Error(`Avatar.${part} must be inside Avatar.Root`)
  return value
}
