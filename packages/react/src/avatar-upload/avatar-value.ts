/** One picture that was, is or will be the avatar. */
export interface AvatarPicture {
  /** The id of the image; null for no picture. */
  readonly value: string | null
  /** How it looks: the chosen file itself, or the address it had; null to ask the app. */
  readonly look: Blob | string | null
}

/** What the avatar is, and what it was before the last change. */
export interface AvatarValue extends AvatarPicture {
  readonly previous: AvatarPicture | null
}

export type AvatarEvent =
  | {
      readonly type: 'uploaded'
      readonly value: string
      readonly look: Blob | null
      readonly src: string | null
    }
  | { readonly type: 'removed'; readonly src: string | null }
  | { readonly type: 'undone' }

/** Yields an avatar as the app gives it. */
export const giveAvatar = (value: string | null): AvatarValue => ({
  value,
  look: null,
  previous: null,
})

/** Changes the avatar. Pure; the same object means that nothing happened. `src` is where the app says the picture is that goes. */
export function changeAvatar(avatar: AvatarValue, event: AvatarEvent): AvatarValue {
  switch (event.type) {
    case 'uploaded':
      return { value: event.value, look: event.look, previous: remember(avatar, event.src) }
    case 'removed':
      return avatar.value === null
        ? avatar
        : { value: null, look: null, previous: remember(avatar, event.src) }
    case 'undone':
      return avatar.previous === null ? avatar : { ...avatar.previous, previous: null }
    default:
      return event satisfies never
  }
}

/** Picks what to believe: the app, where it says something else than we do. */
export const settleAvatar = (ours: AvatarValue, theirs: string | null | undefined): AvatarValue =>
  theirs === undefined || theirs === ours.value ? ours : giveAvatar(theirs)

const remember = ({ value, look }: AvatarPicture, src: string | null): AvatarPicture => ({
  value,
  look: look ?? src,
})
