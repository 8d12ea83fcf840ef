import { AvatarFallback } from './avatar-fallback.tsx'
import { AvatarImage } from './avatar-image.tsx'
import { AvatarRoot } from './avatar-root.tsx'

/** The parts under one name. Server components import them singly: dots do not cross that boundary. */
export const Avatar = { Root: AvatarRoot, Image: AvatarImage, Fallback: AvatarFallback } as const
