'use client'

import { createContext, useContext } from 'react'
import type { PictureSource } from '../picture-source/use-picture-source.ts'

export interface AvatarContextValue {
  readonly name: string
  /** What the avatar is called; empty where it is decoration. */
  readonly label: string
  readonly picture: PictureSource
}

export const AvatarContext = createContext<AvatarContextValue | null>(null)

export function useAvatar(part: string): AvatarContextValue {
  const value = useContext(AvatarContext)
  if (value === null) throw new Error(`Avatar.${part} must be inside Avatar.Root`)
  return value
}
