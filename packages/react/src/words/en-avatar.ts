import type { AvatarUploadWords, AvatarWords } from './avatar-words.ts'
import { en } from './en.ts'

const of = (name: string): string => (name === '' ? '' : ` of ${name}`)

/** The English words around an avatar that can be changed. */
export const enAvatar: AvatarWords = {
  name: (does, name) => `${does === 'add' ? 'Add' : 'Change'} photo${of(name)}`,
  verb: { add: 'Add', change: 'Change' },
  undo: 'Undo',
  undoName: (name) => `Undo, photo${of(name)}`,
  remove: 'Remove',
  removeName: (name) => `Remove photo${of(name)}`,
  drop: 'Drop the photo here',
  undone: (name) => `The photo${of(name)} is as it was.`,
  removed: (name) => `The photo${of(name)} is removed.`,
}

/** All that an avatar upload says in English. */
export const enAvatarUpload: AvatarUploadWords = { ...en, avatar: enAvatar }
