'use client'

import { createContext, useContext } from 'react'
import { expectParent } from '../expect-parent.ts'
import type { PictureSource } from '../picture-source/use-picture-source.ts'

export interface AvatarContextValue {
  readonly name: string
  /** What the avatar is called; empty where it is decoration. */
  readonly label: string
  readonly picture: PictureSource
}

export const AvatarContext = createContext<AvatarContextValue | null>(null)

export const useAvatar = (part: string): AvatarContextValue =>
  expectParent(useContext(AvatarContext), `Avatar.${part}`, 'Avatar.Root')
