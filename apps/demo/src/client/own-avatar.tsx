import { Avatar, AvatarUpload, useAvatarUpload } from '@lightfast/react'
import type { AvatarChange } from '@lightfast/react'
import { CropDialog } from '@lightfast/react/crop'
import { useState } from 'react'
import { dropAvatars, readAvatars } from './api.ts'
import type { Visitor } from './api.ts'
import { watchNews } from './page-news.ts'
import { nameOf } from './people.ts'
import { useLoaded } from './use-loaded.ts'

const surroundings = { watchReturn: watchNews }

interface OwnAvatarProps {
  readonly visitor: Visitor
  /** Called when the page's other faces of the visitor are out of date. */
  readonly onChange: () => void
}

/** The visitor's own face, which is also the button that changes it. */
export function OwnAvatar({ visitor, onChange }: OwnAvatarProps) {
  const [removals, setRemovals] = useState(0)
  // What was deleted cannot be gone back to, so it begins anew.
  const begin = (): void => setRemovals(removals + 1)
  return <KnownAvatar key={removals} {...{ visitor, onChange }} onRemoved={begin} />
}

interface AvatarProps extends OwnAvatarProps {
  readonly onRemoved: () => void
}

function KnownAvatar(props: AvatarProps) {
  const [avatars] = useLoaded(readAvatars)
  if (avatars.status === 'loading') return null
  const newest = avatars.status === 'loaded' ? avatars.value[0] : undefined
  return <ChangingAvatar {...props} imageId={newest ?? null} />
}

interface ChangingAvatarProps extends AvatarProps {
  /** The newest picture of the visitor; null if there is none. */
  readonly imageId: string | null
}

function ChangingAvatar({ visitor, imageId, onChange, onRemoved }: ChangingAvatarProps) {
  const [stuck, setStuck] = useState(false)
  const { userId } = visitor
  const avatar = useAvatarUpload({
    endpoint: '/api/images',
    userKey: userId ?? 'nobody',
    instance: 'avatar',
    defaultValue: imageId,
    src: userId === null || imageId === null ? null : toAvatarUrl(userId, imageId),
    onValueChange: (_, change) => void follow(change),
    surroundings,
  })

  /** The newest picture is the avatar: going back takes it away, and removing takes all. */
  async function follow({ reason, previous }: AvatarChange): Promise<void> {
    try {
      if (reason !== 'uploaded') await dropAvatars(reason === 'undone' ? previous : null)
      onChange()
      if (reason === 'removed') onRemoved()
    } catch {
      setStuck(true)
    }
  }

  if (userId === null) return <Face id={null} name={nameOf(visitor)} />
  return (
    <AvatarUpload.Area className="avatar" avatar={avatar} name={nameOf(visitor)} crop={CropDialog}>
      {stuck && <p role="alert">Our server did not answer, so it still has the photo.</p>}
    </AvatarUpload.Area>
  )
}

interface FaceProps {
  readonly id: string | null
  readonly name: string
  /** When it was known to be as it is, in ms since the epoch: browsers keep a face for a while. */
  readonly at?: number
}

/** Anybody's face. Who has no picture has letters, and they come from our server as well. */
export function Face({ id, name, at = 0 }: FaceProps) {
  return (
    <Avatar.Root name={name} src={id === null ? null : toAvatarUrl(id, String(at))} decorative>
      <Avatar.Image />
      <Avatar.Fallback />
    </Avatar.Root>
  )
}

/** A new picture has a new address, so that no cache shows the one before. */
function toAvatarUrl(userId: string, version: string): string {
  return `/api/images/avatars/${encodeURIComponent(userId)}?v=${version}`
}
